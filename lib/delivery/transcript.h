// lib/delivery/transcript.h - a dialogue kept for the postmaster, and the message that tells of it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lib/config/settings.h"

namespace postrider::delivery {

// Classes of trouble: the words of notify_classes.
namespace trouble {
inline constexpr unsigned bounce = 1;
inline constexpr unsigned policy = 2;
inline constexpr unsigned protocol = 4;
inline constexpr unsigned resource = 8;
inline constexpr unsigned software = 16;
inline constexpr unsigned data = 32;
inline constexpr unsigned double_bounce = 64;
inline constexpr unsigned delay = 128;
}  // namespace trouble
// Those that notify_classes lists; fatal when a word of it is none.
unsigned troubles_to_tell(const Settings& settings);

// What was said by both sides.  Lines that are too long or too many are cut short.
class Transcript {
  public:
    // One or more lines, with or without their ends.
    void out(std::string_view lines) { add("Out", lines); }
    void in(std::string_view lines) { add("In ", lines); }
    // What was taken in the place of what came in last.
    void replaced(std::string_view lines);
    std::size_t size() const { return lines_; }
    void clear() { *this = {}; }
    // As they are shown: " Out: 250 ...", folded.
    std::vector<std::string> shown() const;

  private:
    void add(std::string_view direction, std::string_view lines);
    std::string whole() const;
    // One line after the other: small, because every session has one.  What a server says to everybody is
    // kept once: a line that begins with `shared_mark` stands for the next of shared_.
    std::string text_;
    std::vector<std::shared_ptr<const std::string>> shared_;
    std::uint32_t lines_ = 0;
};

struct TranscriptNotice {
    std::string subject;  // "SMTP server: errors from client.example[192.0.2.1]"
    std::string intro;    // what happened, in a sentence; may be empty
    std::string aborted;  // why the session ended early; may be empty
    std::string to;
    std::vector<std::string> transcript;
};
// The lines of the message, header and body.
std::vector<std::string> transcript_message(const TranscriptNotice& notice, const Settings& settings);

}  // namespace postrider::delivery

// commands/postfix/trace/story.h - the lines of a log that belong to one message, and to what became of it.
//
// Queue IDs are reused and change on the way: a message that passes a content filter, is forwarded, requeued
// or returned has several. A story follows them all, forward to what was made of the message and back to what
// it was.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "commands/postfix/trace/log_reader.h"

namespace postrider::postfix::trace {

struct StoryLine {
    LogLine line;
    log::Event event;
    std::string queue_id;  // the message it is told for; "" for lines of sessions
};

// How one message leads to another.
struct Link {
    std::string from, to;
    std::string how;  // "sender non-delivery notification", "forwarded", "queued again" ...
};

class Log {
  public:
    // Lines in the order in which they were written.
    void add(std::string_view line);

    // `wanted`: a queue ID, a message ID (with or without <>), or an address.  The queue IDs it stands for.
    std::set<std::string> find(const std::string& wanted) const;
    // Those and all that they are linked with.
    std::set<std::string> follow(std::set<std::string> ids) const;
    // Their lines, in order; with an address also refusals that name it.
    std::vector<StoryLine> lines_of(const std::set<std::string>& ids, const std::string& wanted) const;
    const std::vector<Link>& links() const { return links_; }

  private:
    bool is_known(const std::string& id) const { return ids_.count(id) > 0; }
    void note_links(const StoryLine& line);
    std::set<std::size_t> session_lines(const std::set<std::string>& ids, const std::string& wanted) const;

    std::vector<StoryLine> lines_;
    std::set<std::string> ids_;
    std::vector<Link> links_;
};

// What the recipients of a message came to: "bob@example.com": "sent (250 ok)".
std::vector<std::pair<std::string, std::string>> outcomes(const std::vector<StoryLine>& lines,
                                                          const std::string& id);
// The event in words.
std::string in_words(const StoryLine& line);

}  // namespace postrider::postfix::trace

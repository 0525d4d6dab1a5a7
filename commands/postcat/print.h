// commands/postcat/print.h - a queue file as text.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "lib/base/result.h"
#include "lib/queue/record_reader.h"

namespace postrider::postcat {

struct What {
    bool envelope = false;   // -e: envelope and extracted records, and markers between the segments
    bool header = false;     // -h
    bool body = false;       // -b
    bool markers = true;     // without -n
    bool offsets = false;    // -o
    bool types = false;      // -d: record types as numbers
    bool path = false;       // -f: the path in front of each line
    bool verbose = false;    // -v: also pointers and padding, text records with their names
    bool raw_order = false;  // -r: as the file lies there, without following pointers
    std::int64_t start = 0;  // -s
};

// "sender", "named_attribute" ...; in the content `L` is another type than in the envelope.
std::string_view record_name(queue::RecordType type, bool content);

// Writes the file to `output`, standard output; the error when it is broken.
class Printer {
  public:
    Printer(const What& what, std::string path, std::FILE* output = stdout)
        : what_(what), path_(std::move(path)), output_(output) {}
    Result<void> print(int fd);

  private:
    enum class State { envelope, header, body, extracted };
    void print_record(queue::RecordType type, std::string_view data);
    void print_content(queue::RecordType type, std::string_view data);
    void print_envelope(queue::RecordType type, std::string_view data);
    void marker(std::string_view text);
    std::string prefix() const;
    void put(std::string_view text);

    const What& what_;
    std::string path_;
    std::FILE* output_;
    State state_ = State::envelope;
    queue::RecordType type_{};
    std::int64_t offset_ = 0;
    bool line_start_ = true;
};

}  // namespace postrider::postcat

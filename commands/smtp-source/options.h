// commands/smtp-source/options.h - what smtp-source(1) sends, and how.
#pragma once

#include <optional>
#include <string>

#include "commands/load/load.h"

namespace postrider::smtp_source {

struct Options : load::Options {
    std::optional<std::string> subject;  // -S
    std::string message;                 // -F: a whole message, line ends CRLF, dots stuffed
    bool keep_connection = false;        // -d
    bool lmtp = false;                   // -L
    bool number_recipients = false;      // -N
    bool bare = false;                   // -o: no HELO, no header
    bool goes_on = false;                // -A: a refusal is told, and does not end the program
    int window_size = 0;                 // -T: of TCP; 0: the system's
};

// Fatal with a usage text when the words make no sense.
Options parse_options(int argc, char** argv);

// The next message: header, made-up body or the file's, ended by the final dot.
std::string message_text(const Options& options, long number);
// With more than one recipient the later ones have a number in front: a@x, 2a@x, 3a@x.
std::string recipient_name(const Options& options, long message, int index);

}  // namespace postrider::smtp_source

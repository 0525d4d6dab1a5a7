// commands/smtp-source/options.h - what smtp-source(1) sends, and how.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "lib/base/socket_address.h"

namespace postrider::smtp_source {

struct Options {
    SocketAddress destination;
    std::optional<std::string> sender;
    std::optional<std::string> recipient;
    std::string hostname;                // -M
    std::optional<std::string> subject;  // -S
    std::string message;                 // -F: a whole message, line ends CRLF, dots stuffed
    std::size_t length = 0;              // -l: of a body made up; 0: four short lines
    long messages = 1;                   // -m
    int sessions = 1;                    // -s
    int recipients = 1;                  // -r
    std::chrono::seconds pause{0};       // -w, and -R a random one up to that
    bool random_pause = false;
    bool count_messages = false;     // -c: show progress
    bool keep_connection = false;    // -d
    bool lmtp = false;               // -L
    bool number_recipients = false;  // -N
    bool bare = false;               // -o: no HELO, no header
    bool goes_on = false;            // -A: a refusal is told, and does not end the program
    int connects = 1;                // -C: how often a connection is tried
    int window_size = 0;             // -T: of TCP; 0: the system's
};

// Fatal with a usage text when the words make no sense.
Options parse_options(int argc, char** argv);

// The next message: header, made-up body or the file's, ended by the final dot.
std::string message_text(const Options& options, long number);
// With more than one recipient the later ones have a number in front: a@x, 2a@x, 3a@x.
std::string recipient_name(const Options& options, long message, int index);

}  // namespace postrider::smtp_source

// commands/qmqp-source/options.h - what qmqp-source(1) sends, and how.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "lib/base/socket_address.h"

namespace postrider::qmqp_source {

struct Options {
    SocketAddress destination;
    std::optional<std::string> sender;     // -f
    std::optional<std::string> recipient;  // -t
    std::string hostname;                  // -M
    std::size_t length = 1024;             // -l: of the message
    long messages = 1;                     // -m
    int sessions = 1;                      // -s
    int recipients = 1;                    // -r
    std::chrono::seconds pause{0};         // -w, and -R a random one up to that
    bool random_pause = false;
    bool count_messages = false;  // -c: show progress
    int connects = 1;             // -C: how often a connection is tried
};

// Fatal with a usage text when the words make no sense.
Options parse_options(int argc, char** argv);

// A whole request: message, sender and recipients.
std::string request_text(const Options& options, long number);

}  // namespace postrider::qmqp_source

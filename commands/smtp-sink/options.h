// commands/smtp-sink/options.h - how smtp-sink(1) behaves.
#pragma once

#include <chrono>
#include <set>
#include <string>

#include "lib/base/socket_address.h"

namespace postrider::smtp_sink {

struct Options {
    SocketAddress address;
    int backlog = 100;
    std::string hostname = "smtp-sink";
    std::string user;                      // -u: whom to become after the socket is open
    std::string root;                      // -R: jail
    std::string dump_file;                 // -d: each message in a file of its own, a strftime template
    std::string single_file;               // -D: all messages in one file, mbox format
    std::set<std::string> hard;            // -f: commands answered 500; upper case, "." is the end of data
    std::set<std::string> soft;            // -r: commands answered 450
    std::set<std::string> hang_up;         // -q: connection closed on
    std::set<std::string> hang_up_late;    // -Q: answered 421, then closed
    std::set<std::string> slow;            // commands delayed by -w; empty: the end of data
    std::chrono::seconds delay{0};         // -w
    std::chrono::seconds banner_delay{0};  // -A
    std::chrono::seconds time_limit{100};  // -T
    std::size_t most_sessions = 256;       // -m
    long messages = 0;                     // -n: leave after so many; 0: never
    bool lmtp = false;                     // -L
    bool esmtp = true;                     // without -e, -p and the like there is EHLO
    bool pipelining = true;                // -p
    bool eight_bit = true;                 // -8
    bool dsn = true;                       // -N off
    bool counting = false;                 // -c
    bool logs_verbs = false;               // -s, -S
};

// Fatal with a usage text when the words make no sense.
Options parse_options(int argc, char** argv);

}  // namespace postrider::smtp_sink

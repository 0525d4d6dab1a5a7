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
    std::string user;         // -u: whom to become after the socket is open
    std::string root;         // -R: jail
    std::string dump_file;    // -d: each message in a file of its own, a strftime template
    std::string single_file;  // -D: messages one after the other, a strftime template
    std::string start;        // -S: begins each message that is kept, a strftime template
    std::string soft_reply = "450 4.3.0 Error: command failed";  // -b
    std::string hard_reply = "500 5.3.0 Error: command failed";  // -B
    std::set<std::string> hard;             // -f: commands answered so; upper case, "." is the end of data
    std::set<std::string> soft;             // -r
    std::set<std::string> hang_up;          // -q: connection closed on
    std::set<std::string> hang_up_late;     // -Q: answered 421, then closed
    std::set<std::string> logged;           // -s
    std::set<std::string> slow = {"DATA"};  // -W, -w: commands that take `delay`
    int slow_odds = 100;                    // percent of them
    std::chrono::seconds delay{0};
    std::chrono::seconds banner_delay{0};  // -A
    std::chrono::seconds read_delay{0};    // -H: before the content is read
    std::chrono::seconds time_limit{100};  // -t
    int window_size = 0;                   // -T: of TCP; 0: the system's
    std::size_t most_sessions = 256;       // -m
    long messages = 0;                     // -M: leave after so many; 0: never
    long sessions = 0;                     // -n: likewise
    bool lmtp = false;                     // -L
    bool esmtp = true;                     // not -e
    bool pix = false;                      // -P: looks like a firewall that knows no ESMTP
    bool pipelining = true;                // not -p
    bool eight_bit = true;                 // not -8
    bool auth = true;                      // not -a
    bool xclient = true;                   // not -C
    bool xforward = true;                  // not -F
    bool status_codes = true;              // not -E
    bool dsn = true;                       // not -N
    bool counting = false;                 // -c
};

// Fatal with a usage text when the words make no sense.
Options parse_options(int argc, char** argv);

}  // namespace postrider::smtp_sink

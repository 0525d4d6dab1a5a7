// commands/load/load.h - sending many messages in many sessions: what smtp-source(1) and qmqp-source(1)
// share.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "lib/async/stream.h"
#include "lib/base/socket_address.h"

namespace postrider::load {

inline constexpr auto reply_limit = std::chrono::seconds(300);

struct Options {
    SocketAddress destination;
    std::optional<std::string> sender;     // -f
    std::optional<std::string> recipient;  // -t
    std::string hostname;                  // -M
    std::size_t length = 0;                // -l; 0: not said
    long messages = 1;                     // -m
    int sessions = 1;                      // -s
    int recipients = 1;                    // -r
    std::chrono::seconds pause{0};         // -w, and -R a random one up to that
    bool random_pause = false;
    int pause_option = 0;         // w or R, when one was given
    bool count_messages = false;  // -c: show progress
    int connects = 1;             // -C: how often a connection is tried
    int family = 0;               // -4, -6: AF_INET, AF_INET6, or any
};

// The letters of take_option(), for getopt(3).
inline constexpr const char* option_letters = "46cC:f:l:m:M:r:R:s:t:vw:";
// Takes one of them over (its argument is optarg); false: it is none of them.  Fatal when its value makes no
// sense.
bool take_option(Options& options, int letter);
// Fills in what was not said; `endpoint` is where to send to, and `port` its port when it names none.
void complete(Options& options, const char* endpoint, const char* port);

// The header of a message with the given number, but for the empty line.
std::string header_text(const Options& options, long number, const char* line_end);

// A connection to the destination; fatal when there is none.
Task<async::Stream> connect(const Options& options);
// What comes between two messages of a session.
Task<> pause_between(const Options& options);

// What the sessions share: the messages that are left.
class Work {
  public:
    explicit Work(const Options& options) : options_(options) {}
    // Takes the next message; false when all are taken.  Before any wait: another session may ask meanwhile.
    bool take(long& number);
    // One more has been taken by the server; a count that is shown is followed by `end`.
    void count_sent(char end);

  private:
    const Options& options_;
    long started_ = 0;
    long sent_ = 0;
};

}  // namespace postrider::load

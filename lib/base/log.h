// lib/base/log.h - what Postrider tells its administrator.
//
// One line a call, to syslog(3), to a datagram socket (postlogd) or to stderr.  Control characters of outside
// text become '?'.  The class prefixes ("warning: ", "fatal: ", ...) are what log readers know.
#pragma once

#include <fmt/core.h>

#include <string>
#include <string_view>

namespace postrider::log {

enum class Level { info, warning, error, fatal, panic };

// How lines look and where they go.  Call once at start and again when the configuration is known.
struct Destination {
    std::string tag;            // "postfix/smtpd": syslog_name/process
    int facility = -1;          // syslog facility number, -1: mail
    std::string socket;         // path of postlogd's datagram socket; empty: syslog
    std::string fallback_file;  // appended to when the socket cannot be reached (needs the rights to)
    int descriptor = -1;        // an open log file, instead of socket and fallback_file (postlogd)
    std::string host;           // host name in lines sent to the socket
    bool to_stderr = false;     // also on standard error, as "process: text"
    bool only_stderr = false;   // nowhere else (postconf, postmap, postcat)
};
void open(Destination destination);
const Destination& destination();
// Parses a syslog facility name such as "mail" or "local3"; -1 when unknown.
int facility_number(std::string_view name);

// Writes one line; `text` without newline.
void write(Level level, std::string_view text);
// Is called with every line before it is written; for tests, and for daemons that keep statistics.
void set_observer(void (*observer)(Level, std::string_view));

template <class... Args>
void info(fmt::format_string<Args...> form, Args&&... args) {
    write(Level::info, fmt::format(form, std::forward<Args>(args)...));
}
template <class... Args>
void warning(fmt::format_string<Args...> form, Args&&... args) {
    write(Level::warning, fmt::format(form, std::forward<Args>(args)...));
}
template <class... Args>
void error(fmt::format_string<Args...> form, Args&&... args) {
    write(Level::error, fmt::format(form, std::forward<Args>(args)...));
}

// Verbose lines appear only after set_verbose(n) with n > 0 (option -v).
void set_verbose(int level);
int verbose();
template <class... Args>
void debug(fmt::format_string<Args...> form, Args&&... args) {
    if (verbose() > 0) write(Level::info, fmt::format(form, std::forward<Args>(args)...));
}

[[noreturn]] void die(std::string_view text, int status);
[[noreturn]] void abort_with(std::string_view text);
// The status that fatal() exits with: 1, or what a command asks for (sendmail(1) wants 75).
void set_fatal_status(int status);
int fatal_status();

}  // namespace postrider::log

namespace postrider {

// Bad configuration or a resource missing at start: logs "fatal: ..." and exits (status 1 unless set).
template <class... Args>
[[noreturn]] void fatal(fmt::format_string<Args...> form, Args&&... args) {
    log::die(fmt::format(form, std::forward<Args>(args)...), log::fatal_status());
}
// As fatal, with an exit status of <sysexits.h>.
template <class... Args>
[[noreturn]] void fatal_status(int status, fmt::format_string<Args...> form, Args&&... args) {
    log::die(fmt::format(form, std::forward<Args>(args)...), status);
}
// An invariant of ours broke: logs "panic: ..." and aborts.
template <class... Args>
[[noreturn]] void panic(fmt::format_string<Args...> form, Args&&... args) {
    log::abort_with(fmt::format(form, std::forward<Args>(args)...));
}

}  // namespace postrider

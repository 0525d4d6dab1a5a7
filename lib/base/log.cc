// lib/base/log.cc - what Postrider tells its administrator.
#include "lib/base/log.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <syslog.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <utility>

#include "lib/base/fd.h"
#include "lib/base/log_format.h"
#include "lib/base/log_name.h"
#include "lib/base/shown_text.h"
#include "lib/base/text.h"

namespace postrider::log {

namespace {

Destination where;
std::string terminal_name;
int verbose_level = 0;
int exit_status = 1;
bool shows_ascii_only = false;
void (*line_observer)(Level, std::string_view) = nullptr;
Fd socket_fd;

constexpr std::size_t line_limit = 2000;

struct Class {
    std::string_view prefix;
    int priority;
};
constexpr std::array<Class, 5> classes = {{{"", LOG_INFO},
                                           {"warning: ", LOG_WARNING},
                                           {"error: ", LOG_ERR},
                                           {"fatal: ", LOG_CRIT},
                                           {"panic: ", LOG_CRIT}}};

constexpr std::array<std::pair<std::string_view, int>, 20> facilities = {
    {{"auth", LOG_AUTH},     {"authpriv", LOG_AUTHPRIV}, {"cron", LOG_CRON},     {"daemon", LOG_DAEMON},
     {"ftp", LOG_FTP},       {"kern", LOG_KERN},         {"lpr", LOG_LPR},       {"mail", LOG_MAIL},
     {"news", LOG_NEWS},     {"security", LOG_AUTH},     {"syslog", LOG_SYSLOG}, {"user", LOG_USER},
     {"local0", LOG_LOCAL0}, {"local1", LOG_LOCAL1},     {"local2", LOG_LOCAL2}, {"local3", LOG_LOCAL3},
     {"local4", LOG_LOCAL4}, {"local5", LOG_LOCAL5},     {"local6", LOG_LOCAL6}, {"local7", LOG_LOCAL7}}};

// "Nov 20 23:08:49 host tag[pid]: text", as syslogd would write it.
std::string file_line(const std::string& text) {
    if (format() == Format::json) return json_line(where.host, where.tag, getpid(), text);
    std::array<char, 64> stamp{};
    const time_t now = time(nullptr);
    struct tm local {};
    localtime_r(&now, &local);
    strftime(stamp.data(), stamp.size(), "%b %e %H:%M:%S", &local);
    return fmt::format("{} {} {}[{}]: {}", stamp.data(), where.host, where.tag, getpid(), text);
}

bool fill_socket_address(struct sockaddr_un& address) {
    address.sun_family = AF_UNIX;
    if (where.socket.size() >= sizeof address.sun_path) return false;
    where.socket.copy(address.sun_path, where.socket.size());
    return true;
}

// Connected while we may: a process that acts as another user later cannot reach the path any more.
bool connect_socket() {
    struct sockaddr_un address {};
    return fill_socket_address(address) &&
           ::connect(socket_fd.get(), reinterpret_cast<const struct sockaddr*>(&address), sizeof address) ==
               0;
}

// Made when the log is opened, not with the first line: lines may come from several threads.
void make_socket() {
    if (!socket_fd) {
        socket_fd.reset(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        if (!socket_fd) return;
        // A full queue is waited for, but a dead reader must not hold us.
        const timeval patience{1, 0};
        ::setsockopt(socket_fd.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    }
    connect_socket();
}

// A full socket is given a moment once, then lines are lost for a while rather than mail delayed: postlogd
// may be stopped, or not there to read what waits.
bool send_to_socket(const std::string& line) {
    static time_t stalled_until = 0;
    if (!socket_fd) return false;
    const auto send = [&](int flags) {
        return ::send(socket_fd.get(), line.data(), line.size(), MSG_NOSIGNAL | flags) >= 0;
    };
    if (send(MSG_DONTWAIT)) return true;
    // Another postlogd(8) has opened the path since, or one for the first time.
    if (errno != EAGAIN) {
        if (!connect_socket()) return false;
        if (send(MSG_DONTWAIT)) return true;
    }
    if (errno != EAGAIN || time(nullptr) < stalled_until) return false;
    if (send(0)) return true;
    stalled_until = time(nullptr) + 10;
    return false;
}

bool append_to_file(const std::string& line) {
    const std::string whole = line + "\n";
    if (where.descriptor >= 0) return write_all(where.descriptor, whole.data(), whole.size());
    if (where.fallback_file.empty()) return false;
    const Fd file(::open(where.fallback_file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644));
    if (!file) return false;
    return write_all(file.get(), whole.data(), whole.size());
}

}  // namespace

void open(Destination destination) {
    where = std::move(destination);
    if (where.facility < 0) where.facility = LOG_MAIL;
    if (!where.socket.empty()) make_socket();
    closelog();
    // where.tag lives as long as the process: openlog keeps the pointer.
    openlog(where.tag.c_str(), LOG_PID | LOG_NDELAY, where.facility);
}

const Destination& destination() {
    return where;
}

int facility_number(std::string_view name) {
    for (const auto& [known, number] : facilities)
        if (known == name) return number;
    return -1;
}

void set_observer(void (*observer)(Level, std::string_view)) {
    line_observer = observer;
}
void set_verbose(int level) {
    verbose_level = level;
}
int verbose() {
    return verbose_level;
}
void set_fatal_status(int status) {
    exit_status = status;
}
void show_ascii_only(bool only) {
    shows_ascii_only = only;
}

int fatal_status() {
    return exit_status;
}

void write(Level level, std::string_view text) {
    const int saved_errno = errno;
    const Class& how = classes[static_cast<std::size_t>(level)];
    std::string line(how.prefix);
    line += printable(text, '?', shows_ascii_only);
    if (line.size() > line_limit) line.resize(line_limit);
    if (line_observer != nullptr) line_observer(level, line);
    if (where.to_stderr || where.only_stderr) {
        // Of "postfix/smtp" the last part; a path is how a command was called.
        const auto slash = where.tag.starts_with('/') ? std::string::npos : where.tag.rfind('/');
        const std::string process = slash == std::string::npos ? where.tag : where.tag.substr(slash + 1);
        const std::string whole =
            fmt::format("{}: {}\n", terminal_name.empty() ? process : terminal_name, line);
        write_all(STDERR_FILENO, whole.data(), whole.size());
    }
    if (where.only_stderr) {
        // Said already.
    } else if (!where.socket.empty() || !where.fallback_file.empty() || where.descriptor >= 0) {
        const std::string whole = file_line(line);
        const bool logged = (!where.socket.empty() && send_to_socket(whole)) || append_to_file(whole);
        if (!logged && !where.to_stderr) syslog(how.priority, "%s", line.c_str());
    } else if (!where.tag.empty()) {
        syslog(how.priority, "%s", line.c_str());
    }
    errno = saved_errno;
}

void set_terminal_name(std::string name) {
    terminal_name = std::move(name);
}

void die(std::string_view text, int status) {
    write(Level::fatal, text);
    std::exit(status);
}

void abort_with(std::string_view text) {
    write(Level::panic, text);
    std::abort();
}

}  // namespace postrider::log

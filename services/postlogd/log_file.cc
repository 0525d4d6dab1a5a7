// services/postlogd/log_file.cc - the log file of the suite.
#include "services/postlogd/log_file.h"

#include <fcntl.h>
#include <syslog.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "lib/base/fd.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"

namespace postrider::postlogd {

namespace {

Fd log_fd;
FileVersion opened;
std::chrono::steady_clock::time_point looked_at;

bool same_file(const FileVersion& a, const FileVersion& b) {
    return a.device == b.device && a.inode == b.inode;
}

mode_t file_mode(const Settings& settings) {
    const auto mode = parse_unsigned(settings[config::maillog_file_permissions], 8);
    // Compat: only 0600, 0640 and 0644 make sense for a log.
    if (!mode || (*mode != 0600 && *mode != 0640 && *mode != 0644))
        fatal("bad maillog_file_permissions: {}; specify 0600, 0640 or 0644",
              settings[config::maillog_file_permissions]);
    return static_cast<mode_t>(*mode);
}

void require_allowed(const Settings& settings, const std::string& path) {
    const auto prefixes = settings.words(config::maillog_file_prefixes);
    const bool allowed = std::any_of(prefixes.begin(), prefixes.end(), [&](const std::string& prefix) {
        return path == prefix ||
               (path.starts_with(prefix) && (prefix.ends_with('/') || path[prefix.size()] == '/'));
    });
    if (!allowed)
        fatal("maillog_file = {} is not below any of maillog_file_prefixes = {}; change one of the two", path,
              settings[config::maillog_file_prefixes]);
}

Fd open_file(const Settings& settings, const std::string& path) {
    if (path == "/dev/stdout") return Fd(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3));
    return Fd(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, file_mode(settings)));
}

void log_to_own_file() {
    log::Destination destination = log::destination();
    destination.socket.clear();
    destination.descriptor = log_fd.get();
    log::open(std::move(destination));
}

// When somebody has moved the file away, begins a new one, if we may; else the old one goes on until `postfix
// reload` starts us again with the rights to make one.
void follow_rotation(const Settings& settings, const std::string& path) {
    const auto now = std::chrono::steady_clock::now();
    if (now - looked_at < std::chrono::seconds(1)) return;
    looked_at = now;
    const auto current = file_version(path);
    if (current && same_file(*current, opened)) return;
    Fd fresh = open_file(settings, path);
    if (!fresh) return;
    log_fd = std::move(fresh);
    opened = file_version(path).value_or(FileVersion{});
    log_to_own_file();
}

}  // namespace

void open_log_file(Settings& settings) {
    const std::string& path = settings[config::maillog_file];
    if (path.empty()) return;
    require_allowed(settings, path);
    log_fd = open_file(settings, path);
    if (!log_fd) fatal("open logfile {}: {}", path, errno_text());
    opened = file_version(path).value_or(FileVersion{});
    log_to_own_file();
}

void write_line(std::string_view line, const Settings& settings) {
    const std::string& path = settings[config::maillog_file];
    const std::string text = printable(line);
    if (path.empty()) {
        syslog(LOG_INFO, "%s", text.c_str());
        return;
    }
    if (path != "/dev/stdout") follow_rotation(settings, path);
    const std::string whole = text + "\n";
    write_all(log_fd.get(), whole.data(), whole.size());
}

}  // namespace postrider::postlogd

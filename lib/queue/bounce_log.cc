// lib/queue/bounce_log.cc - the logs beside a message: what became of its recipients.
#include "lib/queue/bounce_log.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/read_rest.h"
#include "lib/base/text.h"
#include "lib/mail/address.h"

namespace postrider::queue {

namespace {

constexpr int log_mode = 0600;

std::string bracketed(std::string_view internal) {
    return internal.empty() ? "<>" : mail::quote_address(internal);
}

// Log lines end at a newline: text from a remote server must not begin a second one.
void put_line(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += '=';
    out += printable(value);
    out += '\n';
}

using Field = std::string LogEntry::*;
struct TextField {
    std::string_view name;
    Field field;
};
constexpr std::array<TextField, 8> text_fields = {{{"dsn_orig_rcpt", &LogEntry::dsn_orig_rcpt},
                                                   {"status", &LogEntry::status},
                                                   {"action", &LogEntry::action},
                                                   {"diag_type", &LogEntry::diagnostic_type},
                                                   {"diag_text", &LogEntry::diagnostic_text},
                                                   {"mta_type", &LogEntry::remote_mta_type},
                                                   {"mta_mname", &LogEntry::remote_mta},
                                                   {"reason", &LogEntry::reason}}};

std::string address_of(std::string_view text) {
    return text == "<>" ? std::string() : mail::unquote_address(text);
}

// One entry while its lines come in.
struct Gathering {
    LogEntry entry;
    bool has_recipient = false;
    bool any = false;
};

// "<addr>: reason" of old files, and the first line of an entry for them.
void take_old_line(Gathering& gathering, std::string_view line) {
    const std::size_t end = line.find(">: ");
    if (line.empty() || line.front() != '<' || end == std::string_view::npos) return;
    gathering.entry.recipient = address_of(line.substr(1, end - 1));
    gathering.has_recipient = true;
    gathering.entry.reason = line.substr(end + 3);
}

void take_line(Gathering& gathering, std::string_view line) {
    gathering.any = true;
    LogEntry& entry = gathering.entry;
    const std::size_t equals = line.find('=');
    if (line.front() == '<' || equals == std::string_view::npos) return take_old_line(gathering, line);
    const std::string_view name = line.substr(0, equals);
    const std::string_view value = line.substr(equals + 1);
    if (name == "recipient") {
        entry.recipient = address_of(value);
        gathering.has_recipient = true;
    } else if (name == "original_recipient") {
        entry.original_recipient = address_of(value);
    } else if (name == "offset") {
        entry.offset = parse_int(value).value_or(0);
    } else if (name == "notify_flags") {
        entry.notify = static_cast<int>(parse_int(value).value_or(0));
    } else {
        for (const TextField& known : text_fields)
            if (known.name == name) {
                entry.*known.field = value;
                return;
            }
        log::warning("unknown attribute in a delivery log: {}", line.substr(0, 100));
    }
}

LogEntry complete(Gathering gathering, Queue queue) {
    LogEntry entry = std::move(gathering.entry);
    const bool deferred = queue == Queue::defer;
    if (!gathering.has_recipient) entry.recipient = "(recipient address unavailable)";
    if (entry.reason.empty()) entry.reason = "(description unavailable)";
    if (entry.status.empty()) entry.status = deferred ? "4.0.0" : "5.0.0";
    if (entry.action.empty()) entry.action = deferred ? "delayed" : "failed";
    return entry;
}

bool is_retired(const struct stat& status) {
    return status.st_size > 0 && status.st_mtim.tv_sec == 0 && status.st_mtim.tv_nsec == 0;
}

// What is left of longer entries that were written over.
bool cut_off(int file, const struct stat& before, std::size_t length) {
    const auto end = static_cast<off_t>(length);
    return before.st_size <= end || ::ftruncate(file, end) == 0;
}

// The log, open and locked.  It may be removed between the two steps; then it is made anew.
Result<Fd> open_locked(const Spool& spool, Queue queue, const std::string& path) {
    for (int tries = 0; tries < 10; ++tries) {
        Fd file(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, log_mode));
        if (!file && errno == ENOENT && spool.is_hashed(queue) && spool.make_parents(path)) continue;
        if (!file) return Error{fmt::format("open file {}: {}", path, errno_text())};
        if (!lock_file(file.get(), LockMode::exclusive, LockWait::yes))
            return Error{fmt::format("lock file {}: {}", path, errno_text())};
        struct stat opened {};
        if (::fstat(file.get(), &opened) == 0 && opened.st_nlink > 0) return file;
    }
    return Error{fmt::format("open file {}: it is removed again and again", path)};
}

}  // namespace

std::string format_log_entry(const LogEntry& entry, OldLine old_line) {
    std::string out = "\n";
    if (old_line == OldLine::yes)
        out += fmt::format("<{}>: {}\n", printable(mail::quote_address(entry.recipient)),
                           printable(entry.reason));
    put_line(out, "recipient", bracketed(entry.recipient));
    if (!entry.original_recipient.empty() && !equals_ignoring_case(entry.recipient, entry.original_recipient))
        put_line(out, "original_recipient", bracketed(entry.original_recipient));
    if (entry.offset > 0) put_line(out, "offset", std::to_string(entry.offset));
    if (!entry.dsn_orig_rcpt.empty()) put_line(out, "dsn_orig_rcpt", entry.dsn_orig_rcpt);
    if (entry.notify != 0) put_line(out, "notify_flags", std::to_string(entry.notify));
    put_line(out, "status", entry.status);
    put_line(out, "action", entry.action);
    if (!entry.diagnostic_type.empty() && !entry.diagnostic_text.empty()) {
        put_line(out, "diag_type", entry.diagnostic_type);
        put_line(out, "diag_text", entry.diagnostic_text);
    }
    if (!entry.remote_mta_type.empty() && !entry.remote_mta.empty()) {
        put_line(out, "mta_type", entry.remote_mta_type);
        put_line(out, "mta_mname", entry.remote_mta);
    }
    put_line(out, "reason", entry.reason);
    return out + "\n";
}

std::vector<LogEntry> parse_log(std::string_view text, Queue queue) {
    std::vector<LogEntry> entries;
    Gathering gathering;
    for (const std::string_view raw : split(text, '\n')) {
        const std::string line = printable(trim_right(raw));
        if (!line.empty()) {
            take_line(gathering, line);
        } else if (gathering.any) {
            entries.push_back(complete(std::move(gathering), queue));
            gathering = {};
        }
    }
    if (gathering.any) entries.push_back(complete(std::move(gathering), queue));
    return entries;
}

Result<void> append_log(const Spool& spool, Queue queue, std::string_view id, const LogEntry& entry,
                        OldLine old_line) {
    const std::string path = spool.path(queue, id);
    Result<Fd> file = open_locked(spool, queue, path);
    if (!file) return Error{file.error()};
    struct stat before {};
    if (::fstat(file->get(), &before) != 0) return Error{fmt::format("stat {}: {}", path, errno_text())};
    const off_t start = is_retired(before) ? 0 : before.st_size;
    const std::string text = format_log_entry(entry, old_line);
    const bool written = ::lseek(file->get(), start, SEEK_SET) == start &&
                         write_all(file->get(), text.data(), text.size()) &&
                         (start == before.st_size || cut_off(file->get(), before, text.size()));
    // A defer log is a comment: lost in a crash of the machine, it is written anew with the next attempt.
    if (written && (queue == Queue::defer || ::fsync(file->get()) == 0)) return {};
    Error error{fmt::format("append file {}: {}", path, errno_text())};
    // Half an entry would make a bounce of a recipient that is going to be tried again.
    if (::ftruncate(file->get(), start) != 0) log::warning("truncate {}: {}", path, errno_text());
    return error;
}

void retire_log(const Spool& spool, Queue queue, std::string_view id) {
    const timespec times[2] = {{0, UTIME_OMIT}, {0, 0}};
    const std::string path = spool.path(queue, id);
    if (::utimensat(AT_FDCWD, path.c_str(), times, AT_SYMLINK_NOFOLLOW) != 0 && errno != ENOENT)
        log::warning("update the time of {}: {}", path, errno_text());
}

Result<std::vector<LogEntry>> read_log(const Spool& spool, Queue queue, std::string_view id) {
    const std::string path = spool.path(queue, id);
    const Fd file = spool.open(queue, id, O_RDONLY);
    if (!file && errno == ENOENT) return std::vector<LogEntry>();
    if (!file) return Error{fmt::format("open file {}: {}", path, errno_text())};
    if (!lock_file(file.get(), LockMode::shared, LockWait::yes))
        return Error{fmt::format("lock file {}: {}", path, errno_text())};
    struct stat status {};
    if (::fstat(file.get(), &status) == 0 && is_retired(status)) return std::vector<LogEntry>();
    Result<std::string> text = read_rest(file.get(), path);
    if (!text) return Error{text.error()};
    return parse_log(*text, queue);
}

}  // namespace postrider::queue

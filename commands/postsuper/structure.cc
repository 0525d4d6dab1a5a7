// commands/postsuper/structure.cc - putting the queue directories in order (postsuper -s, -S, -p).
//
// Renaming takes two steps, because the new name of one message may still be the old name of another: first
// to
// "<new ID>#FIX", which no scanner takes for a message, then to the new ID.  A run that was interrupted
// between the two is completed by the next.
#include "commands/postsuper/structure.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <filesystem>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/progress.h"
#include "lib/base/text.h"

namespace postrider::postsuper {

using queue::Queue;

namespace {

constexpr std::string_view fix_suffix = "#FIX";
constexpr time_t old_age = 7 * 24 * 3600;
constexpr std::array<Queue, 5> message_queues = {Queue::maildrop, Queue::incoming, Queue::active,
                                                 Queue::deferred, Queue::hold};
constexpr std::array<Queue, 3> log_queues = {Queue::bounce, Queue::defer, Queue::trace};

bool holds_messages(Queue queue) {
    return std::find(message_queues.begin(), message_queues.end(), queue) != message_queues.end();
}

bool is_fix_name(const std::string& name) {
    return name.size() > fix_suffix.size() && name.ends_with(fix_suffix) &&
           queue::is_queue_id(std::string_view(name).substr(0, name.size() - fix_suffix.size()));
}

// How many directories lie between the queue and the files of its messages.
std::size_t hash_depth(const queue::Spool& spool, Queue queue) {
    const std::string path = spool.path(queue, "0123456789");
    const auto slashes = std::count(path.begin(), path.end(), '/');
    const std::string& directory = spool.directory(queue);
    return static_cast<std::size_t>(slashes - std::count(directory.begin(), directory.end(), '/')) - 1;
}

}  // namespace

std::optional<std::string> wanted_id(const std::string& name, const struct stat& status, queue::IdForm form,
                                     bool change_form) {
    const auto parts = queue::parse_queue_id(name);
    const bool right_inode = parts && parts->inode == status.st_ino;
    const bool right_form = parts && (parts->form == form || !change_form);
    if (right_inode && right_form) return std::nullopt;
    // The time stays what it was as far as the name tells: log lines of the message stay together.
    const std::int64_t seconds = parts && parts->seconds > 0 ? parts->seconds : status.st_mtim.tv_sec;
    const std::int64_t microseconds = parts ? parts->microseconds % 1000000 : status.st_mtim.tv_nsec / 1000;
    const queue::IdForm new_form = parts && !change_form ? parts->form : form;
    return queue::make_queue_id(new_form, seconds, microseconds, status.st_ino);
}

bool Structure::rename_file(const std::string& from, const std::string& to) {
    if (::rename(from.c_str(), to.c_str()) == 0) return true;
    if (errno != ENOENT) {
        log::warning("rename file {} to {}: {}", from, to, errno_text());
        complete_ = false;
    }
    return false;
}

// Files are worked on as they are found, a million names are not held.  One that is moved while its directory
// is read may be found again: then it is where it belongs, or has a name we pass over.
void Structure::repair(const std::vector<Queue>& queues) {
    {
        Progress progress("files checked");
        for (const Queue queue : queues) {
            if (!lstat_file(spool_.directory(queue))) {
                log::warning("open directory {}: {}", spool_.directory(queue), errno_text());
                complete_ = false;
            }
            queue::SpoolScanner scanner(spool_, queue);
            while (std::optional<std::string> name = scanner.next()) {
                repair_file(queue, Found{scanner.found_in(), std::move(*name)});
                progress.step();
            }
        }
    }
    if (!repairs_.structure) return;
    for (const Queue queue : queues)
        if (holds_messages(queue)) finish_renames(queue);
    // The logs were named after their messages; now those have their final names.
    for (const Queue queue : log_queues) finish_renames(queue);
    for (const Queue queue : queues)
        remove_stray_directories(spool_.directory(queue), hash_depth(spool_, queue));
}

// Those that are no hash directories, or too deep for one; what is not empty stays.
void Structure::remove_stray_directories(const std::string& directory, std::size_t depth) {
    std::error_code none;
    std::vector<std::filesystem::path> found;
    for (std::filesystem::directory_iterator entry(directory, none);
         !none && entry != std::filesystem::directory_iterator(); entry.increment(none))
        if (std::error_code unknown; std::filesystem::is_directory(entry->symlink_status(unknown)))
            found.push_back(entry->path());
    for (const std::filesystem::path& path : found) {
        const bool hashes = depth > 0 && path.filename().native().size() == 1;
        remove_stray_directories(path, hashes ? depth - 1 : 0);
        if (hashes || ::rmdir(path.c_str()) == 0 || errno == ENOTEMPTY || errno == EEXIST) continue;
        log::warning("remove subdirectory {}: {}", path.native(), errno_text());
    }
}

void Structure::repair_file(Queue queue, const Found& found) {
    const std::string path = found.directory + "/" + found.name;
    const auto status = lstat_file(path);
    if (status && S_ISLNK(status->st_mode) && repairs_.structure) ::unlink(path.c_str());
    if (!status || !S_ISREG(status->st_mode) || is_fix_name(found.name)) return;
    const bool is_message = holds_messages(queue);
    const bool is_ready = queue::is_ready(*status);
    const bool is_named = queue::is_queue_id(found.name);
    if (repairs_.purge && (!is_named || (is_message && !is_ready)) && purge(path, *status)) return;
    if (!is_named) {
        if (repairs_.structure) log::warning("bogus file name: {}", path);
        return;
    }
    if (!repairs_.structure) return;
    if (is_message) {
        if (const auto id = wanted_id(found.name, *status, spool_.id_form(), repairs_.id_form))
            return begin_rename(queue, found, *id);
    }
    move_into_place(queue, found);
}

// True when the file is gone.
bool Structure::purge(const std::string& path, const struct stat& status) {
    if (status.st_mtime + old_age > ::time(nullptr)) return false;
    if (::unlink(path.c_str()) == 0) {
        log::info("removed stale file {}", path);
    } else if (errno != ENOENT) {
        log::warning("remove file {}: {}", path, errno_text());
        complete_ = false;
        return false;
    }
    return true;
}

void Structure::begin_rename(Queue queue, const Found& found, const std::string& new_id) {
    const std::string fix_name = new_id + std::string(fix_suffix);
    // Logs first: a message without its defer log is only tried again, a log without message says nothing.
    if (queue != Queue::maildrop) {
        for (const Queue log : log_queues) {
            const std::string path = spool_.path(log, found.name);
            if (lstat_file(path)) rename_file(path, spool_.directory(log) + "/" + fix_name);
        }
    }
    if (!rename_file(found.directory + "/" + found.name, spool_.directory(queue) + "/" + fix_name)) return;
    log::info("{}: renamed to {} to match its inode number", found.name, new_id);
    ++renamed_;
}

void Structure::finish_renames(Queue queue) {
    const std::string directory = spool_.directory(queue);
    std::error_code none;
    std::filesystem::directory_iterator entry(directory, none);
    // The increment comes first: a renamed file may be found once more, under its final name.
    while (!none && entry != std::filesystem::directory_iterator()) {
        const std::string name = entry->path().filename();
        entry.increment(none);
        if (is_fix_name(name)) finish_rename(queue, name);
    }
}

void Structure::finish_rename(Queue queue, const std::string& name) {
    const std::string path = spool_.directory(queue) + "/" + name;
    const std::string target = spool_.path(queue, name.substr(0, name.size() - fix_suffix.size()));
    if (lstat_file(target)) {
        log::warning("{} stays: {} is there already", path, target);
        return;
    }
    if (!spool_.is_hashed(queue) || spool_.make_parents(target)) rename_file(path, target);
}

void Structure::move_into_place(Queue queue, const Found& found) {
    const std::string path = found.directory + "/" + found.name;
    const std::string target = spool_.path(queue, found.name);
    if (path == target) return;
    if (lstat_file(target)) {
        log::warning("{} stays: {} is there already", path, target);
        return;
    }
    if (spool_.is_hashed(queue) && !spool_.make_parents(target)) {
        log::warning("make directory for {}: {}", target, errno_text());
        return;
    }
    if (rename_file(path, target)) ++moved_;
}

}  // namespace postrider::postsuper

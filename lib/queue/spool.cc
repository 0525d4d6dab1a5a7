// lib/queue/spool.cc - the queue directories: where a message's file is, and how it moves.
#include "lib/queue/spool.h"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"

namespace postrider::queue {

namespace {
constexpr std::array<std::string_view, 11> names = {"maildrop", "incoming", "active", "deferred",
                                                    "hold",     "corrupt",  "defer",  "bounce",
                                                    "trace",    "flush",    "saved"};
constexpr mode_t directory_mode = 0700;
// hash_queue_depth is at most 16; a loop of links ends here.
constexpr std::size_t deepest = 16;
}  // namespace

std::string_view queue_name(Queue queue) {
    return names[static_cast<std::size_t>(queue)];
}

std::optional<Queue> parse_queue_name(std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Queue>(found - names.begin());
}

Spool::Spool(Layout layout) : layout_(std::move(layout)) {
    for (const std::string_view name : names) {
        const auto is_name = [name](const std::string& hashed) { return equals_ignoring_case(hashed, name); };
        hashed_.push_back(std::any_of(layout_.hashed.begin(), layout_.hashed.end(), is_name));
    }
    // Written by users of the group postdrop, who could not make directories there.
    hashed_[static_cast<std::size_t>(Queue::maildrop)] = false;
    if (!layout_.root.empty() && layout_.root.back() != '/') layout_.root += '/';
}

namespace {
Spool::Layout layout_of(const Settings& settings) {
    Spool::Layout layout;
    layout.hashed = settings.words(config::hash_queue_names);
    layout.depth = std::min(settings[config::hash_queue_depth], static_cast<int>(deepest));
    layout.form = settings[config::enable_long_queue_ids] ? IdForm::long_form : IdForm::short_form;
    return layout;
}
}  // namespace

Spool::Spool(const Settings& settings) : Spool(layout_of(settings)) {}

bool Spool::is_hashed(Queue queue) const {
    return hashed_[static_cast<std::size_t>(queue)];
}

std::string Spool::directory(Queue queue) const {
    return layout_.root + std::string(queue_name(queue));
}

std::string Spool::path(Queue queue, std::string_view id) const {
    std::string path = directory(queue);
    path += '/';
    if (is_hashed(queue)) {
        const std::string key = hash_key(id);
        for (std::size_t i = 0; i < static_cast<std::size_t>(layout_.depth); ++i) {
            path += i < key.size() ? key[i] : '_';
            path += '/';
        }
    }
    path += id;
    return path;
}

bool Spool::make_parents(const std::string& path) const {
    // The first component below the root is the queue's own directory.
    std::size_t slash = path.find('/', layout_.root.size());
    while (slash != std::string::npos) {
        const std::string parent = path.substr(0, slash);
        if (::mkdir(parent.c_str(), directory_mode) != 0 && errno != EEXIST) return false;
        slash = path.find('/', slash + 1);
    }
    return true;
}

bool Spool::move(Queue from, Queue to, std::string_view id, std::string_view new_id) const {
    const std::string source = path(from, id);
    const std::string target = path(to, new_id);
    if (::rename(source.c_str(), target.c_str()) == 0) return true;
    // ENOENT may be the file's absence as well; then the second attempt says so.
    if (errno != ENOENT || !is_hashed(to) || !make_parents(target)) return false;
    return ::rename(source.c_str(), target.c_str()) == 0;
}

bool Spool::remove(Queue queue, std::string_view id) const {
    return ::unlink(path(queue, id).c_str()) == 0;
}

Fd Spool::open(Queue queue, std::string_view id, int flags) const {
    return Fd(::open(path(queue, id).c_str(), flags | O_NOFOLLOW | O_CLOEXEC));
}

std::optional<struct stat> Spool::stat(Queue queue, std::string_view id) const {
    return lstat_file(path(queue, id));
}

QueueScanner::QueueScanner(const Spool& spool, Queue queue) : recurses_(queue != Queue::maildrop) {
    enter(spool.directory(queue));
}

void QueueScanner::enter(std::string path) {
    DIR* directory = ::opendir(path.c_str());
    if (directory == nullptr) {
        if (errno != ENOENT) log::warning("open directory {}: {}", path, errno_text());
        return;
    }
    levels_.emplace_back();
    levels_.back().directory.reset(directory);
    levels_.back().path = std::move(path);
}

std::optional<std::string> QueueScanner::next_entry() {
    while (!levels_.empty()) {
        const dirent* entry = ::readdir(levels_.back().directory.get());
        if (entry == nullptr) {
            levels_.pop_back();
            continue;
        }
        const std::string_view name = entry->d_name;
        if (name == "." || name == "..") continue;
        if (name.size() == 1 && recurses_ && levels_.size() <= deepest) {
            enter(levels_.back().path + "/" + std::string(name));
            continue;
        }
        found_in_ = levels_.back().path;
        return std::string(name);
    }
    return std::nullopt;
}

std::optional<std::string> QueueScanner::next() {
    for (;;) {
        std::optional<std::string> name = next_entry();
        if (!name || is_queue_id(*name)) return name;
    }
}

std::vector<std::string> QueueScanner::next(std::size_t count) {
    std::vector<std::string> found;
    while (found.size() < count) {
        std::optional<std::string> name = next();
        if (!name) break;
        found.push_back(std::move(*name));
    }
    return found;
}

}  // namespace postrider::queue

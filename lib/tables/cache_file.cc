// lib/tables/cache_file.cc - what a service remembers between its lives.
#include "lib/tables/cache_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::tables {
namespace {

constexpr std::size_t file_cache = 128 * 1024;
constexpr int lock_tries = 60;
constexpr unsigned lock_pause_us = 50'000;
// Where Postfix keeps the time of the last cleanup.
constexpr const char* cleanup_key = "_LAST_CACHE_CLEANUP_COMPLETED_";

// Values and keys of Postfix end in NUL, which is not part of them.
std::string stored(const std::string& text) {
    return text + std::string(1, '\0');
}
std::string plain(std::string text) {
    if (!text.empty() && text.back() == '\0') text.pop_back();
    return text;
}

}  // namespace

CacheFile::CacheFile(std::string_view parameter, const std::string& map, Lock wanted)
    : parameter_(parameter) {
    if (map.empty()) return;
    // Compat: "proxy:" lets several services of Postfix share a file; here each has its own.
    const std::string place = map.starts_with("proxy:") ? map.substr(6) : map;
    const std::size_t colon = place.find(':');
    const std::string type = place.substr(0, colon);
    if (colon == std::string::npos || (type != "btree" && type != "hash")) {
        log::warning("{} = {}: only btree and hash files can be used; what is learned is kept in memory",
                     parameter_, map);
        return;
    }
    // What is lost is learned again; the caller's event loop must not wait.
    never_wait_for_disk();
    const auto kind = type == "btree" ? BerkeleyKind::btree : BerkeleyKind::hash;
    const std::string path = place.substr(colon + 1) + ".db";
    if (wanted == Lock::exclusive && !lock(path, kind)) {
        log::warning("{} = {}: in use by another process; what is learned is kept in memory", parameter, map);
        return;
    }
    Result<BerkeleyFile> opened =
        BerkeleyFile::open(path, kind, BerkeleyFile::Mode::change, true, file_cache);
    if (opened)
        file_.emplace(std::move(*opened));
    else
        log::warning("{} = {}: {}; what is learned is kept in memory", parameter_, map, opened.error());
}

bool CacheFile::lock(const std::string& path, BerkeleyKind kind) {
    lock_.reset(::open(path.c_str(), O_RDWR | O_CLOEXEC));
    // A new file is locked once it is there.
    if (!lock_ && errno == ENOENT) {
        const Result<BerkeleyFile> made =
            BerkeleyFile::open(path, kind, BerkeleyFile::Mode::change, true, file_cache);
        lock_.reset(::open(path.c_str(), O_RDWR | O_CLOEXEC));
    }
    // Whatever is wrong with the file is told when it is opened as a table.
    if (!lock_) return true;
    // Not the kind of lock that readers of tables wait for: postmap(1) may list the file while it is in use.
    struct flock all {};
    all.l_type = F_WRLCK;
    all.l_whence = SEEK_SET;
    for (int tries = 0; tries < lock_tries; ++tries) {
        if (::fcntl(lock_.get(), F_OFD_SETLK, &all) == 0) return true;
        ::usleep(lock_pause_us);
    }
    lock_.reset();
    return false;
}

std::optional<std::string> CacheFile::get(const std::string& key) {
    if (!file_) {
        const auto found = memory_.find(key);
        if (found == memory_.end()) return std::nullopt;
        return found->second;
    }
    Result<std::optional<std::string>> found = file_->get(stored(key));
    if (!found) {
        log::warning("{}: {}", parameter_, found.error());
        return std::nullopt;
    }
    if (!*found) return std::nullopt;
    return plain(std::move(**found));
}

void CacheFile::put(const std::string& key, const std::string& value) {
    if (!file_) {
        memory_[key] = value;
        return;
    }
    const Result<bool> put = file_->put(stored(key), stored(value), true);
    const Result<void> synced = file_->sync();
    if (!put)
        log::warning("{}: {}", parameter_, put.error());
    else if (!synced)
        log::warning("{}: {}", parameter_, synced.error());
}

void CacheFile::remove_if(const std::function<bool(const std::string& value)>& unwanted) {
    if (!file_) {
        std::erase_if(
            memory_, [&](const auto& entry) { return entry.first != cleanup_key && unwanted(entry.second); });
        return;
    }
    std::vector<std::string> keys;
    const Result<void> read = file_->for_each([&](const std::string& key, const std::string& value) {
        if (plain(key) != cleanup_key && unwanted(plain(value))) keys.push_back(key);
    });
    if (!read) log::warning("{}: {}", parameter_, read.error());
    for (const std::string& key : keys) {
        const Result<bool> removed = file_->remove(key);
        if (!removed) log::warning("{}: {}", parameter_, removed.error());
    }
}

std::int64_t CacheFile::last_cleanup() {
    const std::optional<std::string> time = get(cleanup_key);
    return time ? parse_int(*time).value_or(0) : 0;
}

void CacheFile::note_cleanup(std::int64_t now) {
    put(cleanup_key, std::to_string(now));
}

}  // namespace postrider::tables

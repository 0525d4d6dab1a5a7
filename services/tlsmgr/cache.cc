// services/tlsmgr/cache.cc - one store of TLS sessions.
//
// A value is the time at which the session ends, a colon, and the session as it came (base64).
#include "services/tlsmgr/cache.h"

#include <unistd.h>

#include <cerrno>
#include <vector>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::tlsmgr {

namespace {

constexpr std::size_t file_cache = 256 * 1024;
constexpr std::size_t most_in_memory = 20000;

std::int64_t end_of(const std::string& value) {
    return parse_int(std::string_view(value).substr(0, value.find(':'))).value_or(0);
}

}  // namespace

SessionCache::SessionCache(std::string parameter, const std::string& database, std::int64_t lifetime)
    : parameter_(std::move(parameter)), lifetime_(lifetime) {
    if (database.empty() || lifetime <= 0) return;
    enabled_ = true;
    const std::size_t colon = database.find(':');
    const std::string type = database.substr(0, colon);
    if (colon == std::string::npos || (type != "btree" && type != "hash")) {
        warn(database + ": only btree and hash files can be used");
        return;
    }
    const auto kind = type == "btree" ? tables::BerkeleyKind::btree : tables::BerkeleyKind::hash;
    const std::string path = database.substr(colon + 1) + ".db";
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
        warn("remove " + path + ": " + errno_text());
        return;
    }
    Result<tables::BerkeleyFile> opened =
        tables::BerkeleyFile::open(path, kind, tables::BerkeleyFile::Mode::change, true, file_cache);
    if (opened.ok())
        file_.emplace(std::move(*opened));
    else
        warn(opened.error());
}

void SessionCache::warn(const std::string& why) const {
    log::warning("{}: {}; sessions are kept in memory", parameter_, why);
}

std::optional<std::string> SessionCache::find(const std::string& id, std::int64_t now) {
    std::optional<std::string> value;
    if (file_) {
        Result<std::optional<std::string>> found = file_->get(id);
        if (!found.ok()) {
            log::warning("{}: {}", parameter_, found.error());
            return std::nullopt;
        }
        value = std::move(*found);
    } else if (const auto at = memory_.find(id); at != memory_.end()) {
        value = at->second;
    }
    if (!value) return std::nullopt;
    if (end_of(*value) <= now) {
        remove(id);
        return std::nullopt;
    }
    return value->substr(value->find(':') + 1);
}

void SessionCache::save(const std::string& id, const std::string& session, std::int64_t now) {
    if (!enabled_) return;
    const std::string value = std::to_string(now + lifetime_) + ":" + session;
    if (!file_) {
        if (memory_.size() >= most_in_memory) memory_.clear();
        memory_[id] = value;
        return;
    }
    const Result<bool> put = file_->put(id, value, true);
    if (!put.ok()) log::warning("{}: {}", parameter_, put.error());
}

void SessionCache::remove(const std::string& id) {
    if (!file_) {
        memory_.erase(id);
        return;
    }
    const Result<bool> removed = file_->remove(id);
    if (!removed.ok()) log::warning("{}: {}", parameter_, removed.error());
}

void SessionCache::clean(std::int64_t now) {
    if (!file_) {
        std::erase_if(memory_, [now](const auto& entry) { return end_of(entry.second) <= now; });
        return;
    }
    std::vector<std::string> old;
    const Result<void> read = file_->for_each([&](const std::string& id, const std::string& value) {
        if (end_of(value) <= now) old.push_back(id);
    });
    if (!read.ok()) log::warning("{}: {}", parameter_, read.error());
    for (const std::string& id : old) remove(id);
}

std::size_t SessionCache::size() {
    if (!file_) return memory_.size();
    std::size_t count = 0;
    const Result<void> read = file_->for_each([&count](const std::string&, const std::string&) { ++count; });
    return read.ok() ? count : 0;
}

}  // namespace postrider::tlsmgr

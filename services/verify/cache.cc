// services/verify/cache.cc - see cache.h.
#include "services/verify/cache.h"

#include <vector>

#include "lib/base/log.h"

namespace postrider::verify {
namespace {

constexpr std::size_t file_cache = 128 * 1024;

// Values and keys of Postfix end in NUL, which is not part of them.
std::string stored(const std::string& text) {
    return text + std::string(1, '\0');
}
std::string plain(std::string text) {
    if (!text.empty() && text.back() == '\0') text.pop_back();
    return text;
}

}  // namespace

Cache::Cache(const std::string& map) {
    if (map.empty()) return;
    const std::size_t colon = map.find(':');
    const std::string type = map.substr(0, colon);
    if (colon == std::string::npos || (type != "btree" && type != "hash")) {
        log::warning(
            "address_verify_map = {}: only btree and hash files can be used; results are kept in memory",
            map);
        return;
    }
    const auto kind = type == "btree" ? tables::BerkeleyKind::btree : tables::BerkeleyKind::hash;
    const std::string path = map.substr(colon + 1) + ".db";
    Result<tables::BerkeleyFile> opened =
        tables::BerkeleyFile::open(path, kind, tables::BerkeleyFile::Mode::change, true, file_cache);
    if (opened)
        file_.emplace(std::move(*opened));
    else
        log::warning("address_verify_map = {}: {}; results are kept in memory", map, opened.error());
}

std::optional<std::string> Cache::get(const std::string& key) {
    if (!file_) {
        const auto found = memory_.find(key);
        if (found == memory_.end()) return std::nullopt;
        return found->second;
    }
    Result<std::optional<std::string>> found = file_->get(stored(key));
    if (!found) {
        log::warning("address_verify_map: {}", found.error());
        return std::nullopt;
    }
    if (!*found) return std::nullopt;
    return plain(std::move(**found));
}

void Cache::put(const std::string& key, const std::string& value) {
    if (!file_) {
        memory_[key] = value;
        return;
    }
    const Result<bool> put = file_->put(stored(key), stored(value), true);
    const Result<void> synced = file_->sync();
    if (!put)
        log::warning("address_verify_map: {}", put.error());
    else if (!synced)
        log::warning("address_verify_map: {}", synced.error());
}

void Cache::remove_if(const std::function<bool(const std::string& value)>& unwanted) {
    if (!file_) {
        std::erase_if(memory_, [&](const auto& entry) { return unwanted(entry.second); });
        return;
    }
    std::vector<std::string> keys;
    const Result<void> read = file_->for_each([&](const std::string& key, const std::string& value) {
        if (unwanted(plain(value))) keys.push_back(key);
    });
    if (!read) log::warning("address_verify_map: {}", read.error());
    for (const std::string& key : keys) {
        const Result<bool> removed = file_->remove(key);
        if (!removed) log::warning("address_verify_map: {}", removed.error());
    }
}

}  // namespace postrider::verify

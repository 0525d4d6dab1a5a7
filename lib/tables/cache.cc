// lib/tables/cache.cc - what a service remembers between its lives.
#include "lib/tables/cache.h"

#include <chrono>
#include <thread>

#include "lib/async/loop.h"
#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::tables {
namespace {

// After a reload the process before this one may still have the file for a moment.
constexpr int lock_tries = 60;
constexpr auto lock_pause = std::chrono::milliseconds(50);
// Where Postfix keeps the time of the last cleanup.
constexpr const char* cleanup_key = "_LAST_CACHE_CLEANUP_COMPLETED_";
// Entries that a cleanup looks at before others have their turn.
constexpr int entries_at_once = 200;

Result<std::unique_ptr<Store>> open_patiently(const std::string& map, const Settings& settings) {
    const OpenContext context(settings);
    for (int attempt = 1;; ++attempt) {
        Result<std::unique_ptr<Store>> opened = open_store(map, context);
        if (opened || attempt == lock_tries || opened.error().find("in use") == std::string::npos)
            return opened;
        std::this_thread::sleep_for(lock_pause);
    }
}

}  // namespace

std::shared_ptr<Cache> Cache::open(std::string_view parameter, const std::string& map,
                                   const Settings& settings) {
    const std::string memory = "internal:cache";
    Result<std::unique_ptr<Store>> opened = open_patiently(map.empty() ? memory : map, settings);
    if (!opened) {
        log::warning("{} = {}: {}; what is learned is kept in memory", parameter, map, opened.error());
        opened = open_store(memory, OpenContext(settings));
    }
    return std::shared_ptr<Cache>(new Cache(parameter, std::move(*opened)));
}

Task<std::optional<std::string>> Cache::get(std::string key) {
    const std::shared_ptr<Cache> self = shared_from_this();
    LookupResult found = co_await store_->find(std::move(key));
    if (found.found == Found::yes) co_return std::move(found.value);
    if (found.found == Found::try_again) log::warning("{}: {}", parameter_, found.reason);
    co_return std::nullopt;
}

Task<> Cache::put(std::string key, std::string value) {
    const std::shared_ptr<Cache> self = shared_from_this();
    const Result<void> done = co_await store_->update(std::move(key), std::move(value));
    if (!done) log::warning("{}: {}", parameter_, done.error());
}

Task<> Cache::remove_if(std::function<bool(const std::string& value)> unwanted) {
    const std::shared_ptr<Cache> self = shared_from_this();
    auto step = Store::Step::first;
    for (int seen = 1;; ++seen) {
        const Result<std::optional<Store::Entry>> entry = co_await store_->step(step);
        if (!entry) log::warning("{}: {}", parameter_, entry.error());
        if (!entry || !*entry) co_return;
        step = Store::Step::next;
        if (seen % entries_at_once == 0) co_await async::sleep_for(async::Duration::zero());
        std::string key = (*entry)->first;
        if (key == cleanup_key || !unwanted((*entry)->second)) continue;
        const Result<bool> removed = co_await store_->remove(std::move(key));
        if (!removed) log::warning("{}: {}", parameter_, removed.error());
    }
}

Task<std::int64_t> Cache::last_cleanup() {
    std::string key = cleanup_key;
    const std::optional<std::string> time = co_await get(std::move(key));
    co_return time ? parse_int(*time).value_or(0) : 0;
}

Task<> Cache::note_cleanup(std::int64_t now) {
    std::string key = cleanup_key;
    std::string value = std::to_string(now);
    co_await put(std::move(key), std::move(value));
}

}  // namespace postrider::tables

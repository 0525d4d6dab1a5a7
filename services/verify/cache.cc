// services/verify/cache.cc - see cache.h.
#include "services/verify/cache.h"

#include <chrono>
#include <thread>

#include "lib/base/log.h"

namespace postrider::verify {
namespace {

using tables::Store;

// After a reload the process before this one may still have the file for a moment.
Result<std::unique_ptr<Store>> open_patiently(const std::string& map, const Settings& settings) {
    const tables::OpenContext context(settings);
    for (int attempt = 0;; ++attempt) {
        Result<std::unique_ptr<Store>> opened = tables::open_store(map, context);
        if (opened || attempt == 40 || opened.error().find("in use") == std::string::npos) return opened;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

}  // namespace

Cache::Cache(const std::string& map, const Settings& settings) {
    const std::string memory = "internal:verify";
    Result<std::unique_ptr<Store>> opened = open_patiently(map.empty() ? memory : map, settings);
    if (!opened) {
        log::warning("address_verify_map = {}: {}; results are kept in memory", map, opened.error());
        opened = open_patiently(memory, settings);
    }
    store_ = std::move(*opened);
}

Task<std::optional<std::string>> Cache::get(std::string key) {
    tables::LookupResult found = co_await store_->find(std::move(key));
    if (found.found == tables::Found::yes) co_return std::move(found.value);
    if (found.found == tables::Found::try_again) log::warning("address_verify_map: {}", found.reason);
    co_return std::nullopt;
}

Task<> Cache::put(std::string key, std::string value) {
    const Result<void> done = co_await store_->update(std::move(key), std::move(value));
    if (!done) log::warning("address_verify_map: {}", done.error());
}

Task<> Cache::remove_if(std::function<bool(const std::string& value)> unwanted) {
    auto step = Store::Step::first;
    for (;;) {
        const Result<std::optional<Store::Entry>> entry = co_await store_->step(step);
        if (!entry) log::warning("address_verify_map: {}", entry.error());
        if (!entry || !*entry) co_return;
        step = Store::Step::next;
        if (!unwanted((*entry)->second)) continue;
        const Result<bool> removed = co_await store_->remove((*entry)->first);
        if (!removed) log::warning("address_verify_map: {}", removed.error());
    }
}

}  // namespace postrider::verify

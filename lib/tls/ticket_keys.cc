// lib/tls/ticket_keys.cc - the keys of session tickets as one process knows them.
#include "lib/tls/ticket_keys.h"

#include <algorithm>
#include <ctime>

namespace postrider::tls {

namespace {

constexpr auto pause_after_failure = std::chrono::seconds(30);
constexpr std::size_t kept_keys = 8;
constexpr std::size_t kept_unknown = 32;

std::string_view name_of(const TicketKey& key) {
    return {reinterpret_cast<const char*>(key.name.data()), key.name.size()};
}

}  // namespace

void TicketKeys::add(const TicketKey& key) {
    std::erase_if(keys_, [&key](const TicketKey& known) { return known.name == key.name; });
    keys_.push_back(key);
    if (keys_.size() > kept_keys) keys_.erase(keys_.begin());
}

const TicketKey* TicketKeys::current() const {
    const TicketKey* newest = nullptr;
    for (const TicketKey& key : keys_)
        if (newest == nullptr || key.expires > newest->expires) newest = &key;
    return newest != nullptr && newest->expires > std::time(nullptr) ? newest : nullptr;
}

const TicketKey* TicketKeys::find(std::string_view name) const {
    for (const TicketKey& key : keys_)
        if (name_of(key) == name) return &key;
    return nullptr;
}

async::Task<> TicketKeys::refresh() {
    // One asks; handshakes that come meanwhile do without a ticket.
    if (current() != nullptr || asking_ || async::Clock::now() < retry_at_) co_return;
    asking_ = true;
    std::optional<TicketKey> key;
    try {
        key = co_await store_.current_key();
    } catch (...) {
        asking_ = false;
        throw;
    }
    asking_ = false;
    if (key && key->expires > std::time(nullptr)) {
        add(*key);
    } else {
        retry_at_ = async::after(pause_after_failure);
    }
}

async::Task<> TicketKeys::fetch(std::string name) {
    if (std::find(unknown_.begin(), unknown_.end(), name) != unknown_.end()) co_return;
    if (async::Clock::now() < retry_at_) co_return;
    std::string asked = name;
    const std::optional<TicketKey> key = co_await store_.key_named(std::move(asked));
    if (key && name_of(*key) == name) {
        add(*key);
        co_return;
    }
    unknown_.push_back(std::move(name));
    if (unknown_.size() > kept_unknown) unknown_.erase(unknown_.begin());
}

}  // namespace postrider::tls

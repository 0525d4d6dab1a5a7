// smtp/login_cache.cc - logins that servers have refused.
#include "smtp/login_cache.h"

namespace postrider::smtp {

namespace {

std::string key_of(const std::string& server, const std::string& user) {
    return server + '\n' + user;
}

}  // namespace

std::optional<LoginCache::Refusal> LoginCache::find(const std::string& server, const std::string& user,
                                                    const std::string& password, async::Deadline now) {
    const auto entry = entries_.find(key_of(server, user));
    if (entry == entries_.end()) return std::nullopt;
    // With another password, or after a while, it is worth a new try.
    if (entry->second.password == password && now < entry->second.expires) return entry->second.refusal;
    entries_.erase(entry);
    return std::nullopt;
}

void LoginCache::remember(const std::string& server, const std::string& user, const std::string& password,
                          Refusal refusal, async::Deadline now) {
    if (entries_.size() >= entry_limit)
        std::erase_if(entries_, [now](const auto& held) { return held.second.expires <= now; });
    if (entries_.size() >= entry_limit) entries_.erase(entries_.begin());
    Entry& entry = entries_[key_of(server, user)];
    entry.password = password;
    entry.refusal = std::move(refusal);
    entry.expires = now + keep_time_;
}

}  // namespace postrider::smtp

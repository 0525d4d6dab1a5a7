// smtp/login_cache.cc - logins that servers have refused.
#include "smtp/login_cache.h"

#include <fmt/core.h>

#include <ctime>
#include <utility>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/tls/client.h"

namespace postrider::smtp {

namespace {

std::string key_of(const std::string& server, const std::string& user) {
    return server + ';' + user;
}

// "TIME;STATUS;DIGEST;TEXT": when it ends, what the server said, and to which password.
std::string value_of(const LoginCache::Refusal& refusal, const std::string& password, std::int64_t expires) {
    return fmt::format("{};{};{};{}", expires, refusal.status, tls::digest_of_text(password), refusal.text);
}

std::optional<LoginCache::Refusal> parse_value(std::string_view value, const std::string& password) {
    std::string fields[3];
    for (std::string& field : fields) {
        const std::size_t end = value.find(';');
        if (end == std::string_view::npos) return std::nullopt;
        field = value.substr(0, end);
        value.remove_prefix(end + 1);
    }
    const auto expires = parse_int(fields[0]);
    if (!expires || *expires <= std::time(nullptr) || fields[2] != tls::digest_of_text(password))
        return std::nullopt;
    return LoginCache::Refusal{fields[1], std::string(value)};
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

Task<std::optional<LoginCache::Refusal>> LoginCache::ask(std::string server, std::string user,
                                                         std::string password) {
    std::optional<Refusal> known = find(server, user, password, async::Clock::now());
    if (known || shared_ == nullptr) co_return known;
    std::string key = key_of(server, user);
    const tables::LookupResult found = co_await shared_->find(std::move(key));
    if (found.found == tables::Found::try_again) log::warning("SASL login cache: {}", found.reason);
    if (found.found == tables::Found::yes) known = parse_value(found.value, password);
    co_return known;
}

Task<> LoginCache::tell(std::string server, std::string user, std::string password, Refusal refusal) {
    remember(server, user, password, refusal, async::Clock::now());
    if (shared_ == nullptr) co_return;
    std::string key = key_of(server, user);
    std::string value = value_of(refusal, password, std::time(nullptr) + keep_time_.count());
    const Result<void> updated = co_await shared_->update(std::move(key), std::move(value));
    if (!updated) log::warning("SASL login cache: {}", updated.error());
}

}  // namespace postrider::smtp

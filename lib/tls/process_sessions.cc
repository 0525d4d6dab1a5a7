// lib/tls/process_sessions.cc - TLS sessions that one process keeps for itself.
#include "lib/tls/process_sessions.h"

namespace postrider::tls {

async::Task<std::optional<std::string>> ProcessSessions::find(std::string id) {
    const auto found = sessions_.find(id);
    if (found == sessions_.end() || found->second.expires <= async::Clock::now()) co_return std::nullopt;
    co_return found->second.session;
}

async::Task<> ProcessSessions::save(std::string id, std::string session) {
    if (sessions_.size() >= most_sessions) sessions_.clear();
    sessions_[std::move(id)] = {std::move(session), async::after(lifetime_)};
    co_return;
}

async::Task<> ProcessSessions::remove(std::string id) {
    sessions_.erase(id);
    co_return;
}

async::Task<std::optional<TicketKey>> ProcessSessions::current_key() {
    co_return std::nullopt;
}

async::Task<std::optional<TicketKey>> ProcessSessions::key_named(std::string) {
    co_return std::nullopt;
}

}  // namespace postrider::tls

// lib/tls/process_sessions.h - TLS sessions that one process keeps for itself.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>

#include "lib/async/loop.h"
#include "lib/tls/session_store.h"

namespace postrider::tls {

// For clients: it has sessions, and no ticket keys.  Sessions are forgotten after `lifetime`, and all of them
// when there are `most_sessions`.
class ProcessSessions : public SessionStore {
  public:
    explicit ProcessSessions(std::chrono::seconds lifetime) : lifetime_(lifetime) {}
    async::Task<std::optional<std::string>> find(std::string id) override;
    async::Task<> save(std::string id, std::string session) override;
    async::Task<> remove(std::string id) override;
    async::Task<std::optional<TicketKey>> current_key() override;
    async::Task<std::optional<TicketKey>> key_named(std::string name) override;

    static constexpr std::size_t most_sessions = 1000;

  private:
    struct Kept {
        std::string session;
        async::Deadline expires;
    };
    const std::chrono::seconds lifetime_;
    std::map<std::string, Kept> sessions_;
};

}  // namespace postrider::tls

// lib/ipc/tlsmgr_client.h - asking tlsmgr(8) for TLS sessions and ticket keys.
//
// When it cannot be asked, TLS goes on without resumption: answers are "nothing", one warning is logged, and
// it is left alone for a while.
#pragma once

#include <string>

#include "lib/ipc/client.h"
#include "lib/ipc/tlsmgr_protocol.h"
#include "lib/tls/session_store.h"

namespace postrider::ipc {

class TlsmgrClient : public tls::SessionStore {
  public:
    // `cache`: smtpd, smtp or lmtp; `path`: "private/tlsmgr".
    explicit TlsmgrClient(std::string cache, std::string path = "private/tlsmgr");

    async::Task<std::optional<std::string>> find(std::string id) override;
    async::Task<> save(std::string id, std::string session) override;
    async::Task<> remove(std::string id) override;
    async::Task<std::optional<tls::TicketKey>> current_key() override;
    async::Task<std::optional<tls::TicketKey>> key_named(std::string name) override;

  private:
    async::Task<std::optional<TlsmgrReply>> ask(TlsmgrRequest request);
    async::Task<std::optional<tls::TicketKey>> ask_key(std::string name);
    std::string cache_;
    std::string path_;
    Client client_;
    async::Deadline absent_until_{};
};

// A key as it crosses the socket.
std::string ticket_key_text(const tls::TicketKey& key);
std::optional<tls::TicketKey> parse_ticket_key(std::string_view text, std::int64_t expires);

}  // namespace postrider::ipc

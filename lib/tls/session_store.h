// lib/tls/session_store.h - where TLS sessions and ticket keys live that processes share.
//
// An interface: lib/ipc/tlsmgr_client.h implements it by asking tlsmgr(8); tests put a map in its place.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "lib/async/task.h"

namespace postrider::tls {

// RFC 5077 4: names and the keys of tickets.  New tickets are made with the current one.
struct TicketKey {
    std::array<unsigned char, 16> name{};
    std::array<unsigned char, 32> encryption{};      // AES-256-CBC
    std::array<unsigned char, 32> authentication{};  // HMAC-SHA-256
    std::int64_t expires = 0;                        // no new tickets from then on, epoch seconds
};

class SessionStore {
  public:
    virtual ~SessionStore() = default;
    // A serialised session (i2d_SSL_SESSION), or nothing.
    virtual async::Task<std::optional<std::string>> find(std::string id) = 0;
    virtual async::Task<> save(std::string id, std::string session) = 0;
    virtual async::Task<> remove(std::string id) = 0;
    // The current key and the one before it, to be asked for ahead of time: callbacks of OpenSSL cannot wait.
    virtual async::Task<std::optional<TicketKey>> current_key() = 0;
    virtual async::Task<std::optional<TicketKey>> key_named(std::string name) = 0;
};

}  // namespace postrider::tls

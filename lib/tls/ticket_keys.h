// lib/tls/ticket_keys.h - the keys of session tickets as one process knows them.
//
// OpenSSL's callback cannot wait, so the keys are fetched ahead of handshakes: the current one when it has
// expired, any other when a client shows a ticket made with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/async/loop.h"
#include "lib/tls/session_store.h"

namespace postrider::tls {

class TicketKeys {
  public:
    explicit TicketKeys(SessionStore& store) : store_(store) {}

    // Makes current() true if the store can be asked.  When it could not be asked lately, does nothing.
    async::Task<> refresh();
    // Gets a key by its name; an unknown name is remembered, so that a stranger cannot make us ask again and
    // again.
    async::Task<> fetch(std::string name);

    // For new tickets; null when there is none.
    const TicketKey* current() const;
    const TicketKey* find(std::string_view name) const;

  private:
    void add(const TicketKey& key);
    SessionStore& store_;
    std::vector<TicketKey> keys_;  // newest last
    std::vector<std::string> unknown_;
    async::Deadline retry_at_{};
    bool asking_ = false;
};

}  // namespace postrider::tls

// services/tlsmgr/ticket_ring.h - the keys of session tickets, new ones in time, old ones as long as tickets
// made with them are good.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lib/tls/session_store.h"

namespace postrider::tlsmgr {

class TicketRing {
  public:
    // `lifetime` of a session in seconds; 0: there are no tickets.
    explicit TicketRing(std::int64_t lifetime) : lifetime_(lifetime) {}

    // For new tickets; makes one when the last has expired.
    std::optional<tls::TicketKey> current(std::int64_t now);
    // `name`: the 16 bytes.
    std::optional<tls::TicketKey> named(const std::string& name, std::int64_t now) const;

  private:
    std::int64_t lifetime_;
    std::vector<tls::TicketKey> keys_;  // newest last
};

}  // namespace postrider::tlsmgr

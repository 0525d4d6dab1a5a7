// services/tlsmgr/ticket_ring.cc - the keys of session tickets.
#include "services/tlsmgr/ticket_ring.h"

#include <sys/random.h>

#include <algorithm>
#include <cerrno>

#include "lib/base/file.h"
#include "lib/base/log.h"

namespace postrider::tlsmgr {

namespace {

// Even with very short sessions the keys do not change with every handshake.
constexpr std::int64_t shortest_turn = 60;

template <std::size_t size>
bool fill(std::array<unsigned char, size>& bytes) {
    ssize_t got = 0;
    do {
        got = ::getrandom(bytes.data(), size, 0);
    } while (got < 0 && errno == EINTR);
    return got == static_cast<ssize_t>(size);
}

}  // namespace

std::optional<tls::TicketKey> TicketRing::current(std::int64_t now) {
    if (lifetime_ <= 0) return std::nullopt;
    if (!keys_.empty() && keys_.back().expires > now) return keys_.back();
    std::erase_if(keys_, [&](const tls::TicketKey& key) { return key.expires + lifetime_ <= now; });
    tls::TicketKey key;
    if (!fill(key.name) || !fill(key.encryption) || !fill(key.authentication)) {
        log::warning("no random bytes for a ticket key: {}", errno_text());
        return std::nullopt;
    }
    key.expires = now + std::max(lifetime_, shortest_turn);
    keys_.push_back(key);
    return key;
}

std::optional<tls::TicketKey> TicketRing::named(const std::string& name, std::int64_t now) const {
    for (const tls::TicketKey& key : keys_) {
        if (name.size() != key.name.size() ||
            !std::equal(key.name.begin(), key.name.end(), name.begin(),
                        [](unsigned char a, char b) { return a == static_cast<unsigned char>(b); }))
            continue;
        if (key.expires + lifetime_ > now) return key;
    }
    return std::nullopt;
}

}  // namespace postrider::tlsmgr

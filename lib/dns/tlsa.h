// lib/dns/tlsa.h - the TLSA records of a host, RFC 7672 2.2.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lib/async/task.h"
#include "lib/tls/client.h"

namespace postrider::dns {

struct TlsaAnswer {
    enum class Kind {
        none,      // there are no records, or DNSSEC does not vouch for them
        unusable,  // there are some, and none that can be used
        found,
        failed,  // nobody knows: the mail has to wait
    };
    Kind kind = Kind::none;
    std::vector<tls::TlsaRecord> records;  // the usable ones
    std::string base;                      // the name they belong to
};

// A host as an address lookup with DNSSEC found it.
struct TlsaQuestion {
    std::string host;
    std::string canonical;  // the name that its addresses belong to, after CNAMEs
    bool secure = false;    // DNSSEC vouches for the addresses
    std::uint16_t port = 25;
    bool force = false;   // ask even when it does not
    std::string digests;  // tls_dane_digests
};
// Asks for _PORT._tcp below the canonical name of the host, then below its own.
Task<TlsaAnswer> find_tlsa(TlsaQuestion question);

}  // namespace postrider::dns

// smtp/tls_dane.h - the TLSA records of a host, RFC 7672 2.2.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lib/async/task.h"
#include "lib/tls/client.h"
#include "smtp/route.h"

namespace postrider::smtp {

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

// Asks for _PORT._tcp below the canonical name of the host, then below its own.  `force`: also when DNSSEC
// does not vouch for the addresses of the host.  `digests` is tls_dane_digests.
Task<TlsaAnswer> find_tlsa(Host host, bool force, std::string digests);

}  // namespace postrider::smtp

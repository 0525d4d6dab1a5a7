// lib/delivery/flush_client.h - asking flush(8), which remembers what waits for a destination (ETRN).
#pragma once

#include <string>

#include "lib/async/loop.h"
#include "lib/config/settings.h"

namespace postrider::delivery {

enum class FlushStatus {
    ok,
    failed,  // the service is not there or had trouble
    bad,     // no destination or queue ID
    denied,  // the destination is not in fast_flush_domains
};

// Opens the tables of fast_flush_domains: for agents, before the jail is closed and root is given up.
void open_flush_domains(const Settings& settings);
// Whether the service remembers what waits for `site`; it is not asked itself.
Task<FlushStatus> flush_eligible(std::string site, const Settings& settings);
// A message for `site` (a domain) was deferred.  Cheap for destinations that are not in fast_flush_domains:
// the service is not asked.
Task<FlushStatus> flush_add(std::string site, std::string queue_id, const Settings& settings);
// Tries at once to deliver everything that waits for `site`.
Task<FlushStatus> flush_send_site(std::string site, const Settings& settings);
// Tries at once to deliver one deferred message.
Task<FlushStatus> flush_send_file(std::string queue_id, const Settings& settings);
// The request of the protocol; docs/protocols.md.
struct FlushRequest {
    std::string request;  // add send_site send_file refresh purge
    std::string site;
    std::string queue_id;
    template <class V>
    void attributes(V&& visit) {
        visit("request", request);
        visit("site", site);
        visit("queue_id", queue_id);
    }
};
struct FlushReply {
    FlushStatus status = FlushStatus::failed;
    template <class V>
    void attributes(V&& visit) {
        visit("status", status);
    }
};

}  // namespace postrider::delivery

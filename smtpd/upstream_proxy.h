// smtpd/upstream_proxy.h - a proxy in front of the server that tells who the client is (HAProxy's PROXY
// protocol).
#pragma once

#include <chrono>

#include "lib/async/task.h"
#include "lib/config/settings.h"
#include "lib/tables/match_list.h"

namespace postrider::smtpd {

struct Session;

// From whom a PROXY header is expected.
struct UpstreamProxy {
    // Fatal when the protocol is not known.
    explicit UpstreamProxy(const Settings& settings);
    bool expected;
    tables::MatchList clients;  // empty: everybody is a proxy
    std::chrono::seconds timeout;
};

// Reads the header of a proxy, before anything else is said (and before TLS), into Session::endpoints. False:
// there was none to be used; it is the proxy who is turned away.
Task<bool> hear_proxy(Session& session);
Task<> turn_away(Session& session);

}  // namespace postrider::smtpd

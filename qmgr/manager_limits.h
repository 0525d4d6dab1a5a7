// qmgr/manager_limits.h - the parameters the queue manager looks at for every message, read once.
#pragma once

#include "qmgr/manager.h"

namespace postrider::qmgr {

struct Manager::Limits {
    explicit Limits(const Settings& settings);
    int active;
    int deferred;  // times of deferred messages kept in memory
    int recipients;
    int recipient_minimum;
    int probes;
    std::int64_t minimal_backoff;  // seconds
    std::int64_t maximal_backoff;
    std::int64_t lifetime;
    std::int64_t bounce_lifetime;
    async::Duration queue_run_delay;
    std::int64_t least_pause;  // queue_run_delay in seconds
    int backoff_spread;        // percent
    async::Duration deferred_scan_delay;
    async::Duration transport_retry_time;
    async::Duration dead_time;
    async::Duration ipc_timeout;
    async::Duration clog_warn_time;
    bool confirm_delay_cleared;
    bool verp_bounces;
    bool external_addresses;
    std::string origin;
};

}  // namespace postrider::qmgr

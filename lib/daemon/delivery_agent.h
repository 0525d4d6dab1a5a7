// lib/daemon/delivery_agent.h - a daemon that delivers: what qmgr(8) asks on each of its connections.
#pragma once

#include "lib/config/parameter.h"
#include "lib/daemon/daemon.h"
#include "lib/delivery/agent.h"

namespace postrider::daemon {

struct DeliveryAgent {
    // Delivers to all recipients of one request.
    delivery::Deliver deliver;
    // <agent>_delivery_status_filter, for an agent that has one.
    const Parameter<std::string>* status_filter = nullptr;
};

// run_daemon() of a delivery agent.  What every delivery may need is opened after `before_jail`: the tables
// of the status filter and of fast_flush_domains.
int run_delivery_agent(int argc, char** argv, Description description, DeliveryAgent agent);

}  // namespace postrider::daemon

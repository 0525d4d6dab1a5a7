// lib/daemon/delivery_agent.cc - a daemon that delivers: what qmgr(8) asks on each of its connections.
#include "lib/daemon/delivery_agent.h"

#include <memory>
#include <optional>

#include "lib/delivery/flush_client.h"
#include "lib/delivery/status_filter.h"

namespace postrider::daemon {

namespace {

struct Serving {
    DeliveryAgent agent;
    std::optional<delivery::StatusFilter> filter;
};

Task<> serve_qmgr(Connection connection, const Settings& settings, const Serving& serving) {
    delivery::AgentOptions options;
    if (serving.filter) options.filter = &*serving.filter;
    options.leave = &leave_event();
    delivery::Deliver deliver = serving.agent.deliver;
    co_await delivery::serve_deliveries(std::move(connection.stream), settings, std::move(deliver), options);
}

}  // namespace

int run_delivery_agent(int argc, char** argv, Description description, DeliveryAgent agent) {
    const auto serving = std::make_shared<Serving>();
    serving->agent = std::move(agent);
    description.before_jail = [serving, open = std::move(description.before_jail)](Settings& settings) {
        if (open) open(settings);
        if (const Parameter<std::string>* filter = serving->agent.status_filter)
            serving->filter.emplace(filter->name(), settings[*filter], settings);
        delivery::open_flush_domains(settings);
    };
    description.serve = [serving](Connection connection, const Settings& settings) {
        return serve_qmgr(std::move(connection), settings, *serving);
    };
    return run_daemon(argc, argv, std::move(description));
}

}  // namespace postrider::daemon

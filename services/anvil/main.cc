// services/anvil/main.cc - anvil(8): counts connections and events of SMTP clients.
#include <signal.h>

#include <cerrno>
#include <memory>

#include "lib/async/loop.h"
#include "lib/base/log.h"
#include "lib/daemon/daemon.h"
#include "lib/ipc/anvil_protocol.h"
#include "lib/ipc/server.h"
#include "services/anvil/counters.h"
#include "services/anvil/parameters.h"

using namespace postrider;

namespace {

constexpr auto clean_up_interval = std::chrono::seconds(10);

// Lives as long as the process.
struct Service {
    explicit Service(const Settings& settings)
        : counters(settings[anvil::anvil_rate_time_unit]),
          unit_text(std::to_string(settings[anvil::anvil_rate_time_unit].count()) + "s"),
          report_interval(settings[anvil::anvil_status_update_time]) {}
    anvil::Counters counters;
    std::string unit_text;
    std::chrono::seconds report_interval;
};
std::unique_ptr<Service> service;
std::unique_ptr<async::Timer> clean_up_timer;
std::unique_ptr<async::Timer> report_timer;

void report() {
    for (const std::string& line : service->counters.take_highest(service->unit_text)) log::info("{}", line);
}

bool is_alive(int process) {
    return process == 0 || ::kill(process, 0) == 0 || errno == EPERM;
}

void clean_up() {
    service->counters.forget_old(anvil::Clock::now(), is_alive);
    clean_up_timer->start(clean_up_interval);
}

void report_again() {
    report();
    report_timer->start(service->report_interval);
}

void prepare(Settings& settings) {
    service = std::make_unique<Service>(settings);
    clean_up_timer = std::make_unique<async::Timer>(clean_up);
    clean_up_timer->start(clean_up_interval);
    report_timer = std::make_unique<async::Timer>(report_again);
    report_timer->start(service->report_interval);
}

ipc::AnvilReply reply_of(const anvil::Counters::Numbers& numbers, anvil::Event event) {
    using anvil::Event;
    const auto rate = [&numbers](Event which) { return numbers.rates[static_cast<std::size_t>(which)]; };
    ipc::AnvilReply reply;
    reply.count = numbers.connections;
    reply.rate = rate(event);
    reply.connections = rate(Event::connection);
    reply.messages = rate(Event::message);
    reply.recipients = rate(Event::recipient);
    reply.new_tls = rate(Event::new_tls);
    reply.auth = rate(Event::auth);
    return reply;
}

ipc::AnvilReply answer(const ipc::AnvilRequest& request) {
    using anvil::Event;
    const auto now = anvil::Clock::now();
    anvil::Counters& counters = service->counters;
    const auto count = [&](Event event) {
        return reply_of(counters.count(request.ident, event, now), event);
    };
    if (request.request == "connect")
        return reply_of(counters.connect(request.ident, request.process, now), Event::connection);
    if (request.request == "message") return count(Event::message);
    if (request.request == "recipient") return count(Event::recipient);
    if (request.request == "newtls") return count(Event::new_tls);
    if (request.request == "auth") return count(Event::auth);
    if (request.request == "lookup") return reply_of(counters.look_up(request.ident, now), Event::connection);
    ipc::AnvilReply reply;
    if (request.request == "disconnect")
        counters.disconnect(request.ident, request.process);
    else
        reply.status = -1;
    return reply;
}

Task<std::string> handle(std::string body) {
    const auto request = ipc::decode<ipc::AnvilRequest>(body);
    ipc::AnvilReply reply;
    reply.status = -1;
    if (request && !request->ident.empty()) reply = answer(*request);
    if (reply.status != 0) log::warning("bad request \"{}\"", request ? request->request : "");
    co_return ipc::encode(reply);
}

Task<> serve(daemon::Connection connection, const Settings&) {
    co_await ipc::serve_requests(std::move(connection.stream), handle);
}

}  // namespace

int main(int argc, char** argv) {
    daemon::Description description;
    description.program = "anvil";
    description.confinement = [](const Settings&) { return daemon::Confinement{}; };
    description.clients = daemon::Clients::shared;
    description.exits_when_idle = false;  // the counts live in memory
    description.after_jail = prepare;
    description.serve = serve;
    description.at_exit = report;
    return daemon::run_daemon(argc, argv, std::move(description));
}

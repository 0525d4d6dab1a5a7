// smtpd/main.cc - the SMTP server.
#include <memory>

#include "lib/daemon/daemon.h"
#include "smtpd/login_service.h"
#include "smtpd/sasl_parameters.h"
#include "smtpd/server.h"
#include "smtpd/session.h"

using namespace postrider;

namespace {

// Lives as long as the process.
std::unique_ptr<smtpd::Server> server;

void open_lookup_tables(Settings& settings) {
    server = std::make_unique<smtpd::Server>(settings, smtpd::real_neighbours(settings));
}

// Content that waits for smtpd_proxy_filter spills into `incoming`; Kerberos keeps what it saw in /var/tmp.
daemon::Confinement needs(const Settings& settings) {
    daemon::Confinement needs{.writes = {"incoming"}, .network = true};
    if (settings[smtpd::smtpd_sasl_auth_enable]) {
        needs.writes.insert(needs.writes.end(), {"/tmp", "/var/tmp"});
        needs.descriptions = smtpd::login_configurations(settings);
    }
    return needs;
}

void check_restrictions(Settings&) {
    server->rules.demand_relay_control();
}

// `settings` may be those of a service under stress: they tighten the limits.
// No coroutine of its own: an idle session has as few frames as possible.
Task<> serve_client(daemon::Connection connection, const Settings& settings) {
    const smtpd::Limits limits(settings);
    if (connection.on_standard_input)
        server->neighbours.open_message = [&settings](int) { return smtpd::open_postdrop(settings); };
    return smtpd::serve(*server, limits, std::move(connection.stream), std::move(connection.service),
                        connection.on_standard_input, std::move(connection.endpoints));
}

}  // namespace

int main(int argc, char** argv) {
    return daemon::run_daemon(argc, argv,
                              {
                                  .program = "smtpd",
                                  .clients = daemon::Clients::many,
                                  .confinement = needs,
                                  .before_jail = open_lookup_tables,
                                  .after_jail = check_restrictions,
                                  .serve = serve_client,
                              });
}

// agents/error/main.cc - the error(8) delivery agent, and under its second service name retry(8).
#include "agents/error/error.h"
#include "lib/daemon/daemon.h"
#include "lib/delivery/flush_client.h"

int main(int argc, char** argv) {
    using namespace postrider;
    daemon::Description description;
    description.program = "error";
    description.confinement = [](const Settings&) { return daemon::Confinement{.writes = {"active"}}; };
    description.before_jail = [](Settings& settings) { delivery::open_flush_domains(settings); };
    description.serve = error_agent::serve_client;
    return daemon::run_daemon(argc, argv, std::move(description));
}

// agents/discard/main.cc - the discard(8) delivery agent.
#include "agents/discard/discard.h"
#include "lib/daemon/daemon.h"

int main(int argc, char** argv) {
    using namespace postrider;
    daemon::Description description;
    description.program = "discard";
    description.confinement = [](const Settings&) { return daemon::Confinement{.writes = {"active"}}; };
    description.serve = discard_agent::serve_client;
    return daemon::run_daemon(argc, argv, std::move(description));
}

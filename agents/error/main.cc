// agents/error/main.cc - the error(8) delivery agent, and under its second service name retry(8).
#include "agents/error/error.h"
#include "lib/daemon/delivery_agent.h"

int main(int argc, char** argv) {
    using namespace postrider;
    daemon::Description description;
    description.program = "error";
    description.confinement = [](const Settings&) { return daemon::Confinement{.writes = {"active"}}; };
    return daemon::run_delivery_agent(argc, argv, std::move(description), {.deliver = error_agent::deliver});
}

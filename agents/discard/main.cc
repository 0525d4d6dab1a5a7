// agents/discard/main.cc - the discard(8) delivery agent.
#include "agents/discard/discard.h"
#include "lib/daemon/delivery_agent.h"

int main(int argc, char** argv) {
    using namespace postrider;
    daemon::Description description;
    description.program = "discard";
    description.confinement = [](const Settings&) { return daemon::Confinement{.writes = {"active"}}; };
    return daemon::run_delivery_agent(argc, argv, std::move(description),
                                      {.deliver = discard_agent::deliver});
}

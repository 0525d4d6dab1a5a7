// agents/pipe/main.cc - the pipe(8) delivery agent: messages to commands.
#include "agents/pipe/parameters.h"
#include "agents/pipe/pipe.h"
#include "lib/daemon/delivery_agent.h"

int main(int argc, char** argv) {
    using namespace postrider;
    daemon::Description description;
    description.program = "pipe";
    description.clients = daemon::Clients::one_at_a_time;
    description.keeps_root = true;
    description.before_jail = pipe_agent::read_service;
    return daemon::run_delivery_agent(
        argc, argv, std::move(description),
        {.deliver = pipe_agent::deliver, .status_filter = &pipe_agent::pipe_delivery_status_filter});
}

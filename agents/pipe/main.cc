// agents/pipe/main.cc - the pipe(8) delivery agent: messages to commands.
#include "agents/pipe/pipe.h"
#include "lib/daemon/daemon.h"

int main(int argc, char** argv) {
    using namespace postrider;
    daemon::Description description;
    description.program = "pipe";
    description.clients = daemon::Clients::one_at_a_time;
    description.keeps_root = true;
    description.before_jail = pipe_agent::read_service;
    description.serve = pipe_agent::serve_client;
    return daemon::run_daemon(argc, argv, std::move(description));
}

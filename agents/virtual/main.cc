// agents/virtual/main.cc - the virtual(8) delivery agent: mailboxes found in tables.
#include "agents/virtual/virtual.h"
#include "lib/daemon/daemon.h"

int main(int argc, char** argv) {
    using namespace postrider;
    daemon::Description description;
    description.program = "virtual";
    description.clients = daemon::Clients::one_at_a_time;
    description.keeps_root = true;
    description.before_jail = virtual_agent::open_tables;
    description.serve = virtual_agent::serve_client;
    return daemon::run_daemon(argc, argv, std::move(description));
}

// agents/virtual/main.cc - the virtual(8) delivery agent: mailboxes found in tables.
#include "agents/virtual/parameters.h"
#include "agents/virtual/virtual.h"
#include "lib/daemon/delivery_agent.h"

int main(int argc, char** argv) {
    using namespace postrider;
    daemon::Description description;
    description.program = "virtual";
    description.clients = daemon::Clients::one_at_a_time;
    description.keeps_root = true;
    description.before_jail = virtual_agent::open_tables;
    return daemon::run_delivery_agent(
        argc, argv, std::move(description),
        {.deliver = virtual_agent::deliver, .status_filter = &virtual_agent::virtual_delivery_status_filter});
}

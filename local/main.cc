// local/main.cc - the local(8) delivery agent: mail to users of this machine.
#include "lib/daemon/delivery_agent.h"
#include "local/local.h"
#include "local/parameters.h"

int main(int argc, char** argv) {
    using namespace postrider;
    daemon::Description description;
    description.program = "local";
    description.clients = daemon::Clients::one_at_a_time;
    description.keeps_root = true;
    description.before_jail = local::open_tables;
    return daemon::run_delivery_agent(
        argc, argv, std::move(description),
        {.deliver = local::deliver, .status_filter = &local::local_delivery_status_filter});
}

// local/main.cc - the local(8) delivery agent: mail to users of this machine.
#include "lib/daemon/daemon.h"
#include "local/local.h"

int main(int argc, char** argv) {
    using namespace postrider;
    daemon::Description description;
    description.program = "local";
    description.clients = daemon::Clients::one_at_a_time;
    description.keeps_root = true;
    description.before_jail = local::open_tables;
    description.serve = local::serve_client;
    return daemon::run_daemon(argc, argv, std::move(description));
}

// services/verify/main.cc - the address verification server.
#include "lib/daemon/daemon.h"
#include "services/verify/service.h"

int main(int argc, char** argv) {
    using namespace postrider;
    daemon::Description description;
    description.program = "verify";
    description.clients = daemon::Clients::one_process;
    description.exits_when_idle = false;
    description.after_jail = [](Settings& settings) {
        verify::open_cache(settings);
        verify::start_cleaning(settings);
    };
    description.serve = verify::serve_client;
    return daemon::run_daemon(argc, argv, std::move(description));
}

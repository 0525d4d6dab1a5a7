// services/verify/main.cc - the address verification server.
#include "lib/daemon/daemon.h"
#include "services/verify/service.h"

int main(int argc, char** argv) {
    using namespace postrider;
    daemon::Description description;
    description.program = "verify";
    description.confinement = [](const Settings&) {
        return daemon::Confinement{.network = true, .caches = true};
    };
    description.clients = daemon::Clients::one_process;
    description.exits_when_idle = false;
    description.before_jail = verify::open_cache;  // data_directory is outside
    description.after_jail = verify::start_cleaning;
    description.serve = verify::serve_client;
    return daemon::run_daemon(argc, argv, std::move(description));
}

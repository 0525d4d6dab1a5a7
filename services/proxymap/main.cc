// services/proxymap/main.cc - proxymap(8), and proxywrite by its service name.
#include "lib/daemon/daemon.h"
#include "services/proxymap/service.h"

int main(int argc, char** argv) {
    using namespace postrider;
    daemon::Description description;
    description.program = "proxymap";
    description.confinement = [](const Settings&) {
        return daemon::Confinement{.network = true, .caches = true};
    };
    description.clients = daemon::Clients::shared;
    description.after_jail = proxymap::prepare;  // tables are opened with the rights of mail_owner only
    description.serve = proxymap::serve_client;
    return daemon::run_daemon(argc, argv, std::move(description));
}

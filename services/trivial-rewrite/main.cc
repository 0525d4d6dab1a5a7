// services/trivial-rewrite/main.cc - trivial-rewrite(8): rewrites addresses and says where they go.
#include "services/trivial-rewrite/service.h"

int main(int argc, char** argv) {
    using namespace postrider;
    daemon::Description description;
    description.program = "trivial-rewrite";
    description.confinement = [](const Settings&) { return daemon::Confinement{.network = true}; };
    description.clients = daemon::Clients::shared;
    description.before_jail = rewrite::open_tables;
    description.serve = rewrite::serve_client;
    return daemon::run_daemon(argc, argv, std::move(description));
}

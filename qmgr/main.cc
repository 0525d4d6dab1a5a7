// qmgr/main.cc - the queue manager.
#include "lib/daemon/daemon.h"
#include "qmgr/service.h"

int main(int argc, char** argv) {
    using namespace postrider;
    daemon::Description description;
    description.program = "qmgr";
    description.confinement = [](const Settings&) {
        return daemon::Confinement{
            .writes = {"incoming", "active", "deferred", "hold", "corrupt", "bounce", "defer", "trace"}};
    };
    description.clients = daemon::Clients::one_process;
    description.exits_when_idle = false;
    description.before_jail = qmgr::open_lock;
    description.after_jail = qmgr::start;
    description.serve = qmgr::serve_client;
    description.trigger = qmgr::obey_trigger;
    return daemon::run_daemon(argc, argv, std::move(description));
}

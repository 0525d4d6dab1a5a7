// cleanup/main.cc - cleanup(8): makes a message whole and commits it to the queue.
#include "cleanup/notify.h"
#include "cleanup/rules.h"
#include "cleanup/session.h"
#include "lib/async/offload.h"
#include "lib/delivery/bounce_client.h"
#include "lib/queue/parameters.h"

namespace {

void prepare(postrider::Settings& settings) {
    using namespace postrider;
    async::set_worker_threads(settings[queue::queue_commit_threads]);
    delivery::set_log_services(settings);
    cleanup::set_qmgr_service(settings);
    cleanup::load_rules(settings);
}

}  // namespace

int main(int argc, char** argv) {
    using namespace postrider;
    daemon::Description description;
    description.program = "cleanup";
    description.confinement = [](const Settings&) {
        return daemon::Confinement{.writes = {"incoming", "hold", "bounce", "defer", "trace"},
                                   .network = true};
    };
    description.clients = daemon::Clients::many;
    description.before_jail = prepare;
    description.serve = cleanup::serve_client;
    return daemon::run_daemon(argc, argv, std::move(description));
}

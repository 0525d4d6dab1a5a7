// pickup/main.cc - pickup(8): brings the mail of local users from maildrop into the queue.
#include "lib/daemon/daemon.h"
#include "pickup/pickup.h"

int main(int argc, char** argv) {
    postrider::daemon::Description description;
    description.program = "pickup";
    description.confinement = [](const postrider::Settings&) {
        return postrider::daemon::Confinement{.writes = {"maildrop", "corrupt"}};
    };
    description.clients = postrider::daemon::Clients::one_process;
    description.after_jail = postrider::pickup::prepare;
    description.trigger = postrider::pickup::wake;
    return postrider::daemon::run_daemon(argc, argv, std::move(description));
}

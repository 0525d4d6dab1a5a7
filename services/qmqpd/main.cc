// services/qmqpd/main.cc - qmqpd(8): takes mail by the Quick Mail Queueing Protocol.
#include "lib/daemon/daemon.h"
#include "services/qmqpd/session.h"

int main(int argc, char** argv) {
    postrider::daemon::Description description;
    description.program = "qmqpd";
    description.confinement = [](const postrider::Settings&) {
        return postrider::daemon::Confinement{.network = true};
    };
    description.clients = postrider::daemon::Clients::many;
    description.before_jail = postrider::qmqpd::open_tables;
    description.serve = postrider::qmqpd::serve;
    return postrider::daemon::run_daemon(argc, argv, std::move(description));
}

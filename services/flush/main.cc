// services/flush/main.cc - flush(8): remembers which messages wait for which destination, for ETRN.
#include "lib/daemon/daemon.h"
#include "services/flush/service.h"

int main(int argc, char** argv) {
    postrider::daemon::Description description;
    description.program = "flush";
    description.confinement = [](const postrider::Settings&) {
        return postrider::daemon::Confinement{.writes = {"flush", "incoming", "deferred"}};
    };
    description.clients = postrider::daemon::Clients::many;
    description.before_jail = postrider::flush::open_tables;
    description.after_jail = postrider::flush::prepare;
    description.serve = postrider::flush::serve;
    description.trigger = postrider::flush::wake;
    return postrider::daemon::run_daemon(argc, argv, std::move(description));
}

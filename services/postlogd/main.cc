// services/postlogd/main.cc - postlogd(8): writes the log file for everybody.
#include "lib/daemon/daemon.h"
#include "services/postlogd/log_file.h"

int main(int argc, char** argv) {
    postrider::daemon::Description description;
    description.program = "postlogd";
    description.confinement = [](const postrider::Settings&) { return postrider::daemon::Confinement{}; };
    description.clients = postrider::daemon::Clients::one_process;
    description.exits_when_idle = false;
    description.before_jail = postrider::postlogd::open_log_file;
    description.datagram = postrider::postlogd::write_line;
    return postrider::daemon::run_daemon(argc, argv, std::move(description));
}

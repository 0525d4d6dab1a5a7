// services/bounce/main.cc - bounce(8); under its other service names defer(8) and trace(8).
#include "lib/daemon/daemon.h"
#include "services/bounce/service.h"

int main(int argc, char** argv) {
    using namespace postrider;
    daemon::Description description;
    description.program = "bounce";
    description.confinement = [](const Settings&) {
        return daemon::Confinement{
            .writes = {"incoming", "active", "deferred", "hold", "bounce", "defer", "trace"}};
    };
    // Templates are read before the jail: bounce_template_file may be outside.
    description.before_jail = bounce::load;
    description.serve = bounce::serve_client;
    return daemon::run_daemon(argc, argv, std::move(description));
}

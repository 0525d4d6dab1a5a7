// commands/postfix/check/confinement.cc - daemons that this machine cannot confine.
#include "lib/daemon/confinement.h"
#include "commands/postfix/check/checks.h"
#include "lib/daemon/confinement_parameters.h"

namespace postrider::postfix::check {

void check_confinement(const Configuration& configuration, Findings& findings) {
    if (!configuration.usable || !configuration.settings[daemon::daemon_confinement]) return;
    const std::string problem = daemon::confinement_problem();
    if (problem.empty()) return;
    findings.push_back(configuration.about(Severity::note, "confinement", "daemon_confinement", nullptr,
                                           "daemons cannot be confined to their files here: " + problem,
                                           "use a kernel with Landlock, or set daemon_confinement = no"));
}

}  // namespace postrider::postfix::check

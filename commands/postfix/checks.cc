// commands/postfix/checks.cc - what is looked at before the mail system starts, and by `postfix check`.
#include "commands/postfix/checks.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "commands/postfix/check/checks.h"
#include "commands/postfix/layout.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/run_program.h"
#include "lib/config/global_parameters.h"
#include "lib/config/master_cf.h"
#include "lib/config/value_problem.h"

namespace postrider::postfix {

namespace {

// Names in master.cf whose work other programs do here: their lines are taken and mean nothing.
constexpr std::string_view absorbed_programs[] = {"scache", "tlsproxy", "dnsblog"};

void check_values(const Settings& settings) {
    for (const auto& [name, entry] : settings.explicit_values())
        if (const auto* parameter = config::find_parameter(name)) settings.require_valid(*parameter);
}

void check_services(const Instance& instance) {
    const auto services = config::load_master_cf(instance.settings);
    if (!services) fatal("{}", services.error());
    for (const config::ServiceEntry& service : *services) {
        const std::string path =
            service.command.starts_with('/') ? service.command : instance.daemon(service.command);
        const bool absorbed = std::find(std::begin(absorbed_programs), std::end(absorbed_programs),
                                        service.command) != std::end(absorbed_programs);
        if (!absorbed && ::access(path.c_str(), X_OK) != 0)
            log::warning("{}/master.cf: line {}: service {}: cannot run {}: {}", instance.directory,
                         service.line, service.service, path, errno_text());
    }
}

}  // namespace

void require_complete_installation(const Instance& instance) {
    if (::access(instance.daemon("master").c_str(), X_OK) != 0)
        fatal("cannot run {}: {}; correct daemon_directory in {}/main.cf", instance.daemon("master"),
              errno_text(), instance.directory);
    if (!stat_file(instance.directory + "/master.cf"))
        fatal("no {}/master.cf file found", instance.directory);
    if (instance.settings[config::maillog_file].empty()) return;
    // A bad value is told by its own check.
    if (config::problem_with(instance.settings, config::default_process_limit.info())) return;
    const auto services = config::load_master_cf(instance.settings);
    const bool logs = services && std::any_of(services->begin(), services->end(), [&](const auto& service) {
                          return service.service == instance.settings[config::postlog_service_name] &&
                                 service.type == "unix-dgram";
                      });
    if (services && !logs)
        fatal("missing 'postlog' service in master.cf - run 'postfix upgrade-configuration'");
}

void repair_queue(const Instance& instance) {
    const std::string postsuper = instance.command("postsuper");
    if (::access(postsuper.c_str(), X_OK) != 0) return;
    if (run_program({postsuper, "-c", instance.directory}) != 0)
        fatal("{} integrity check failed!", instance.name);
}

void require_sound_configuration(const Instance& instance) {
    if (instance.privileged) look_up_accounts(instance);
    check_values(instance.settings);
    check_services(instance);
    require_complete_installation(instance);
}

void warn_about_files(const Instance& instance) {
    instance.settings.warn_about_unhonoured();
    check::Findings findings;
    check::check_files(instance, findings);
    for (const check::Finding& finding : findings) log::warning("{}", finding.text);
}

}  // namespace postrider::postfix

// lib/daemon/debugger.cc - a debugger for a daemon that is about to work.
#include "lib/daemon/debugger.h"

#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <string>

#include "lib/base/log.h"
#include "lib/base/run_program.h"
#include "lib/daemon/debugger_parameters.h"

namespace postrider::daemon {

void run_debugger(const Settings& settings, std::string_view program) {
    const auto names = [&](std::string_view name) -> std::optional<std::string> {
        if (name == "process_name") return std::string(program);
        if (name == "process_id") return std::to_string(::getpid());
        return std::nullopt;
    };
    const auto entry = settings.explicit_value(debugger_command.name());
    const std::string command = settings.expand(entry ? entry->value : "", names);
    if (command.empty()) {
        log::warning("debugging is wanted (option -D), but main.cf has no debugger_command");
        return;
    }
    log::info("running: {}", command);
    const int status = run_program({"/bin/sh", "-c", command});
    if (status != 0) log::warning("debugger_command ended with status {}: {}", status, command);
}

bool is_debugger_wanted() {
    return std::getenv("MAIL_DEBUG") != nullptr;
}

}  // namespace postrider::daemon

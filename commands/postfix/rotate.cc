// commands/postfix/rotate.cc - `postfix logrotate`.
#include "commands/postfix/rotate.h"

#include <signal.h>

#include <chrono>
#include <cstdio>
#include <thread>

#include "lib/base/file.h"
#include "lib/base/local_time.h"
#include "lib/base/log.h"
#include "lib/base/run_program.h"
#include "lib/config/global_parameters.h"

namespace postrider::postfix {

int rotate_log(const Instance& instance) {
    const std::string& file = instance.settings[config::maillog_file];
    if (file.empty()) fatal("maillog_file is empty: there is no log file to rotate, syslog has the lines");
    if (file.starts_with("/dev/")) fatal("not rotating '{}'", file);
    if (!stat_file(file)) fatal("log file not found: {}", file);
    const std::string rotated =
        file + "." + local_time(instance.settings[config::maillog_file_rotate_suffix]);
    if (std::rename(file.c_str(), rotated.c_str()) != 0)
        fatal("rename {} to {}: {}", file, rotated, errno_text());
    // A new postlogd(8) opens the new file, with the rights to make it; the old one writes on for a moment.
    if (is_running(instance)) {
        const auto pid = master_pid(instance);
        if (!pid || ::kill(*pid, SIGHUP) != 0) fatal("cannot tell master(8) to reload: {}", errno_text());
        std::this_thread::sleep_for(std::chrono::seconds(1));
    }
    const std::string& compressor = instance.settings[config::maillog_file_compressor];
    if (run_program({compressor, rotated}) != 0) fatal("{} {} failed", compressor, rotated);
    return 0;
}

}  // namespace postrider::postfix

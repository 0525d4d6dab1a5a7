// commands/postfix/instance.h - the mail system that postfix(1) works on.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "lib/config/settings.h"

namespace postrider::postfix {

struct Instance {
    Settings settings;
    std::string directory;  // of main.cf
    std::string queue;
    std::string name;         // of the mail system, in messages
    bool privileged = false;  // run by root: owners are looked after

    std::string lock_path() const { return queue + "/pid/master.pid"; }
    // "<daemon_directory>/<program>" and "<command_directory>/<program>".
    std::string daemon(const std::string& program) const;
    std::string command(const std::string& program) const;
};

// Reads main.cf, opens the log as "postfix-script", and keeps of the environment what import_environment
// names. Fatal when the configuration cannot be read.
Instance open_instance(const std::string& directory);
// Has postconf(1) write "name = value" into main.cf; fatal when it does not.
void edit_main_cf(const Instance& instance, const std::vector<std::string>& assignments);

// True while a master(8) holds the lock.
bool is_running(const Instance& instance);
// Its process ID as the lock file says; nothing when there is none.
std::optional<pid_t> master_pid(const Instance& instance);

}  // namespace postrider::postfix

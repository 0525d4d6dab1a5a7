// commands/postfix/checks.cc - what is looked at before the mail system starts, and by `postfix check`.
#include "commands/postfix/checks.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "commands/postfix/layout.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/config/global_parameters.h"
#include "lib/config/master_cf.h"

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

void check_owner(const std::string& path, const struct stat& found, uid_t wanted, std::string_view name) {
    if (found.st_uid != wanted) log::warning("not owned by {}: {}", name, path);
}

void check_not_writable(const std::string& path, const struct stat& found) {
    if (S_ISLNK(found.st_mode)) return;
    if ((found.st_mode & (S_IWGRP | S_IWOTH)) != 0) log::warning("group or other writable: {}", path);
}

// Everything in a directory that only root should be able to change.
void check_directory(const std::string& directory) {
    if (const auto found = stat_file(directory)) {
        check_owner(directory, *found, 0, "root");
        check_not_writable(directory, *found);
    }
    const auto names = list_directory(directory);
    if (!names) return;
    for (const std::string& name : *names) {
        const std::string path = directory + "/" + name;
        const auto found = lstat_file(path);
        if (!found) continue;
        check_owner(path, *found, 0, "root");
        check_not_writable(path, *found);
    }
}

void check_queue(const Instance& instance, const Accounts& accounts) {
    for (const Place& place : directories(instance)) {
        const auto found = stat_file(place.path);
        if (!found) continue;
        const bool by_mail = place.owner == Owner::mail;
        check_owner(place.path, *found, by_mail ? accounts.mail_user : 0,
                    by_mail ? instance.settings[config::mail_owner] : "root");
        if (place.group == Group::setgid && found->st_gid != accounts.setgid_group)
            log::warning("not owned by group {}: {}", instance.settings[config::setgid_group], place.path);
        if ((found->st_mode & S_IWOTH) != 0) log::warning("group or other writable: {}", place.path);
    }
}

void check_setgid_commands(const Instance& instance, const Accounts& accounts) {
    for (const Place& place : setgid_commands(instance)) {
        const auto found = stat_file(place.path);
        if (!found) continue;
        if (found->st_gid != accounts.setgid_group)
            log::warning("not owned by group {}: {}", instance.settings[config::setgid_group], place.path);
        if ((found->st_mode & 02111) != 02111)
            log::warning("not set-gid or not owner+group+world executable: {}", place.path);
    }
}

// Files that a crashed start left, or that postsuper(1) set aside.
void check_damaged_messages(const Instance& instance) {
    const auto names = list_directory(instance.queue + "/corrupt");
    if (!names) return;
    for (const std::string& name : *names) log::warning("damaged message: corrupt/{}", name);
}

}  // namespace

void require_sound_configuration(const Instance& instance) {
    if (instance.privileged) look_up_accounts(instance);
    check_values(instance.settings);
    check_services(instance);
    if (::access(instance.daemon("master").c_str(), X_OK) != 0)
        fatal("cannot run {}: {}; correct daemon_directory in {}/main.cf", instance.daemon("master"),
              errno_text(), instance.directory);
}

void warn_about_files(const Instance& instance) {
    instance.settings.warn_about_unhonoured();
    check_damaged_messages(instance);
    if (!instance.privileged) return;
    const Accounts accounts = look_up_accounts(instance);
    const std::set<std::string> trusted = {instance.directory, instance.settings[config::daemon_directory]};
    for (const std::string& directory : trusted) check_directory(directory);
    check_queue(instance, accounts);
    check_setgid_commands(instance, accounts);
}

}  // namespace postrider::postfix

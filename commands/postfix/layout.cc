// commands/postfix/layout.cc - directories, owners and modes of an installed mail system.
#include "commands/postfix/layout.h"

#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/progress.h"
#include "lib/base/run_program.h"
#include "lib/config/global_parameters.h"

namespace postrider::postfix {

namespace {

[[noreturn]] void bad_account(const Instance& instance, const Parameter<std::string>& parameter,
                              std::string_view problem) {
    fatal("file {}/main.cf: parameter {}: {}: {}", instance.directory, parameter.name(), problem,
          instance.settings[parameter]);
}

uid_t owner_id(const Place& place, const Accounts& accounts) {
    return place.owner == Owner::mail ? accounts.mail_user : 0;
}

// Compat: the mail owner's directories belong to root's group, as post-install(1) leaves them.
gid_t group_id(const Place& place, const Accounts& accounts) {
    return place.group == Group::setgid ? accounts.setgid_group : 0;
}

// Owner first: chown takes set-gid bits away.
void give_owner_and_mode(const Instance& instance, const Place& place, const Accounts& accounts) {
    if (instance.privileged &&
        ::chown(place.path.c_str(), owner_id(place, accounts), group_id(place, accounts)) != 0)
        fatal("chown {}: {}", place.path, errno_text());
    if (::chmod(place.path.c_str(), place.mode) != 0) fatal("chmod {}: {}", place.path, errno_text());
}

// Gives what lies below a directory its owner.  Never follows a name to elsewhere: the directories belong to
// the mail owner, whom root does not trust.
void give_content(int directory, const std::string& path, const Place& place, const Accounts& accounts,
                  Progress& progress) {
    DIR* entries = ::fdopendir(directory);
    if (entries == nullptr) fatal("open {}: {}", path, errno_text());
    const std::unique_ptr<DIR, int (*)(DIR*)> closes(entries, ::closedir);
    while (const dirent* entry = ::readdir(entries)) {
        const std::string name = entry->d_name;
        if (name == "." || name == "..") continue;
        const std::string full = path + "/" + name;
        progress.step();
        if (::fchownat(directory, name.c_str(), owner_id(place, accounts), group_id(place, accounts),
                       AT_SYMLINK_NOFOLLOW) != 0) {
            if (errno == ENOENT) continue;  // delivered meanwhile
            fatal("chown {}: {}", full, errno_text());
        }
        const int below =
            ::openat(directory, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
        if (below < 0) continue;  // no directory
        if (::fchmod(below, place.mode) != 0) fatal("chmod {}: {}", full, errno_text());
        give_content(below, full, place, accounts, progress);
    }
}

void give_content(const Place& place, const Accounts& accounts, Progress& progress) {
    const int directory = ::open(place.path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory < 0) fatal("open {}: {}", place.path, errno_text());
    give_content(directory, place.path, place, accounts, progress);
}

void make_parents(const std::string& path) {
    const std::string parent = directory_name(path);
    if (parent == "/" || parent == "." || stat_file(parent)) return;
    make_parents(parent);
    const auto made = make_directory(parent, 0755);
    if (!made) fatal("{}", made.error());
}

// True when the directory was not there.
bool make_place(const Instance& instance, const Place& place, const Accounts& accounts) {
    if (stat_file(place.path)) return false;
    make_parents(place.path);
    if (::mkdir(place.path.c_str(), place.mode) != 0 && errno != EEXIST)
        fatal("mkdir {}: {}", place.path, errno_text());
    give_owner_and_mode(instance, place, accounts);
    return true;
}

Accounts accounts_of(const Instance& instance) {
    return instance.privileged ? look_up_accounts(instance) : Accounts{};
}

}  // namespace

std::vector<Place> directories(const Instance& instance) {
    const std::string& queue = instance.queue;
    std::vector<Place> places;
    places.push_back({queue, Owner::root, Group::root, 0755});
    for (const char* name :
         {"active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "saved", "trace"})
        places.push_back({queue + "/" + name, Owner::mail, Group::root, 0700, true});
    places.push_back({queue + "/private", Owner::mail, Group::root, 0700});
    places.push_back({queue + "/maildrop", Owner::mail, Group::setgid, 0730});
    places.push_back({queue + "/public", Owner::mail, Group::setgid, 0710});
    places.push_back({queue + "/pid", Owner::root, Group::root, 0755});
    places.push_back({instance.settings[config::data_directory], Owner::mail, Group::root, 0700});
    return places;
}

std::vector<Place> setgid_commands(const Instance& instance) {
    return {{instance.command("postdrop"), Owner::root, Group::setgid, 02755},
            {instance.command("postqueue"), Owner::root, Group::setgid, 02755}};
}

Accounts look_up_accounts(const Instance& instance) {
    const Settings& settings = instance.settings;
    const passwd* owner = getpwnam(settings[config::mail_owner].c_str());
    if (owner == nullptr) bad_account(instance, config::mail_owner, "unknown user name value");
    Accounts accounts;
    accounts.mail_user = owner->pw_uid;
    if (accounts.mail_user == 0) bad_account(instance, config::mail_owner, "user has privileged user ID");
    const group* setgid = getgrnam(settings[config::setgid_group].c_str());
    if (setgid == nullptr) bad_account(instance, config::setgid_group, "unknown group name");
    accounts.setgid_group = setgid->gr_gid;
    if (accounts.setgid_group == 0)
        bad_account(instance, config::setgid_group, "group has privileged group ID");
    const passwd* nobody = getpwnam(settings[config::default_privs].c_str());
    if (nobody == nullptr) bad_account(instance, config::default_privs, "unknown user name value");
    if (nobody->pw_uid == 0) bad_account(instance, config::default_privs, "user has privileged user ID");
    if (nobody->pw_uid == accounts.mail_user)
        bad_account(instance, config::default_privs, "user has the same user ID as mail_owner");
    return accounts;
}

void create_accounts(const Instance& instance) {
    const std::string& user = instance.settings[config::mail_owner];
    const std::string& group = instance.settings[config::setgid_group];
    if (getgrnam(group.c_str()) == nullptr && run_program({"groupadd", "-r", group}) != 0)
        fatal("cannot create the group {} (setgid_group); create it and try again", group);
    if (getpwnam(user.c_str()) != nullptr) return;
    const std::vector<std::string> command = {"useradd", "-r",           "-M", "-U",
                                              "-d",      instance.queue, "-s", "/usr/sbin/nologin",
                                              "-c",      "mail system",  user};
    if (run_program(command) != 0)
        fatal("cannot create the user {} (mail_owner); create it and try again", user);
}

void create_missing(const Instance& instance) {
    const Accounts accounts = accounts_of(instance);
    for (const Place& place : directories(instance)) make_place(instance, place, accounts);
}

void set_permissions(const Instance& instance) {
    if (instance.privileged) create_accounts(instance);
    const Accounts accounts = accounts_of(instance);
    Progress progress("files looked at");
    for (const Place& place : directories(instance)) {
        if (make_place(instance, place, accounts)) continue;
        give_owner_and_mode(instance, place, accounts);
        if (place.with_content && instance.privileged) give_content(place, accounts, progress);
    }
    if (!instance.privileged) return;
    for (const Place& place : setgid_commands(instance))
        if (stat_file(place.path)) give_owner_and_mode(instance, place, accounts);
}

}  // namespace postrider::postfix

// lib/daemon/privileges.cc - becoming nobody in particular.
#include "lib/daemon/privileges.h"

#include <fmt/core.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/config/global_parameters.h"

namespace postrider::daemon {

Result<Account> find_account(const std::string& name) {
    errno = 0;
    const passwd* entry = getpwnam(name.c_str());
    if (entry == nullptr) {
        if (errno != 0 && errno != ENOENT)
            return Error{fmt::format("look up user {}: {}", name, errno_text())};
        return Error{fmt::format("unknown user: {}", name)};
    }
    Account account;
    account.name = entry->pw_name;
    account.uid = entry->pw_uid;
    account.gid = entry->pw_gid;
    account.home = entry->pw_dir;
    account.shell = entry->pw_shell;
    return account;
}

bool can_switch_users() {
    return geteuid() == 0;
}

AsMailOwner::AsMailOwner(const Settings& settings) {
    if (!can_switch_users()) return;
    const Result<Account> owner = find_account(settings[config::mail_owner]);
    if (!owner) fatal("mail_owner = {}: {}", settings[config::mail_owner], owner.error());
    if (::setegid(owner->gid) != 0 || ::seteuid(owner->uid) != 0) fatal("become user {}", owner->name);
    switched_ = true;
}

AsMailOwner::~AsMailOwner() {
    if (switched_ && (::seteuid(0) != 0 || ::setegid(0) != 0)) panic("become root again");
}

void drop_privileges(const Account& account) {
    if (!can_switch_users()) return;
    if (setgroups(1, &account.gid) != 0) fatal("setgroups({}): {}", account.gid, errno_text());
    if (setresgid(account.gid, account.gid, account.gid) != 0)
        fatal("setresgid({}): {}", account.gid, errno_text());
    // setresuid from root clears every capability set.
    if (setresuid(account.uid, account.uid, account.uid) != 0)
        fatal("setresuid({}): {}", account.uid, errno_text());
    if (account.uid != 0 && setuid(0) == 0)
        panic("still able to become root after dropping to {}", account.name);
}

void enter_jail(const std::string& directory) {
    if (!can_switch_users()) return;
    if (chroot(directory.c_str()) != 0) fatal("chroot({}): {}", directory, errno_text());
    if (chdir("/") != 0) fatal("chdir(/): {}", errno_text());
}

void forbid_new_privileges() {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) log::warning("PR_SET_NO_NEW_PRIVS: {}", errno_text());
}

}  // namespace postrider::daemon

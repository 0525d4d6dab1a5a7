// lib/daemon/privileges.h - becoming nobody in particular.
#pragma once

#include <sys/types.h>

#include <string>

#include "lib/base/result.h"
#include "lib/config/settings.h"

namespace postrider::daemon {

struct Account {
    std::string name;
    uid_t uid = 0;
    gid_t gid = 0;
    std::string home;
    std::string shell;
};
// The account of that name; the error says what is missing.
Result<Account> find_account(const std::string& name);

// True when the process can change users.  False in an unprivileged instance: everything runs as one user.
bool can_switch_users();

// Before the jail the process may still be root; files it makes then have to be the mail owner's all the
// same. As long as the object lives the process acts as the mail owner, if it can.
class AsMailOwner {
  public:
    explicit AsMailOwner(const Settings& settings);
    ~AsMailOwner();
    AsMailOwner(const AsMailOwner&) = delete;
    AsMailOwner& operator=(const AsMailOwner&) = delete;

  private:
    bool switched_ = false;
};

// Gives up root for good: supplementary groups, group, user, capabilities; checks that root is gone.  Does
// nothing when the process is not root.
void drop_privileges(const Account& account);
// chroot(2) and chdir("/") inside.  Fatal when it fails.
void enter_jail(const std::string& directory);
// No program run from here on gains privileges by its mode bits.
void forbid_new_privileges();

}  // namespace postrider::daemon

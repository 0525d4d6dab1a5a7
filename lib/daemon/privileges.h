// lib/daemon/privileges.h - becoming nobody in particular.
#pragma once

#include <sys/types.h>

#include <string>

#include "lib/base/result.h"

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

// Gives up root for good: supplementary groups, group, user, capabilities; checks that root is gone.  Does
// nothing when the process is not root.
void drop_privileges(const Account& account);
// chroot(2) and chdir("/") inside.  Fatal when it fails.
void enter_jail(const std::string& directory);
// Effective rights of the mail owner while it lives, where the process is still root: for files that must be
// the owner's although they are opened before the jail.  Does nothing when the process is not root.
class ActingAsOwner {
  public:
    explicit ActingAsOwner(const std::string& mail_owner);
    ~ActingAsOwner();
    ActingAsOwner(const ActingAsOwner&) = delete;
    ActingAsOwner& operator=(const ActingAsOwner&) = delete;

  private:
    bool switched_ = false;
};
// No program run from here on gains privileges by its mode bits.
void forbid_new_privileges();

}  // namespace postrider::daemon

// lib/delivery/rights.h - with whose rights a delivery is made.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "lib/async/task.h"
#include "lib/base/result.h"
#include "lib/config/settings.h"

namespace postrider::delivery {

// A user, as the system knows one.
struct Rights {
    std::string name;
    uid_t uid = 0;
    gid_t gid = 0;
    std::vector<gid_t> groups;
    std::string home;
    std::string shell;
    bool is_root() const { return uid == 0 || gid == 0; }
};

// The user of that name or number; nothing when there is none.  NSS may ask servers, so this runs on the
// worker pool; the error means "try again later".
Task<Result<std::optional<Rights>>> find_user(std::string name);
Task<Result<std::optional<Rights>>> find_user(uid_t uid);
// The same, blocking; for start-up.
Result<std::optional<Rights>> find_user_now(const std::string& name);
// default_privs.  Fatal when there is no such user, or when it is root.
Rights default_rights(const Settings& settings);
// Why commands named in master.cf must not run with these rights, which would be root's or the mail system's
// own.
std::optional<std::string> objection_to_command_user(uid_t uid, gid_t gid, const Settings& settings);
// The number of the group of that name.
std::optional<gid_t> find_group_now(const std::string& name);

// False in an instance that runs as one ordinary user: then every delivery is made as that user.
bool can_become_others();
// Becomes the user for good; the process must be a child made for one step.  False with errno.
bool become(const Rights& rights);

// Gives this thread alone the user's effective rights for the life of the object.  Credentials belong to
// threads in the kernel, see credentials(7); what the C library's setters do for all threads is not wanted
// here.  Does nothing when the thread does not act as root.
class ThreadActingAs {
  public:
    explicit ThreadActingAs(const Rights& rights);
    ~ThreadActingAs();  // panics when the old rights cannot be had back
    ThreadActingAs(const ThreadActingAs&) = delete;
    ThreadActingAs& operator=(const ThreadActingAs&) = delete;
    // False: the rights could not be taken, and the thread is as it was.
    bool acting() const { return acting_; }

  private:
    std::vector<gid_t> old_groups_;
    gid_t old_gid_ = 0;
    bool switched_ = false;
    bool acting_ = false;
};

}  // namespace postrider::delivery

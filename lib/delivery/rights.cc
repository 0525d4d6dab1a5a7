// lib/delivery/rights.cc - with whose rights a delivery is made.
#include "lib/delivery/rights.h"

#include <grp.h>
#include <pwd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "lib/async/offload.h"
#include "lib/base/accounts.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"

namespace postrider::delivery {

namespace {

std::vector<gid_t> groups_of(const passwd& user) {
    std::vector<gid_t> groups(64);
    int count = static_cast<int>(groups.size());
    while (getgrouplist(user.pw_name, user.pw_gid, groups.data(), &count) < 0)
        groups.resize(static_cast<std::size_t>(count));
    groups.resize(static_cast<std::size_t>(count));
    return groups;
}

template <class Ask>
Result<std::optional<Rights>> ask_system(Ask ask) {
    std::string buffer(4096, '\0');
    for (;;) {
        passwd entry{};
        passwd* found = nullptr;
        const int failure = ask(&entry, buffer.data(), buffer.size(), &found);
        if (failure == ERANGE && buffer.size() < (1U << 22)) {
            buffer.resize(buffer.size() * 2);
            continue;
        }
        if (failure != 0 && failure != ENOENT && failure != ESRCH) return Error{errno_text(failure)};
        if (found == nullptr && !accounts_are_readable()) return Error{errno_text()};
        if (found == nullptr) return std::optional<Rights>();
        Rights rights;
        rights.name = entry.pw_name;
        rights.uid = entry.pw_uid;
        rights.gid = entry.pw_gid;
        rights.home = entry.pw_dir;
        rights.shell = entry.pw_shell;
        rights.groups = groups_of(entry);
        return std::optional<Rights>(std::move(rights));
    }
}

Result<std::optional<Rights>> find_uid_now(uid_t uid) {
    return ask_system([uid](passwd* entry, char* buffer, std::size_t size, passwd** found) {
        return getpwuid_r(uid, entry, buffer, size, found);
    });
}

constexpr uid_t same = static_cast<uid_t>(-1);

// The kernel's own calls: they change this thread only.
bool set_thread_groups(const std::vector<gid_t>& groups) {
    return ::syscall(SYS_setgroups, groups.size(), groups.data()) == 0;
}
bool set_thread_group(gid_t gid) {
    return ::syscall(SYS_setresgid, same, gid, same) == 0;
}
bool set_thread_user(uid_t uid) {
    return ::syscall(SYS_setresuid, same, uid, same) == 0;
}

}  // namespace

Result<std::optional<Rights>> find_user_now(const std::string& name) {
    return ask_system([&name](passwd* entry, char* buffer, std::size_t size, passwd** found) {
        return getpwnam_r(name.c_str(), entry, buffer, size, found);
    });
}

Task<Result<std::optional<Rights>>> find_user(std::string name) {
    auto work = [name] { return find_user_now(name); };
    Result<std::optional<Rights>> answer = co_await async::offload(std::move(work));
    co_return answer;
}

Task<Result<std::optional<Rights>>> find_user(uid_t uid) {
    auto work = [uid] { return find_uid_now(uid); };
    Result<std::optional<Rights>> answer = co_await async::offload(std::move(work));
    co_return answer;
}

Rights default_rights(const Settings& settings) {
    const std::string& name = settings[config::default_privs];
    const Result<std::optional<Rights>> found = find_user_now(name);
    if (!found || !*found) fatal("default_privs: unknown user: {}", name);
    if ((*found)->is_root()) fatal("default_privs: {}: privileged user is not allowed", name);
    return **found;
}

std::optional<gid_t> find_group_now(const std::string& name) {
    const group* found = getgrnam(name.c_str());
    return found != nullptr ? std::optional<gid_t>(found->gr_gid) : std::nullopt;
}

std::optional<CommandUserFlaw> objection_to_command_user(uid_t uid, gid_t gid, const Settings& settings) {
    if (uid == 0) return CommandUserFlaw::root;
    std::optional<Rights> owner;
    if (can_become_others()) {
        const Result<std::optional<Rights>> found = find_user_now(settings[config::mail_owner]);
        if (found) owner = *found;
    }
    if (owner && uid == owner->uid) return CommandUserFlaw::mail_owner;
    if (gid == 0) return CommandUserFlaw::root_group;
    if (owner && gid == owner->gid) return CommandUserFlaw::mail_owner_group;
    if (can_become_others() && find_group_now(settings[config::setgid_group]) == gid)
        return CommandUserFlaw::setgid_group;
    return std::nullopt;
}

bool can_become_others() {
    return geteuid() == 0;
}

bool become(const Rights& rights) {
    if (!can_become_others()) return true;
    if (setgroups(rights.groups.size(), rights.groups.data()) != 0) return false;
    if (setresgid(rights.gid, rights.gid, rights.gid) != 0) return false;
    if (setresuid(rights.uid, rights.uid, rights.uid) != 0) return false;
    const bool became = getuid() == rights.uid && geteuid() == rights.uid && getgid() == rights.gid;
    if (!became || (rights.uid != 0 && setuid(0) == 0)) {
        errno = EPERM;
        return false;
    }
    return true;
}

ThreadActingAs::ThreadActingAs(const Rights& rights) {
    if (!can_become_others()) {
        acting_ = true;
        return;
    }
    const int count = getgroups(0, nullptr);
    if (count < 0) return;
    old_groups_.resize(static_cast<std::size_t>(count));
    if (count > 0 && getgroups(count, old_groups_.data()) < 0) return;
    old_gid_ = getegid();
    switched_ = true;
    // The user last: after it the groups cannot be set.
    acting_ = set_thread_groups(rights.groups) && set_thread_group(rights.gid) &&
              set_thread_user(rights.uid) && geteuid() == rights.uid && getegid() == rights.gid;
}

ThreadActingAs::~ThreadActingAs() {
    if (!switched_) return;
    if (!set_thread_user(0) || !set_thread_group(old_gid_) || !set_thread_groups(old_groups_))
        panic("cannot become root again: {}", errno_text());
}

}  // namespace postrider::delivery

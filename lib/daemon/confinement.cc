// lib/daemon/confinement.cc - Landlock and seccomp for daemons.
//
// Landlock is a list of what is allowed, by inode.  Files that are replaced get new inodes, so that
// directories are what is named here.  The kernel's header may be older than the kernel: the few numbers are
// our own.
#include "lib/daemon/confinement.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>

#include "lib/base/fd.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/config/known_parameters.h"

namespace postrider::daemon {

namespace {

// ---- landlock(7) ----

namespace access {
constexpr std::uint64_t execute = 1U << 0;
constexpr std::uint64_t write_file = 1U << 1;
constexpr std::uint64_t read_file = 1U << 2;
constexpr std::uint64_t read_dir = 1U << 3;
constexpr std::uint64_t remove_dir = 1U << 4;
constexpr std::uint64_t remove_file = 1U << 5;
constexpr std::uint64_t make_dir = 1U << 7;
constexpr std::uint64_t make_regular = 1U << 8;
constexpr std::uint64_t refer = 1U << 13;
constexpr std::uint64_t truncate = 1U << 14;  // ABI 3
// Everything up to `refer`: also the making of devices, sockets, FIFOs and links, which nobody gets back.
constexpr std::uint64_t all_of_abi_2 = (1U << 14) - 1;

constexpr std::uint64_t reading = read_file | read_dir;
constexpr std::uint64_t of_a_file = read_file | write_file | truncate;
constexpr std::uint64_t talking = reading | write_file;  // also through a FIFO
constexpr std::uint64_t working =
    reading | write_file | remove_dir | remove_file | make_dir | make_regular | refer | truncate;

constexpr std::uint64_t bind_tcp = 1U << 0;  // ABI 4
constexpr std::uint64_t connect_tcp = 1U << 1;
constexpr std::uint64_t scope_abstract_sockets = 1U << 0;  // ABI 6
constexpr std::uint64_t scope_signals = 1U << 1;
}  // namespace access

struct RulesetAttributes {
    std::uint64_t files;
    std::uint64_t network;
    std::uint64_t scopes;
};
struct [[gnu::packed]] PathRule {
    std::uint64_t allowed;
    std::int32_t directory;
};
constexpr unsigned create_ruleset_version = 1;
constexpr int rule_path_beneath = 1;
// Files could not be moved from one directory of the spool to another before.
constexpr int least_abi = 2;

// The version of Landlock that the kernel speaks; 0: none.
int landlock_abi() {
    const long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, create_ruleset_version);
    return abi > 0 ? static_cast<int>(abi) : 0;
}

class Ruleset {
  public:
    Ruleset(int abi, const Confinement& needs) : files_(access::all_of_abi_2) {
        if (abi >= 3) files_ |= access::truncate;
        RulesetAttributes attributes{files_, 0, 0};
        std::size_t size = sizeof attributes.files;
        if (abi >= 4) {
            size += sizeof attributes.network;
            if (!needs.network) attributes.network = access::bind_tcp | access::connect_tcp;
        }
        if (abi >= 6) {
            size += sizeof attributes.scopes;
            attributes.scopes = access::scope_signals;
            if (!needs.network) attributes.scopes |= access::scope_abstract_sockets;
        }
        ruleset_ = Fd(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, size, 0)));
        if (!ruleset_) log::warning("landlock_create_ruleset: {}", errno_text());
    }

    // What is not there needs no rule.
    void allow(const std::string& path, std::uint64_t rights) {
        const Fd place(::open(path.c_str(), O_PATH | O_CLOEXEC));
        struct stat status {};
        if (!place || ::fstat(place.get(), &status) != 0) return;
        if (!S_ISDIR(status.st_mode)) rights &= access::of_a_file;
        const PathRule rule{rights & files_, place.get()};
        if (rule.allowed != 0 &&
            ::syscall(SYS_landlock_add_rule, ruleset_.get(), rule_path_beneath, &rule, 0) != 0)
            log::warning("landlock_add_rule {}: {}", path, errno_text());
    }

    void enforce() const {
        if (ruleset_ && ::syscall(SYS_landlock_restrict_self, ruleset_.get(), 0) != 0)
            log::warning("landlock_restrict_self: {}", errno_text());
    }

  private:
    std::uint64_t files_;
    Fd ruleset_;
};

// ---- seccomp(2) ----

// No daemon has a use for these, and holes in kernels were reached through many of them.
constexpr const char* never_needed[] = {
    // other processes
    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp", "pidfd_getfd",
    // other views of the machine
    "mount", "umount", "umount2", "pivot_root", "move_mount", "open_tree", "fsopen", "fsconfig", "fsmount",
    "fspick", "mount_setattr", "chroot", "unshare", "setns", "open_by_handle_at", "name_to_handle_at",
    "mknod", "mknodat",
    // the kernel itself
    "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register",
    "add_key", "request_key", "keyctl", "fanotify_init", "init_module", "finit_module", "delete_module",
    "kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff", "acct", "quotactl", "quotactl_fd",
    "syslog", "lookup_dcookie", "vhangup", "sethostname", "setdomainname", "capset",
    // the clock and the processor
    "settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "stime", "iopl", "ioperm", "modify_ldt",
    "vm86", "vm86old", "personality", "uselib", "ustat", "sysfs", "_sysctl", "nfsservctl"};
constexpr const char* program_starts[] = {"execve", "execveat"};

void filter_system_calls(const Confinement& needs) {
    scmp_filter_ctx filter = ::seccomp_init(SCMP_ACT_ALLOW);
    if (filter == nullptr) {
        log::warning("seccomp: no memory for a filter");
        return;
    }
    const auto refuse = [filter](const char* name) {
        const int number = ::seccomp_syscall_resolve_name(name);
        if (number != __NR_SCMP_ERROR) ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0);
    };
    for (const char* name : never_needed) refuse(name);
    if (!needs.programs)
        for (const char* name : program_starts) refuse(name);
    ::seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);  // a tree, not a list
    const int problem = ::seccomp_load(filter);
    if (problem != 0 && problem != -EINVAL && problem != -ENOSYS)
        log::warning("seccomp: {}", errno_text(-problem));
    ::seccomp_release(filter);
}

// ---- what a configuration names ----

// The rest of the system that libraries read: resolver, time zone, certificates, plug-ins, accounts.
constexpr const char* system_places[] = {"/etc",     "/usr",    "/lib",  "/lib32",
                                         "/lib64",   "/libx32", "/dev",  "/proc",
                                         "/run",     "/bin",    "/sbin", "/sys/devices/system",
                                         "/var/run/"};
// Places of mail, not of configuration.
constexpr std::string_view not_ours[] = {"queue_directory", "mail_spool_directory", "virtual_mailbox_base",
                                         "home_mailbox",    "maillog_file",         "forward_path"};
// Files that these tables are described by name other files.
constexpr std::string_view described_tables[] = {
    "sqlite:", "mysql:", "pgsql:", "ldap:", "mongodb:", "memcache:", "redis:", "valkey:"};
constexpr off_t largest_description = 64 * 1024;
constexpr int deepest_expansion = 10;

std::string expanded(const Settings& settings, std::string_view text, int depth = 0) {
    const auto value = [&](std::string_view name) -> std::optional<std::string> {
        if (depth >= deepest_expansion) return std::nullopt;
        if (const auto entry = settings.explicit_value(name))
            return expanded(settings, entry->value, depth + 1);
        const config::ParameterInfo* known = config::find_parameter(name);
        if (known == nullptr) return std::nullopt;
        return expanded(settings, settings.default_of(*known), depth + 1);
    };
    const Result<std::string> result = config::expand_text(text, value);
    return result ? *result : std::string(text);
}

// Calls found(path, text before it) for each absolute path in the text.
template <typename Found>
void for_each_path(std::string_view text, const Found& found) {
    constexpr std::string_view ends = " \t\r\n,{}()\"'";
    constexpr std::string_view starts = " \t\r\n,{}()\"':=";
    for (std::size_t at = 0; (at = text.find('/', at)) != std::string_view::npos;) {
        const bool begins = at == 0 || starts.find(text[at - 1]) != std::string_view::npos;
        const std::size_t end = std::min(text.find_first_of(ends, at), text.size());
        if (begins) found(std::string(text.substr(at, end - at)), text.substr(0, at));
        at = end;
    }
}

std::string parent_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

// A directory itself; a file by its directory, as it may be replaced; but never the whole system or spool.
std::string place_of(const std::string& path, const std::string& spool) {
    struct stat status {};
    std::string place =
        ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode) ? path : parent_of(path);
    while (place.size() > 1 && place.back() == '/') place.pop_back();
    return place == "/" || place == spool ? path : place;
}

// The places of the files that a file names.
void collect_described(const std::string& path, const std::string& spool, std::vector<std::string>& places) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode) ||
        status.st_size > largest_description)
        return;
    const Result<std::string> description = read_file(path);
    if (!description) return;
    for_each_path(*description, [&](const std::string& named, std::string_view) {
        if (named != "/" && named != spool) places.push_back(place_of(named, spool));
    });
}

void collect_paths(std::string_view text, const std::string& spool, std::vector<std::string>& places) {
    for_each_path(text, [&](const std::string& path, std::string_view before) {
        if (path == "/" || path == spool) return;
        places.push_back(place_of(path, spool));
        const auto ends_before = [&](std::string_view type) { return before.ends_with(type); };
        if (std::any_of(std::begin(described_tables), std::end(described_tables), ends_before))
            collect_described(path, spool, places);
    });
}

void sort_out(std::vector<std::string>& places) {
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
}

}  // namespace

Confiner::Confiner(Confinement needs, const Settings& settings) : needs_(std::move(needs)) {
    const std::string spool = settings[config::queue_directory];
    for (const auto& [name, entry] : settings.explicit_values()) {
        if (std::find(std::begin(not_ours), std::end(not_ours), name) != std::end(not_ours)) continue;
        collect_paths(expanded(settings, entry.value), spool, readable_);
    }
    for (const auto* parameter : {&config::config_directory, &config::daemon_directory,
                                  &config::shlib_directory, &config::meta_directory, &config::data_directory})
        collect_paths(settings[*parameter], spool, readable_);
    for (const std::string& path : needs_.descriptions) collect_described(path, spool, readable_);
    sort_out(readable_);
    if (needs_.caches) {
        writable_.push_back(settings[config::data_directory]);
        for (const auto& [name, entry] : settings.explicit_values())
            if (name.ends_with("_cache_map") || name.ends_with("_cache_database") ||
                name.ends_with("_cache_name") || name == "address_verify_map" || name == "proxy_write_maps")
                collect_paths(expanded(settings, entry.value), spool, writable_);
    }
    // The log of an instance without root, whose daemons write it themselves when postlogd is not there.
    if (const auto log_file = settings.value_of("maillog_file")) collect_paths(*log_file, spool, writable_);
    sort_out(writable_);
}

void Confiner::apply() const {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        log::warning("PR_SET_NO_NEW_PRIVS: {}", errno_text());
        return;
    }
    const int abi = landlock_abi();
    if (abi >= least_abi && !needs_.programs) {
        Ruleset rules(abi, needs_);
        for (const char* place : system_places) rules.allow(place, access::reading);
        rules.allow("/dev/null", access::of_a_file);
        for (const std::string& place : readable_) rules.allow(place, access::reading);
        for (const std::string& place : writable_) rules.allow(place, access::working);
        for (const char* sockets : {"private", "public"}) rules.allow(sockets, access::talking);
        for (const std::string& directory : needs_.reads) rules.allow(directory, access::reading);
        for (const std::string& directory : needs_.writes) rules.allow(directory, access::working);
        rules.enforce();
    }
    filter_system_calls(needs_);
}

std::string confinement_problem() {
    const int abi = landlock_abi();
    if (abi == 0) return "this kernel has no Landlock, or does not use it";
    if (abi < least_abi) return fmt::format("this kernel's Landlock is too old (ABI {})", abi);
    return {};
}

}  // namespace postrider::daemon

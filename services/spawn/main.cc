// services/spawn/main.cc - spawn(8): runs a command for each client, as inetd does.
//
// Keeps root, to become the user of the command; reads no byte of a client.  One process serves one client.
#include <grp.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/config/global_parameters.h"
#include "lib/daemon/daemon.h"
#include "lib/daemon/privileges.h"
#include "lib/delivery/command.h"
#include "lib/delivery/mailbox_parameters.h"
#include "lib/delivery/rights.h"
#include "services/spawn/command.h"

namespace {

using namespace postrider;

// What the line of master.cf says; lives as long as the process.
struct Service {
    spawn::CommandLine line;
    daemon::Account account;
    std::vector<std::string> environment;
    Seconds time_limit{};
};
Service& service() {
    static Service service;
    return service;
}

void use_group(daemon::Account& account, const std::string& name) {
    const struct group* entry = ::getgrnam(name.c_str());
    if (entry == nullptr) fatal("unknown group name: {}", name);
    account.gid = entry->gr_gid;
}

// A command must not run with the rights of the mail system, which its client could misuse.
void check_account(const daemon::Account& account, const Settings& settings) {
    using Flaw = delivery::CommandUserFlaw;
    const auto flaw = delivery::objection_to_command_user(account.uid, account.gid, settings);
    if (!flaw) return;
    switch (*flaw) {
        case Flaw::root:
            fatal("request to deliver as root");
        case Flaw::mail_owner:
            fatal("request to deliver as mail system owner");
        case Flaw::root_group:
            fatal("request to use privileged group id {}", account.gid);
        case Flaw::mail_owner_group:
            fatal("request to use mail system owner group id {}", account.gid);
        case Flaw::setgid_group:
            fatal("request to use mail system {} group id {}", settings[config::setgid_group], account.gid);
    }
}

void read_service(Settings& settings) {
    Service& all = service();
    Result<spawn::CommandLine> line = spawn::parse_command_line(daemon::arguments());
    if (!line) fatal("{}", line.error());
    all.line = std::move(*line);
    Result<daemon::Account> account = daemon::find_account(all.line.user);
    if (!account) fatal("unknown user name: {}", all.line.user);
    all.account = std::move(*account);
    if (!all.line.group.empty()) use_group(all.account, all.line.group);
    check_account(all.account, settings);
    all.environment = delivery::exported_environment(settings.words(config::export_environment));
    all.time_limit =
        settings.per_transport(daemon::service_name(), "time_limit", delivery::command_time_limit);
}

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> list;
    for (std::string& word : words) list.push_back(word.data());
    list.push_back(nullptr);
    return list;
}

// In the child, from fork(2) to execve(2).
[[noreturn]] void become_command(int client) {
    Service& all = service();
    ::setsid();
    if (daemon::can_switch_users() && (::setgroups(1, &all.account.gid) != 0 ||
                                       ::setgid(all.account.gid) != 0 || ::setuid(all.account.uid) != 0))
        ::_exit(71);
    for (const int target : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(client, target);
    for (const int signal : {SIGPIPE, SIGTERM, SIGINT, SIGHUP, SIGCHLD}) ::signal(signal, SIG_DFL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    const std::vector<char*> arguments = pointers(all.line.arguments);
    const std::vector<char*> environment = pointers(all.environment);
    ::execvpe(arguments.front(), arguments.data(), environment.data());
    log::warning("execute {}: {}", all.line.arguments.front(), errno_text());
    ::_exit(71);
}

void report(int status, pid_t process) {
    const std::string& command = service().line.arguments.front();
    if (WIFSIGNALED(status)) {
        log::warning("command {} process id {} killed by signal {}", command, process, WTERMSIG(status));
    } else if (WEXITSTATUS(status) != 0) {
        log::warning("command {} exit status {}", command, WEXITSTATUS(status));
    }
}

Task<> run_command(daemon::Connection connection, const Settings&) {
    const daemon::Busy busy;
    Fd client = connection.stream.release();
    set_nonblocking(client.get(), false);
    const pid_t process = ::fork();
    if (process < 0) {
        log::warning("fork: {}", errno_text());
        co_return;
    }
    if (process == 0) become_command(client.get());
    client.reset();
    const Fd handle(static_cast<int>(::syscall(SYS_pidfd_open, process, 0)));
    if (handle) {
        const async::Ready ended = co_await async::readable(handle.get(), async::after(service().time_limit));
        if (ended == async::Ready::timed_out) {
            log::warning("{}: process id {}: command time limit exceeded", service().line.arguments.front(),
                         process);
            ::kill(-process, SIGKILL);
        }
    }
    int status = 0;
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) continue;
    report(status, process);
}

}  // namespace

int main(int argc, char** argv) {
    daemon::Description description;
    description.program = "spawn";
    description.clients = daemon::Clients::one_at_a_time;
    description.keeps_root = true;
    description.before_jail = read_service;
    description.serve = run_command;
    return daemon::run_daemon(argc, argv, std::move(description));
}

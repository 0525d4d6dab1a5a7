// master/main.cc - the supervisor: options, the lock, going to the background.
//
//   master [-c directory] [-dDistvw] [-e seconds]
//   -d -s  stay in the foreground          -i  as process 1 of a container
//   -t     test: exit 0 when no master runs -w  in the background; exit when every service is up
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "lib/base/file.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/config/log_setup.h"
#include "lib/config/places.h"
#include "lib/daemon/confinement.h"
#include "lib/daemon/confinement_parameters.h"
#include "lib/daemon/debugger.h"
#include "master/lock.h"
#include "master/supervisor.h"

using namespace postrider;

namespace {

struct Options {
    std::string directory;
    long exit_after = 0;
    bool foreground = false;
    bool test = false;
    bool wait_for_start = false;
    bool debugger = false;
};

constexpr unsigned start_patience = 30;

Options parse_options(int argc, char** argv) {
    Options options;
    options.directory = config::choose_config_directory();
    int option = 0;
    while ((option = getopt(argc, argv, "c:dDe:istvw")) != -1) {
        switch (option) {
            case 'c':
                options.directory = optarg;
                break;
            case 'd':
            case 'i':
            case 's':
                options.foreground = true;
                break;
            case 'D':
                options.debugger = true;
                break;
            case 'e':
                options.exit_after = static_cast<long>(parse_int(optarg).value_or(0));
                break;
            case 't':
                options.test = true;
                break;
            case 'v':
                log::set_verbose(log::verbose() + 1);
                break;
            case 'w':
                options.wait_for_start = true;
                break;
            default:
                fatal("usage: master [-c config_directory] [-e exit_seconds] [-dDistvw]");
        }
    }
    return options;
}

// As many descriptors as we may have: sessions are limited by master.cf, not by a login shell's ulimit.
void raise_descriptor_limit() {
    constexpr rlim_t plenty = 262144;
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    if (limit.rlim_max < plenty && geteuid() == 0) limit.rlim_max = plenty;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

void tidy_process(bool foreground) {
    umask(077);
    signal(SIGPIPE, SIG_IGN);
    // Descriptors a careless parent left open are nobody's business.
    for (int fd = 3; fd < 500; ++fd) ::close(fd);
    for (int fd = 0; fd < 3; ++fd)
        if (::fcntl(fd, F_GETFD) < 0) ::open("/dev/null", O_RDWR);
    if (foreground) return;
    const int null_fd = ::open("/dev/null", O_RDWR);
    for (int fd = 0; fd < 3; ++fd) ::dup2(null_fd, fd);
    if (null_fd > 2) ::close(null_fd);
}

// -w: the parent stays until the child says that it has started, and passes its failure on.
int wait_for_child(int read_end) {
    alarm(start_patience);
    char byte = 0;
    if (::read(read_end, &byte, 1) == 1) return 0;
    return 1;
}

// Forks; the parent never returns.  The child gets the descriptor to report on.
Fd go_to_background(bool wait_for_start) {
    int ends[2];
    if (::pipe(ends) != 0) fatal("pipe: {}", errno_text());
    const pid_t pid = ::fork();
    if (pid < 0) fatal("fork: {}", errno_text());
    if (pid > 0) {
        ::close(ends[1]);
        std::_Exit(wait_for_start ? wait_for_child(ends[0]) : 0);
    }
    ::close(ends[0]);
    ::setsid();
    Fd report(ends[1]);
    set_close_on_exec(report.get());
    return report;
}

}  // namespace

int main(int argc, char** argv) {
    // First of all: the log's own descriptor must not be among those it closes.
    tidy_process(true);
    config::open_log_early("master", config::LogUser::command);
    const Options options = parse_options(argc, argv);
    ::setenv("MAIL_CONFIG", options.directory.c_str(), 1);
    Result<Settings> settings = Settings::load(options.directory);
    if (!settings) fatal("{}", settings.error());
    const std::string queue = (*settings)[config::queue_directory];
    if (::chdir(queue.c_str()) != 0) fatal("chdir to queue_directory {}: {}", queue, errno_text());
    const std::string lock_path = "pid/master.pid";
    if (options.test) return master::MasterLock::is_held(lock_path) ? 1 : 0;
    if (options.debugger || daemon::is_debugger_wanted()) daemon::run_debugger(*settings, "master");
    raise_descriptor_limit();
    Fd report;
    if (!options.foreground) report = go_to_background(options.wait_for_start);
    const Result<void> made = make_directory("pid", 0755);
    if (!made) fatal("{}", made.error());
    // From here on others can find us, and a reload must wait until run() knows what to do: it would end us.
    master::hold_signal(SIGHUP, true);
    Result<master::MasterLock> lock = master::MasterLock::take(lock_path);
    if (!lock) fatal("{}", lock.error());
    lock->write_pid();
    Result<std::unique_ptr<master::Supervisor>> supervisor = master::Supervisor::start(options.directory);
    if (!supervisor) {
        // The log may be a socket nobody reads any more: say it on standard error too.
        config::open_log((*settings), "master", config::LogUser::command);
        fatal("{}", supervisor.error());
    }
    log::info("daemon started -- version {}, configuration {}", (*settings)[config::mail_version],
              options.directory);
    if ((*settings)[daemon::daemon_confinement])
        if (const std::string problem = daemon::confinement_problem(); !problem.empty())
            log::info("daemons are not confined to their files: {}", problem);
    if (!options.foreground) {
        const int null_fd = ::open("/dev/null", O_RDWR | O_CLOEXEC);
        for (int fd = 0; fd < 3; ++fd) ::dup2(null_fd, fd);
    }
    if (report && ::write(report.get(), "!", 1) != 1)
        log::warning("cannot tell the starter: {}", errno_text());
    report.reset();
    async::Timer end([] { ::kill(::getpid(), SIGTERM); });
    if (options.exit_after > 0) end.start(std::chrono::seconds(options.exit_after));
    (*supervisor)->run();
    return 0;
}

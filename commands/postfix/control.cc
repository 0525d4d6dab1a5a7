// commands/postfix/control.cc - starting, stopping and telling the running mail system.
#include "commands/postfix/control.h"

#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "commands/postfix/checks.h"
#include "commands/postfix/layout.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/run_program.h"

namespace postrider::postfix {

namespace {

using namespace std::chrono_literals;

// Longer than master(8) takes to kill what does not leave by itself.
constexpr auto stop_patience = 15s;
constexpr auto abort_patience = 2s;
constexpr auto poll_interval = 20ms;

void require_running(const Instance& instance) {
    if (!is_running(instance)) fatal("the {} mail system is not running", instance.name);
}

void require_stopped(const Instance& instance) {
    if (is_running(instance)) fatal("the {} mail system is already running", instance.name);
}

// Sends a signal to master; fatal when it is gone or not ours.
pid_t signal_master(const Instance& instance, int number) {
    const auto pid = master_pid(instance);
    if (!pid) fatal("cannot read the process ID in {}", instance.lock_path());
    if (::kill(*pid, number) != 0) fatal("cannot signal master(8), process {}: {}", *pid, errno_text());
    return *pid;
}

bool wait_until_stopped(const Instance& instance, std::chrono::milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (is_running(instance)) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(poll_interval);
    }
    return true;
}

void kill_with_force(const Instance& instance, pid_t pid) {
    log::warning("stopping the {} mail system with force", instance.name);
    // The master leads a process group of its own, with all daemons in it.
    if (::getpgid(pid) == pid) ::kill(-pid, SIGKILL);
    ::kill(pid, SIGKILL);
    wait_until_stopped(instance, abort_patience);
}

void prepare(const Instance& instance) {
    require_stopped(instance);
    require_sound_configuration(instance);
    create_missing(instance);
    repair_queue(instance);
    warn_about_files(instance);
    log::info("starting the {} mail system", instance.name);
}

}  // namespace

int start(const Instance& instance) {
    prepare(instance);
    if (run_program({instance.daemon("master"), "-c", instance.directory, "-w"}) != 0)
        fatal("mail system startup failed");
    return 0;
}

int start_in_foreground(const Instance& instance) {
    prepare(instance);
    // As process 1 of a container master also collects orphans.
    become_program({instance.daemon("master"), "-c", instance.directory, getpid() == 1 ? "-i" : "-s"});
}

int stop(const Instance& instance) {
    require_running(instance);
    log::info("stopping the {} mail system", instance.name);
    const pid_t pid = signal_master(instance, SIGTERM);
    if (!wait_until_stopped(instance, stop_patience)) kill_with_force(instance, pid);
    return 0;
}

int abort_now(const Instance& instance) {
    require_running(instance);
    log::info("aborting the {} mail system", instance.name);
    const pid_t pid = signal_master(instance, SIGTERM);
    if (!wait_until_stopped(instance, abort_patience)) kill_with_force(instance, pid);
    return 0;
}

int flush(const Instance& instance) {
    require_running(instance);
    return run_program({instance.command("postqueue"), "-c", instance.directory, "-f"});
}

int reload(const Instance& instance) {
    require_running(instance);
    require_sound_configuration(instance);
    instance.settings.warn_about_unhonoured();
    log::info("refreshing the {} mail system", instance.name);
    signal_master(instance, SIGHUP);
    return 0;
}

int status(const Instance& instance) {
    if (!is_running(instance)) {
        log::info("the {} mail system is not running", instance.name);
        return 1;
    }
    log::info("the {} mail system is running: PID: {}", instance.name, master_pid(instance).value_or(0));
    return 0;
}

}  // namespace postrider::postfix

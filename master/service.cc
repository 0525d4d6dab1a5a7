// master/service.cc - one line of master.cf at run time.
//
// The sockets are watched only while no process takes clients: then a waiting client starts one.  The shares
// of the processes add up to the process limit, so that no count has to be passed around for every client.
#include "master/service.h"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/config/global_parameters.h"
#include "lib/daemon/master_protocol.h"
#include "master/parameters.h"
#include "master/sockets.h"
#include "master/spawn.h"

namespace postrider::master {

using namespace config;  // parameters

using namespace std::chrono_literals;

namespace {

constexpr auto stress_time = 1000s;
// After a process died in mid-work: long enough that no loop of crashes eats the machine.
constexpr auto crash_pause = 1s;
// A process that is killed before it has served anybody may be the victim of somebody else; the pause doubles
// with each one in a row, up to service_throttle_time.
constexpr int most_doublings = 12;

int cores() {
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace

Service::Service(config::ServiceEntry entry, const Settings& settings)
    : entry_(std::move(entry)),
      settings_(&settings),
      wake_up_timer_([this] { wake_up(); }),
      throttle_timer_([this] {
          throttled_ = false;
          watch_sockets();
          // Work by the clock goes on after a crash: mail in the active queue waits for nobody's call.
          if (entry_.wakeup > 0 && children_.empty()) wake_up();
      }),
      stress_timer_([this] {
          stressed_ = false;
          for (auto& [pid, child] : children_) tell(*child, daemon::to_child::stress_off);
      }) {}

Service::~Service() = default;

std::string Service::name() const {
    return entry_.service + "/" + entry_.type;
}

Result<void> Service::start() {
    Result<std::vector<Fd>> opened = open_sockets(entry_, *settings_);
    if (!opened) return Error{opened.error()};
    sockets_ = std::move(*opened);
    for (const Fd& socket : sockets_) {
        listeners_.push_back(
            std::make_unique<async::ReadSubscription>(socket.get(), [this] { client_waits(); }));
        listeners_.back()->pause();
    }
    watch_sockets();
    if (entry_.wakeup > 0)
        wake_up_timer_.start(entry_.wakeup_if_used ? std::chrono::seconds(entry_.wakeup) : 0s);
    return {};
}

void Service::update(config::ServiceEntry entry, const Settings& settings) {
    entry_ = std::move(entry);
    settings_ = &settings;
    throttled_ = false;
    throttle_timer_.stop();
    one_at_a_time_ = false;
    retire_children(true);
    wake_up_timer_.stop();
    if (entry_.wakeup > 0)
        wake_up_timer_.start(entry_.wakeup_if_used ? std::chrono::seconds(entry_.wakeup) : 0s);
    watch_sockets();
}

int Service::limit() const {
    return entry_.process_limit;
}

int Service::processes() const {
    const int most = limit();
    if (one_at_a_time_) return most == 0 ? 1000 : most;
    return most == 0 ? cores() : std::min(most, cores());
}

int Service::share_of(int slot) const {
    if (limit() == 0) return 0;
    const int parts = std::min(limit(), cores());
    return limit() / parts + (slot < limit() % parts ? 1 : 0);
}

int Service::active_children() const {
    return static_cast<int>(std::count_if(children_.begin(), children_.end(),
                                          [](const auto& entry) { return !entry.second->retired; }));
}

int Service::free_slot() const {
    for (int slot = 0;; ++slot) {
        const bool taken = std::any_of(children_.begin(), children_.end(), [slot](const auto& entry) {
            return !entry.second->retired && entry.second->slot == slot;
        });
        if (!taken) return slot;
    }
}

bool Service::can_start() const {
    return !throttled_ && !stopping_ && active_children() < processes();
}

void Service::watch_sockets() {
    const bool somebody_accepts = std::any_of(children_.begin(), children_.end(),
                                              [](const auto& entry) { return entry.second->takes_clients; });
    const bool watch = !somebody_accepts && can_start();
    if (watch == listening_) return;
    listening_ = watch;
    for (auto& listener : listeners_) watch ? listener->resume() : listener->pause();
}

void Service::client_waits() {
    used_ = true;
    if (can_start()) start_child();
    watch_sockets();
}

std::vector<std::string> Service::child_arguments(int slot) const {
    std::vector<std::string> arguments{entry_.command};
    if (entry_.service != entry_.command) arguments.insert(arguments.end(), {"-n", entry_.service});
    arguments.insert(arguments.end(), {"-t", entry_.type});
    if (log::verbose() > 0) arguments.emplace_back("-v");
    if (entry_.unprivileged) arguments.emplace_back("-u");
    if (entry_.chroot) arguments.emplace_back("-c");
    if (entry_.type == "inet" && limit() != 1) arguments.insert(arguments.end(), {"-o", "stress="});
    if (sockets_.size() != 1) arguments.insert(arguments.end(), {"-s", std::to_string(sockets_.size())});
    arguments.insert(arguments.end(), {"-P", std::to_string(limit())});
    if (share_of(slot) > 0) arguments.insert(arguments.end(), {"-L", std::to_string(share_of(slot))});
    arguments.insert(arguments.end(), entry_.arguments.begin(), entry_.arguments.end());
    return arguments;
}

void Service::start_child() {
    const int slot = free_slot();
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        log::warning("service {}: socketpair: {}", name(), errno_text());
        throttle(crash_pause, false);
        return;
    }
    auto child = std::make_unique<Child>();
    child->slot = slot;
    child->channel.reset(ends[0]);
    const Fd childs_end(ends[1]);
    set_nonblocking(ends[0]);
    SpawnRequest request;
    request.program = (*settings_)[daemon_directory] + "/" + entry_.command;
    request.arguments = child_arguments(slot);
    request.channel = childs_end.get();
    for (const Fd& socket : sockets_) request.sockets.push_back(socket.get());
    request.environment = child_environment(*settings_);
    Result<pid_t> started = spawn(request);
    if (!started) {
        log::warning("service {}: {}", name(), started.error());
        throttle(crash_pause, false);
        return;
    }
    child->pid = *started;
    Child* kept = child.get();
    child->messages =
        std::make_unique<async::ReadSubscription>(ends[0], [this, kept] { message_from(*kept); });
    if (stressed_) tell(*kept, daemon::to_child::stress_on);
    children_.emplace(kept->pid, std::move(child));
}

void Service::tell(Child& child, char message) {
    [[maybe_unused]] const ssize_t sent =
        ::send(child.channel.get(), &message, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

void Service::message_from(Child& child) {
    char messages[64];
    const ssize_t n = ::recv(child.channel.get(), messages, sizeof messages, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (n <= 0) {
        // It has closed its end: about to exit.  waitpid tells the rest.
        child.messages->pause();
        child.takes_clients = false;
        watch_sockets();
        return;
    }
    for (ssize_t i = 0; i < n; ++i) {
        switch (messages[i]) {
            case daemon::to_master::one_at_a_time:
                one_at_a_time_ = true;
                break;
            case daemon::to_master::full:
                child.takes_clients = false;
                break;
            case daemon::to_master::available:
                child.takes_clients = !child.retired;
                break;
            case daemon::to_master::leaving:
                child.retired = true;
                child.takes_clients = false;
                break;
            case daemon::to_master::served:
                child.served = used_ = true;
                break;
            case daemon::to_master::busy:
                if (!one_at_a_time_ && !child.retired && can_start()) start_child();
                break;
            default:
                break;
        }
    }
    check_stress();
    watch_sockets();
}

void Service::check_stress() {
    if (entry_.type != "inet" || stressed_ || limit() <= 1 || active_children() < processes()) return;
    const bool all_full = std::none_of(children_.begin(), children_.end(), [](const auto& entry) {
        return !entry.second->retired && entry.second->takes_clients;
    });
    if (!all_full) return;
    stressed_ = true;
    stress_timer_.start(stress_time);
    // Before the log line: whoever has read it can rely on it.
    for (auto& [pid, child] : children_) tell(*child, daemon::to_child::stress_on);
    log::warning(
        "service \"{}\" ({}) has reached its process limit \"{}\": new clients may experience noticeable "
        "delays",
        entry_.service, entry_.service, limit());
    log::warning(
        "to avoid this condition, increase the process limit of {} in master.cf or reduce the service time "
        "per "
        "client",
        entry_.service);
}

void Service::wake_up() {
    wake_up_timer_.start(std::chrono::seconds(entry_.wakeup));
    if (stopping_ || throttled_ || (entry_.wakeup_if_used && !used_)) return;
    auto able = std::find_if(children_.begin(), children_.end(),
                             [](const auto& entry) { return !entry.second->retired; });
    if (able == children_.end()) {
        start_child();
        able = std::find_if(children_.begin(), children_.end(),
                            [](const auto& entry) { return !entry.second->retired; });
        watch_sockets();
    }
    if (able != children_.end()) tell(*able->second, daemon::to_child::wake_up);
}

void Service::throttle(std::chrono::seconds time, bool failed_at_start) {
    if (failed_at_start)
        log::warning("{}/{}: bad command startup -- throttling", (*settings_)[daemon_directory],
                     entry_.command);
    throttled_ = true;
    throttle_timer_.start(time);
    watch_sockets();
}

void Service::child_ended(pid_t pid, int wait_status) {
    const auto found = children_.find(pid);
    if (found == children_.end()) return;
    // What it said last may still be unread: whether it had served anybody decides what we do.
    char messages[64];
    ssize_t n = 0;
    while ((n = ::recv(found->second->channel.get(), messages, sizeof messages, MSG_DONTWAIT)) > 0)
        for (ssize_t i = 0; i < n; ++i)
            if (messages[i] == daemon::to_master::served) found->second->served = true;
    const bool served = found->second->served;
    const std::string program = (*settings_)[daemon_directory] + "/" + entry_.command;
    children_.erase(found);
    if (WIFSIGNALED(wait_status) && !stopping_) {
        log::warning("process {} pid {} killed by signal {}", program, pid, WTERMSIG(wait_status));
    } else if (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) != 0 && !stopping_) {
        log::warning("process {} pid {} exit status {}", program, pid, WEXITSTATUS(wait_status));
    }
    if (served || wait_status == 0) kills_in_a_row_ = 0;
    const bool failed = wait_status != 0 && !stopping_;
    if (failed) throttle(served ? crash_pause : pause_after_failed_start(wait_status), !served);
    watch_sockets();
}

std::chrono::seconds Service::pause_after_failed_start(int wait_status) {
    const std::chrono::seconds longest = (*settings_)[service_throttle_time];
    // A program that gives up by itself says why, and will say the same again.
    if (!WIFSIGNALED(wait_status) || kills_in_a_row_ >= most_doublings) return longest;
    return std::min<std::chrono::seconds>(crash_pause * (1 << kills_in_a_row_++), longest);
}

void Service::retire_children(bool keep_sockets) {
    for (auto& [pid, child] : children_) {
        child->retired = true;
        child->takes_clients = false;
        tell(*child, daemon::to_child::leave);
    }
    if (keep_sockets) return;
    stopping_ = true;
    wake_up_timer_.stop();
    throttle_timer_.stop();
    listeners_.clear();
    if (entry_.type != "inet" && !sockets_.empty()) ::unlink(local_path(entry_).c_str());
    sockets_.clear();
}

void Service::terminate_children(int signal) {
    if (!stopping_) {
        stopping_ = true;
        wake_up_timer_.stop();
        listeners_.clear();
    }
    for (auto& [pid, child] : children_) ::kill(pid, signal);
}

bool Service::has_unread_datagrams() const {
    if (entry_.type != "unix-dgram") return false;
    return std::any_of(sockets_.begin(), sockets_.end(), [](const Fd& socket) {
        pollfd poll_entry{socket.get(), POLLIN, 0};
        return ::poll(&poll_entry, 1, 0) == 1;
    });
}

}  // namespace postrider::master

// master/supervisor.cc - all services of master.cf, and the signals that steer them.
#include "master/supervisor.h"

#include <fmt/core.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/tcp_window.h"
#include "lib/config/global_parameters.h"
#include "lib/config/log_setup.h"
#include "lib/daemon/tcp_parameters.h"
#include "master/parameters.h"
#include "master/sockets.h"

namespace postrider::master {

using namespace config;  // parameters

using namespace std::chrono_literals;

namespace {

constexpr auto stop_patience = 8s;
constexpr auto log_patience = 2s;
constexpr auto kill_patience = 5s;

// "smtp/inet", "smtp" and "inet" name services to leave out.
bool is_disabled(const config::ServiceEntry& entry, const std::vector<std::string>& disabled) {
    return std::any_of(disabled.begin(), disabled.end(), [&](const std::string& word) {
        return word == entry.service + "/" + entry.type || word == entry.type || word == entry.service;
    });
}

// Programs that exist in Postfix to get around one client per process: their lines are accepted and have no
// work.
bool has_no_work(const config::ServiceEntry& entry) {
    return entry.command == "scache" || entry.command == "tlsproxy" || entry.command == "dnsblog";
}

bool same_place(const config::ServiceEntry& a, const config::ServiceEntry& b) {
    return a.service == b.service && a.type == b.type && a.private_ == b.private_;
}

}  // namespace

void hold_signal(int signal, bool hold) {
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, signal);
    sigprocmask(hold ? SIG_BLOCK : SIG_UNBLOCK, &only, nullptr);
}

struct Supervisor::Configuration {
    std::unique_ptr<Settings> settings;
    std::vector<config::ServiceEntry> entries;
};

Supervisor::~Supervisor() = default;

Result<Supervisor::Configuration> Supervisor::read_configuration(const std::string& directory) {
    Configuration configuration;
    Result<Settings> settings = Settings::load(directory);
    if (!settings) return Error{settings.error()};
    configuration.settings = std::make_unique<Settings>(std::move(*settings));
    tcp_window_size = (*configuration.settings)[daemon::tcp_windowsize];
    Result<std::vector<config::ServiceEntry>> entries = config::load_master_cf(*configuration.settings);
    if (!entries) return Error{entries.error()};
    const std::vector<std::string> disabled = configuration.settings->words(master_service_disable);
    for (config::ServiceEntry& entry : *entries) {
        if (is_disabled(entry, disabled)) continue;
        if (has_no_work(entry)) {
            log::info("service {}/{}: {} has no work in this mail system", entry.service, entry.type,
                      entry.command);
        } else {
            configuration.entries.push_back(std::move(entry));
        }
    }
    return configuration;
}

Result<std::unique_ptr<Supervisor>> Supervisor::start(const std::string& directory) {
    Result<Configuration> configuration = read_configuration(directory);
    if (!configuration) return Error{configuration.error()};
    config::open_log(*configuration->settings, "master", config::LogUser::daemon);
    std::unique_ptr<Supervisor> supervisor(new Supervisor(directory));
    const Result<void> applied = supervisor->apply(std::move(*configuration));
    if (!applied) return Error{applied.error()};
    return supervisor;
}

Result<void> Supervisor::apply(Configuration configuration) {
    const Settings& settings = *configuration.settings;
    if (settings_) old_settings_.push_back(std::move(settings_));
    settings_ = std::move(configuration.settings);
    std::vector<std::unique_ptr<Service>> kept;
    std::vector<Service*> fresh;
    for (config::ServiceEntry& entry : configuration.entries) {
        const auto old = std::find_if(services_.begin(), services_.end(), [&](const auto& service) {
            return service && same_place(service->entry(), entry);
        });
        if (old != services_.end()) {
            (*old)->update(std::move(entry), settings);
            kept.push_back(std::move(*old));
        } else {
            kept.push_back(std::make_unique<Service>(std::move(entry), settings));
            fresh.push_back(kept.back().get());
        }
    }
    for (std::unique_ptr<Service>& gone : services_) {
        if (!gone) continue;
        gone->retire_children(false);
        if (gone->has_children()) retired_.push_back(std::move(gone));
    }
    services_ = std::move(kept);
    for (Service* service : fresh) {
        const std::string program = settings[daemon_directory] + "/" + service->entry().command;
        if (::access(program.c_str(), X_OK) != 0)
            log::warning("{}/master.cf, line {}: service {}: cannot run {}: {}", directory_,
                         service->entry().line, service->name(), program, errno_text());
        const Result<void> started = service->start();
        if (!started)
            return Error{fmt::format("{}, line {}: service {}: {}", directory_ + "/master.cf",
                                     service->entry().line, service->name(), started.error())};
    }
    return {};
}

void Supervisor::reload() {
    Result<Configuration> configuration = read_configuration(directory_);
    if (!configuration) {
        log::error("{}; the configuration in use stays as it was", configuration.error());
        return;
    }
    config::open_log(*configuration->settings, "master", config::LogUser::daemon);
    log::info("reload -- version {}, configuration {}", (*configuration->settings)[mail_version], directory_);
    const Result<void> applied = apply(std::move(*configuration));
    if (!applied) log::error("{}; this service is not available", applied.error());
}

void Supervisor::reap_children() {
    int wait_status = 0;
    pid_t pid = 0;
    // As process 1 of a container we also inherit strangers: they are just taken note of.
    while ((pid = ::waitpid(-1, &wait_status, WNOHANG)) > 0) {
        for (auto* list : {&services_, &retired_})
            for (auto& service : *list)
                if (service->owns(pid)) {
                    service->child_ended(pid, wait_status);
                    break;
                }
    }
    std::erase_if(retired_, [](const auto& service) { return !service->has_children(); });
    if (retired_.empty() && stop_signal_ == 0 && old_settings_.size() > 1)
        old_settings_.erase(old_settings_.begin(), old_settings_.end() - 1);
    if (stop_signal_ != 0 && !any_children()) async::Loop::current().stop();
}

bool Supervisor::any_children() const {
    const auto has = [](const auto& service) { return service->has_children(); };
    return std::any_of(services_.begin(), services_.end(), has) ||
           std::any_of(retired_.begin(), retired_.end(), has);
}

void Supervisor::stop(int signal) {
    if (stop_signal_ != 0) return;
    stop_signal_ = signal;
    log::info("terminating on signal {}", signal);
    // The one that writes the log goes when all others have said what they have to say.
    for (auto* list : {&services_, &retired_})
        for (auto& service : *list)
            if (service->entry().type != "unix-dgram") service->terminate_children(SIGTERM);
    async::Loop::current().stop();
}

int Supervisor::run() {
    const async::SignalSubscription on_term(SIGTERM, [this] { stop(SIGTERM); });
    const async::SignalSubscription on_interrupt(SIGINT, [this] { stop(SIGINT); });
    const async::SignalSubscription on_hangup(SIGHUP, [this] { reload(); });
    const async::SignalSubscription on_child(SIGCHLD, [this] { reap_children(); });
    hold_signal(SIGHUP, false);
    while (stop_signal_ == 0) async::Loop::current().run();
    const auto others_left = [this] {
        const auto has = [](const auto& service) {
            return service->has_children() && service->entry().type != "unix-dgram";
        };
        return std::any_of(services_.begin(), services_.end(), has) ||
               std::any_of(retired_.begin(), retired_.end(), has);
    };
    const async::Deadline polite = async::after(stop_patience);
    while (others_left() && async::Clock::now() < polite) async::Loop::current().run_once(100ms);
    // The last lines of the log, perhaps from before the writer had been started.
    const auto lines_left = [this] {
        return std::any_of(services_.begin(), services_.end(),
                           [](const auto& service) { return service->has_unread_datagrams(); });
    };
    const async::Deadline written = async::after(log_patience);
    while (lines_left() && async::Clock::now() < written) async::Loop::current().run_once(5ms);
    const async::Deadline rude = async::after(kill_patience);
    for (auto* list : {&services_, &retired_})
        for (auto& service : *list)
            service->terminate_children(service->entry().type == "unix-dgram" ? SIGTERM : SIGKILL);
    while (any_children() && async::Clock::now() < rude) async::Loop::current().run_once(100ms);
    for (auto* list : {&services_, &retired_})
        for (auto& service : *list) service->terminate_children(SIGKILL);
    return stop_signal_;
}

}  // namespace postrider::master

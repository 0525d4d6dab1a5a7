// lib/daemon/daemon.cc - what all daemons share.
//
// Order at start: options, main.cf, log, before_jail, chroot, user, no_new_privs, confinement, after_jail,
// sockets.  Order at the end: accept nobody, finish what is in hand, at_exit, leave.
#include "lib/daemon/daemon.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <map>

#include "lib/async/offload.h"
#include "lib/base/file.h"
#include "lib/base/tcp_window.h"
#include "lib/base/text.h"
#include "lib/config/checks.h"
#include "lib/config/global_parameters.h"
#include "lib/config/log_setup.h"
#include "lib/daemon/confinement.h"
#include "lib/daemon/confinement_parameters.h"
#include "lib/daemon/debugger.h"
#include "lib/daemon/handover.h"
#include "lib/daemon/master_protocol.h"
#include "lib/daemon/options.h"
#include "lib/daemon/privileges.h"
#include "lib/daemon/tcp_parameters.h"
#include "lib/ipc/rewrite_client.h"
#include "lib/ipc/server.h"
#include "lib/mail/idna.h"
#include "lib/mail/idna_parameters.h"
#include "lib/tables/open.h"

namespace postrider::daemon {

using namespace config;  // parameters

using namespace std::chrono_literals;

namespace {

// After SIGTERM, work that is marked Busy may still end, but not for long.
constexpr auto stop_grace = 5s;
// With so many clients at once another core is worth its process.
constexpr int busy_clients = 4;
// Whoever passes a client has it at hand.
constexpr auto handover_limit = 30s;
// Short of descriptors or memory we look for clients again after this.
constexpr auto accept_pause = 1s;
constexpr std::size_t trigger_limit = 1024;
constexpr std::size_t datagram_limit = 65536;

// The state of the one daemon this process is.
struct Daemon {
    Description description;
    Options options;
    std::unique_ptr<Settings> settings;
    std::unique_ptr<Settings> stressed_settings;
    async::Scope clients{"client"};
    async::Scope background{"background"};
    async::Event leave;
    std::vector<std::unique_ptr<async::ReadSubscription>> listeners;
    std::unique_ptr<async::ReadSubscription> master;
    std::unique_ptr<async::Timer> idle_timer;
    std::unique_ptr<async::Timer> grace_timer;
    std::unique_ptr<async::Timer> accept_timer;
    std::map<int, Fd> fifos;
    int client_count = 0;
    int busy_count = 0;
    bool leaving = false;
    bool stopping = false;
    bool stressed = false;
    bool full = false;
    bool served = false;
    bool finished = false;
};
Daemon* self = nullptr;

void tell_master(char message) {
    if (self->options.on_standard_input) return;
    [[maybe_unused]] const ssize_t sent = ::send(master_fd, &message, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

// main.cf, then master.cf's -o.
std::unique_ptr<Settings> load_settings() {
    Result<Settings> loaded = Settings::load(choose_config_directory());
    if (!loaded) fatal("{}", loaded.error());
    auto settings = std::make_unique<Settings>(std::move(*loaded));
    settings->set("process_name", self->description.program);
    settings->set("service_name", self->options.service);
    for (const std::string& override : self->options.overrides) {
        const std::size_t equals = override.find('=');
        if (equals == std::string::npos)
            fatal("option -o {}: write it as -o name=value (master.cf, service {})", override,
                  self->options.service);
        settings->set(trim(override.substr(0, equals)), std::string(trim(override.substr(equals + 1))));
    }
    return settings;
}

const Settings& client_settings() {
    return self->stressed ? stressed_settings() : *self->settings;
}

bool nothing_in_hand() {
    return self->client_count == 0 && self->busy_count == 0;
}

void finish_if_done() {
    if (!self->leaving || self->finished || !nothing_in_hand()) return;
    self->finished = true;
    async::Loop::current().stop();
}

void restart_idle_timer() {
    if (!self->description.exits_when_idle) return;
    if (nothing_in_hand()) {
        self->idle_timer->start((*self->settings)[max_idle]);
    } else {
        self->idle_timer->stop();
    }
}

void start_leaving() {
    if (self->leaving) return;
    self->leaving = true;
    for (auto& listener : self->listeners) listener->pause();
    ipc::stop_serving();
    // Nobody told us to: the clients we still have must not keep others waiting.
    if (self->description.clients == Clients::many) tell_master(to_master::leaving);
    self->leave.set();
    finish_if_done();
}

void stop_now() {
    self->stopping = true;
    start_leaving();
    if (self->busy_count == 0) {
        self->finished = true;
        async::Loop::current().stop();
        return;
    }
    self->grace_timer->start(stop_grace);
}

void update_listeners() {
    const bool now_full = self->options.share > 0 && self->client_count >= self->options.share;
    if (!now_full && self->client_count == busy_clients) tell_master(to_master::busy);
    if (now_full == self->full) return;
    self->full = now_full;
    if (!self->leaving)
        for (auto& listener : self->listeners) now_full ? listener->pause() : listener->resume();
    tell_master(now_full ? to_master::full : to_master::available);
}

// One client, from accept to the end of its session.
class ClientSlot {
  public:
    ClientSlot() {
        ++self->client_count;
        if (!std::exchange(self->served, true)) tell_master(to_master::served);
        restart_idle_timer();
        update_listeners();
    }
    ~ClientSlot() {
        --self->client_count;
        update_listeners();
        restart_idle_timer();
        finish_if_done();
    }
    ClientSlot(const ClientSlot&) = delete;
    ClientSlot& operator=(const ClientSlot&) = delete;
};

// Reads trigger bytes until end of file, at most a handful, and acts on them.
Task<> serve_trigger(async::Stream stream) {
    const ClientSlot slot;
    std::string bytes;
    try {
        stream.set_timeout(10s);
        while (bytes.size() < trigger_limit) {
            const std::string more = co_await stream.read_some(trigger_limit);
            if (more.empty()) break;
            bytes += more;
        }
    } catch (const async::PeerGone&) {
        // What was said counts.
    }
    stream.close();
    if (!bytes.empty()) co_await self->description.trigger(std::move(bytes), *self->settings);
}

Connection make_connection(Fd fd) {
    Connection connection{async::Stream(std::move(fd)), self->options.service, self->options.type};
    return connection;
}

// master's wake-up is like a trigger of one byte; a service that reads its own connections gets it as one.
Task<> wake_up() {
    const ClientSlot slot;
    if (self->description.trigger) {
        std::string bytes = "W";
        co_await self->description.trigger(std::move(bytes), *self->settings);
    } else if (self->description.serve) {
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) co_return;
        const Fd writer(ends[0]);
        Connection connection = make_connection(Fd(ends[1]));
        write_all(writer.get(), "W", 1);
        ::shutdown(writer.get(), SHUT_WR);
        co_await self->description.serve(std::move(connection), *self->settings);
    }
}

// Not a coroutine, so that nothing of the connection stays behind when the session has it.
Task<> start_session(Fd client) {
    return self->description.serve(make_connection(std::move(client)), client_settings());
}

Task<> serve_client(Fd client) {
    const ClientSlot slot;
    const Task<> session = start_session(std::move(client));
    co_await session;
}

// Acts on one message of master's; false when none has come.
bool hear_master() {
    char message = 0;
    const ssize_t n = ::recv(master_fd, &message, 1, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return false;
    if (n <= 0) {
        // master is gone: nobody would start or stop us again.
        self->master->pause();
        start_leaving();
        return false;
    }
    switch (message) {
        case to_child::leave:
            start_leaving();
            break;
        case to_child::stress_on:
            self->stressed = true;
            break;
        case to_child::stress_off:
            self->stressed = false;
            break;
        case to_child::wake_up:
            self->clients.spawn(wake_up());
            break;
        default:
            break;
    }
    return true;
}

void listen_to_master() {
    self->master = std::make_unique<async::ReadSubscription>(master_fd, [] { hear_master(); });
}

// What master said before a client is let in holds for that client.  The event loop alone does not see to
// that: a session that ends while it starts (its client has left already) frees its place inside the loop of
// accepts.
bool may_accept() {
    while (hear_master()) continue;
    return !self->full && !self->leaving;
}

void resume_accepting() {
    if (self->full || self->leaving) return;
    for (auto& listener : self->listeners) listener->resume();
}

// A client, or nothing when none waits or cannot be taken now.  The one that cannot be taken would make the
// listener ready again and again.
Fd accept_one(int listener) {
    Fd client(::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!client && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)) {
        log::warning("accept on service {}: {}; new clients wait", self->options.service, errno_text());
        for (auto& paused : self->listeners) paused->pause();
        self->accept_timer->start(accept_pause);
    }
    return client;
}

void accept_clients(int listener) {
    // One event, several clients; but never more than the share.
    for (int i = 0; i < 64 && may_accept(); ++i) {
        Fd client = accept_one(listener);
        if (!client) return;
        if (self->description.serve) {
            self->clients.spawn(serve_client(std::move(client)));
        } else {
            self->clients.spawn(serve_trigger(async::Stream(std::move(client))));
        }
    }
}

// A connection of master's "pass" type carries the client's descriptor.
Task<> serve_passed(Fd carrier) {
    const ClientSlot slot;
    const Settings& settings = client_settings();
    Result<Handover> taken = co_await take_over(std::move(carrier), async::after(handover_limit));
    if (!taken) {
        log::warning("service {}: {} from whoever passes clients", self->options.service, taken.error());
        co_return;
    }
    Connection connection = make_connection(std::move(taken->client));
    connection.endpoints = taken->endpoints;
    co_await self->description.serve(std::move(connection), settings);
}

void accept_passed(int listener) {
    for (int i = 0; i < 64 && may_accept(); ++i) {
        Fd carrier = accept_one(listener);
        if (!carrier) return;
        self->clients.spawn(serve_passed(std::move(carrier)));
    }
}

Task<> act_on_trigger(std::string bytes) {
    const ClientSlot slot;
    co_await self->description.trigger(std::move(bytes), *self->settings);
}

void read_fifo(int fifo) {
    char bytes[trigger_limit];
    const ssize_t n = ::read(fifo, bytes, sizeof bytes);
    if (n > 0 && self->description.trigger)
        self->clients.spawn(act_on_trigger(std::string(bytes, static_cast<std::size_t>(n))));
}

void read_datagrams(int socket) {
    static std::string datagram(datagram_limit, '\0');
    for (int i = 0; i < 256; ++i) {
        const ssize_t n = ::recv(socket, datagram.data(), datagram.size(), MSG_DONTWAIT);
        if (n < 0) return;
        if (!std::exchange(self->served, true)) tell_master(to_master::served);
        self->description.datagram(std::string_view(datagram.data(), static_cast<std::size_t>(n)),
                                   *self->settings);
    }
}

void listen_to_clients() {
    const Options& options = self->options;
    for (int fd = first_listen_fd; fd < first_listen_fd + options.listen_count; ++fd) {
        set_nonblocking(fd);
        set_close_on_exec(fd);
        std::function<void()> action = [fd] { accept_clients(fd); };
        if (options.type == "pass") action = [fd] { accept_passed(fd); };
        if (options.type == "fifo") action = [fd] { read_fifo(fd); };
        if (options.type == "unix-dgram") action = [fd] { read_datagrams(fd); };
        self->listeners.push_back(std::make_unique<async::ReadSubscription>(fd, std::move(action)));
    }
}

void enter_unprivileged_life() {
    const Description& description = self->description;
    const Settings& settings = *self->settings;
    const bool switch_user = can_switch_users() && (self->options.unprivileged || !description.keeps_root);
    Account owner;
    if (switch_user) {
        Result<Account> found = find_account(settings[mail_owner]);
        if (!found) fatal("mail_owner = {}: {}", settings[mail_owner], found.error());
        owner = *found;
        if (owner.uid == 0) fatal("mail_owner = {}: the mail owner must not be root", owner.name);
    }
    std::optional<Confiner> confiner;
    if (description.confinement && settings[daemon_confinement])
        confiner.emplace(description.confinement(settings), settings);
    if (self->options.chroot) enter_jail(settings[queue_directory]);
    if (switch_user) {
        drop_privileges(owner);
        forbid_new_privileges();
    }
    if (confiner) confiner->apply();
}

void check_process_limit() {
    if (self->description.clients == Clients::one_process && self->options.process_limit != 1)
        fatal("service {} needs a process limit of 1 in master.cf, not {}", self->options.service,
              self->options.process_limit);
}

int serve_standard_input() {
    struct Run {
        static Task<> one() {
            Fd input(::dup(STDIN_FILENO));
            Connection connection{async::Stream(std::move(input)), self->options.service, "stdio", true};
            co_await self->description.serve(std::move(connection), *self->settings);
        }
    };
    async::run(Run::one());
    return 0;
}

}  // namespace

int run_daemon(int argc, char** argv, Description description) {
    signal(SIGPIPE, SIG_IGN);
    umask(077);
    // Lives until exit: tasks may still refer to it while the process is torn down.
    self = new Daemon;
    self->description = std::move(description);
    config::open_log_early(self->description.program, config::LogUser::daemon);
    self->options = parse_options(argc, argv);
    const bool stand_alone = self->options.on_standard_input;
    if (!stand_alone && ::fcntl(master_fd, F_GETFD) < 0) {
        config::open_log_early(self->description.program, config::LogUser::command);
        fatal("do not run this program by hand: master(8) does, by a line in master.cf");
    }
    if (!stand_alone) set_close_on_exec(master_fd);
    self->settings = load_settings();
    config::open_log(*self->settings, self->description.program, config::LogUser::daemon);
    config::check_global_parameters(*self->settings);
    config::check_declared_parameters(*self->settings);
    mail::set_idna2003_compatibility((*self->settings)[mail::enable_idna2003_compatibility]);
    ipc::set_rewrite_service("private/" + (*self->settings)[rewrite_service_name]);
    tcp_window_size = (*self->settings)[tcp_windowsize];
    if (self->options.debugger || is_debugger_wanted())
        run_debugger(*self->settings, self->description.program);
    if (chdir((*self->settings)[queue_directory].c_str()) != 0)
        fatal("chdir to queue_directory {}: {}", (*self->settings)[queue_directory], errno_text());
    log::open(log::destination());  // its socket is below that directory
    if (!stand_alone) check_process_limit();
    if (self->description.before_jail) self->description.before_jail(*self->settings);
    if (!stand_alone) enter_unprivileged_life();
    if (self->description.clients == Clients::one_at_a_time) {
        self->options.share = 1;
        async::set_worker_threads(0);  // nobody else waits
        tell_master(to_master::one_at_a_time);
    }
    if (self->description.clients == Clients::shared || self->description.clients == Clients::one_process)
        self->options.share = 0;
    self->idle_timer = std::make_unique<async::Timer>([] { start_leaving(); });
    self->accept_timer = std::make_unique<async::Timer>(resume_accepting);
    tables::on_replaced_table(start_leaving);
    self->grace_timer = std::make_unique<async::Timer>([] {
        self->finished = true;
        async::Loop::current().stop();
    });
    if (self->description.after_jail) self->description.after_jail(*self->settings);
    if (stand_alone) return serve_standard_input();
    const async::SignalSubscription on_term(SIGTERM, [] { stop_now(); });
    listen_to_master();
    listen_to_clients();
    tell_master(to_master::ready);
    restart_idle_timer();
    while (!self->finished) async::Loop::current().run();
    if (self->description.at_exit) self->description.at_exit();
    // Sessions that were cut off by a stop lie in frames nobody will resume: leave without running
    // destructors.
    std::_Exit(0);
}

async::Scope& background() {
    return self->background;
}
bool leaving() {
    return self->leaving;
}
async::Event& leave_event() {
    return self->leave;
}
const std::string& service_name() {
    // Nothing where the code of a daemon is asked outside of one (postfix explain).
    static const std::string none;
    return self == nullptr ? none : self->options.service;
}
const std::vector<std::string>& arguments() {
    return self->options.words;
}
bool serves_standard_input() {
    return self != nullptr && self->options.on_standard_input;
}

const Settings& stressed_settings() {
    // Not from main.cf again: we may be in a jail.
    if (!self->stressed_settings) {
        self->stressed_settings = std::make_unique<Settings>(self->settings->clone());
        self->stressed_settings->set("stress", "yes");
    }
    return *self->stressed_settings;
}

Busy::Busy() {
    if (self == nullptr) return;
    ++self->busy_count;
    restart_idle_timer();
}

Busy::~Busy() {
    if (self == nullptr) return;
    --self->busy_count;
    restart_idle_timer();
    if (self->stopping && self->busy_count == 0) {
        self->finished = true;
        async::Loop::current().stop();
    }
    finish_if_done();
}

}  // namespace postrider::daemon

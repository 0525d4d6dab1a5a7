// smtp/client.cc - delivers one request after the other.
#include "smtp/client.h"

#include <fmt/core.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <chrono>
#include <utility>

#include "lib/async/connect.h"
#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::smtp {

namespace {

constexpr std::uint16_t smtp_port = 25;

std::int64_t seconds_since(std::int64_t microseconds) {
    if (microseconds == 0) return 0;
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(now).count() - microseconds / 1'000'000;
}

// Commands are written whole: there is nothing to be gained by waiting for more.
void send_at_once(int socket) {
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

Protection protection_of(Session& session) {
    return session.stream().transport() != nullptr ? Protection::encrypted : Protection::none;
}

}  // namespace

Client::Client(Protocol protocol, const Settings& settings, async::Scope& background)
    : options_(protocol, settings),
      generic_(options_, settings),
      security_(options_, settings),
      login_(options_, settings),
      cache_(background, options_.connection_cache_time_limit) {}

std::vector<Client::Site> Client::sites_of(const delivery::Request& request) const {
    std::vector<Site> sites;
    for (std::string& text : split_destinations(request.nexthop)) {
        Site site;
        site.text = std::move(text);
        sites.push_back(std::move(site));
    }
    for (std::string& text : split_destinations(options_.fallback_relay)) {
        Site site;
        site.text = std::move(text);
        site.is_fallback = true;
        sites.push_back(std::move(site));
    }
    if (!sites.empty()) sites.back().is_last = true;
    return sites;
}

Task<> Client::deliver(delivery::Request& request, int queue_file, Verdicts& verdicts) {
    Job job(options_, request, verdicts);
    Site last;
    for (const Site& site : sites_of(request)) {
        if (!job.anyone_left()) co_return;
        last = site;
        co_await try_site(job, queue_file, site);
    }
    if (job.anyone_left()) co_await give_up(job, std::move(last));
}

Task<> Client::try_site(Job& job, int queue_file, Site site) {
    const Result<Destination> destination = parse_destination(site.text, options_);
    if (!destination) {
        log::warning("{}: {}", job.request().queue_id, destination.error());
        job.set_last_failure(local_failure("4.3.5", destination.error()));
        co_return;
    }
    if (destination->kind == Destination::Kind::unix_socket)
        co_await try_unix_socket(job, queue_file, *destination, site);
    else
        co_await try_hosts(job, queue_file, *destination, site);
}

Task<> Client::try_unix_socket(Job& job, int queue_file, Destination destination, Site site) {
    const auto address = SocketAddress::from_path(destination.host);
    if (!address) {
        job.set_last_failure(local_failure("4.3.5", fmt::format("bad socket path: {}", destination.host)));
        co_return;
    }
    Attempt attempt;
    attempt.peer.host = options_.myhostname;
    attempt.peer.address = *address;
    attempt.destination = std::move(destination);
    attempt.is_last = site.is_last;
    co_await try_server(job, queue_file, std::move(attempt));
}

Task<> Client::try_hosts(Job& job, int queue_file, Destination destination, Site site) {
    SocketAddress used;
    co_await try_kept_session(job, queue_file, destination, used);
    if (!job.anyone_left()) co_return;
    Route route = co_await find_route(destination, options_);
    if (route.failure) {
        job.set_last_failure(std::move(*route.failure));
        job.set_loops(route.loops);
        co_return;
    }
    int sessions = 0;
    for (std::size_t i = 0; i < route.hosts.size() && job.anyone_left(); ++i) {
        const Host& host = route.hosts[i];
        const bool last_host = i + 1 == route.hosts.size();
        if (host.address == used) continue;
        const bool last_session = options_.mx_session_limit > 0 && sessions + 1 >= options_.mx_session_limit;
        Attempt attempt;
        attempt.destination = destination;
        attempt.peer.host = host.name;
        attempt.peer.address = host.address;
        attempt.best_host = host.preference == route.best_preference;
        attempt.is_last = site.is_last && last_host;
        attempt.is_last_session = site.is_last && last_session;
        const bool was_ready = co_await try_server(job, queue_file, std::move(attempt));
        if (was_ready && last_session) co_return;
        if (was_ready) ++sessions;
    }
}

// A session that was opened for the same destination saves the DNS lookups as well.
Task<> Client::try_kept_session(Job& job, int queue_file, Destination destination, SocketAddress& used) {
    const std::string key = cache_key(destination, job.request());
    while (std::unique_ptr<Session> session = cache_.take_for_destination(key)) {
        const std::optional<Failure> objection = co_await security_.objection(destination);
        const LoginChoice login =
            co_await login_.choose(destination, session->peer().host, job.request().sender);
        if (objection || login.failure || login.key() != session->login()) {
            cache_.dismiss(std::move(session));
            co_return;
        }
        const SocketAddress address = session->peer().address;
        job.begin_server();
        const TransactionEnd end = co_await use(job, queue_file, std::move(session), destination);
        if (end == TransactionEnd::stale) continue;
        used = address;
        co_return;
    }
}

Task<bool> Client::try_server(Job& job, int queue_file, Attempt attempt) {
    job.begin_server();
    job.set_final(attempt.is_last);
    std::optional<Failure> objection = co_await security_.objection(attempt.destination);
    if (!objection) {
        LoginChoice login =
            co_await login_.choose(attempt.destination, attempt.peer.host, job.request().sender);
        attempt.login = std::move(login);
        objection = attempt.login.failure;
    }
    if (objection) {
        log::info("{}: {}", job.request().queue_id, objection->reason);
        job.set_last_failure(std::move(*objection));
        co_return false;
    }
    while (std::unique_ptr<Session> kept =
               cache_.take_for_address(attempt.peer.address, attempt.login.key())) {
        job.set_final(attempt.is_last || attempt.is_last_session);
        const TransactionEnd end = co_await use(job, queue_file, std::move(kept), attempt.destination);
        if (end == TransactionEnd::judged) co_return true;
    }
    job.set_final(attempt.is_last);
    std::unique_ptr<Session> session = co_await connect(job, attempt);
    if (!session) co_return false;
    const bool was_ready = co_await begin(job, queue_file, std::move(session), std::move(attempt));
    co_return was_ready;
}

SocketAddress Client::source_for(const SocketAddress& address) const {
    const std::string& bind = address.is_ipv6() ? options_.bind_address6 : options_.bind_address;
    if (!bind.empty()) {
        if (const auto source = SocketAddress::from_ip(bind)) return *source;
        log::warning("bad source address in the configuration: {}", bind);
        return SocketAddress();
    }
    // A mail system on one address of several sends from there too.
    const SocketAddress* only = nullptr;
    for (const SocketAddress& own : options_.own.interfaces()) {
        if (own.family() != address.family()) continue;
        if (only != nullptr) return SocketAddress();
        only = &own;
    }
    return only != nullptr && !only->is_loopback() && !options_.listens_everywhere ? *only : SocketAddress();
}

Task<Result<Fd>> Client::connect_from_source(SocketAddress address) {
    const async::Deadline deadline =
        options_.connect_timeout.count() == 0 ? async::never : async::after(options_.connect_timeout);
    SocketAddress source = address.is_unix() ? SocketAddress() : source_for(address);
    Result<Fd> socket = co_await async::connect_to(address, source, deadline);
    if (!socket && source.is_set() && socket.error().starts_with("bind ")) {
        log::warning("{}", socket.error());
        if (!options_.bind_address_enforce) {
            Result<Fd> unbound = co_await async::connect_to(address, SocketAddress(), deadline);
            co_return unbound;
        }
    }
    co_return socket;
}

Task<std::unique_ptr<Session>> Client::connect(Job& job, Attempt attempt) {
    Result<Fd> socket = co_await connect_from_source(attempt.peer.address);
    if (!socket) {
        Failure failure = connect_failure(attempt.peer, socket.error());
        if (!attempt.peer.address.is_unix()) log::info("{}", failure.reason);
        job.set_last_failure(std::move(failure));
        co_return nullptr;
    }
    send_at_once(socket->get());
    async::Stream stream(std::move(*socket));
    co_return std::make_unique<Session>(std::move(stream), std::move(attempt.peer), options_);
}

// Opens the session and sends the message over it.  Servers that refuse to open one do not count as sessions.
Task<bool> Client::begin(Job& job, int queue_file, std::unique_ptr<Session> session, Attempt attempt) {
    Occasion occasion;
    occasion.queue_id = job.request().queue_id;
    occasion.nexthop = job.request().nexthop;
    occasion.message_age = seconds_since(job.request().stamps.arrival);
    occasion.watch_for_loops = attempt.peer.address.port() == smtp_port && !options_.is_lmtp();
    occasion.best_host = attempt.best_host;
    std::optional<Failure> failure = co_await session->open(std::move(occasion));
    if (!failure) {
        std::optional<Failure> refused =
            co_await login_.log_in(*session, attempt.login.credentials, protection_of(*session));
        failure = std::move(refused);
    }
    if (failure) {
        Relay relay;
        relay.text = attempt.peer.with_port();
        co_await job.fail_waiting(std::move(*failure), std::move(relay), Blame::destination);
        cache_.dismiss(std::move(session));
        co_return false;
    }
    job.set_final(attempt.is_last || attempt.is_last_session);
    co_await use(job, queue_file, std::move(session), std::move(attempt.destination));
    co_return true;
}

Task<TransactionEnd> Client::use(Job& job, int queue_file, std::unique_ptr<Session> session,
                                 Destination destination) {
    job.note_connected();
    Transaction transaction(*session, job, generic_, queue_file);
    const TransactionEnd end = co_await transaction.run();
    bool keep = false;
    if (session->is_reusable()) keep = co_await may_keep(job.request(), destination);
    if (keep)
        cache_.keep(std::move(session), cache_key(destination, job.request()));
    else
        cache_.dismiss(std::move(session));
    co_return end;
}

// Sessions of different senders are kept apart when each sender may have a login of its own.
std::string Client::cache_key(const Destination& destination, const delivery::Request& request) const {
    std::string key = lower(destination.text);
    if (login_.depends_on_sender()) key += "\n" + request.sender;
    return key;
}

Task<bool> Client::may_keep(const delivery::Request& request, Destination destination) const {
    namespace flag = delivery::request_flag;
    if (options_.connection_cache_on_demand && (request.flags & flag::connection_store) != 0) co_return true;
    if (options_.cached_destinations.empty()) co_return false;
    const tables::Match match = co_await options_.cached_destinations.matches(destination.host);
    co_return match == tables::Match::yes;
}

// All servers have been tried, or none was found.  What looks like a mistake in the configuration keeps the
// mail.
Task<> Client::give_up(Job& job, Site last) {
    Failure failure = job.last_failure();
    if (failure.status.empty())
        failure = local_failure("4.3.0", "server unavailable or unable to receive mail");
    if (!failure.is_temporary() && last.is_fallback) {
        log::warning("{}_fallback_relay configuration problem", options_.is_lmtp() ? "lmtp" : "smtp");
        failure.status = "4.3.5";
    } else if (!failure.is_temporary() && !options_.relayhost.empty() &&
               job.request().nexthop == options_.relayhost) {
        log::warning("relayhost configuration problem");
        failure.status = "4.3.5";
    }
    job.begin_server();
    job.set_final(true);
    if (!failure.is_temporary() && job.loops() && !options_.best_mx_transport.empty()) {
        co_await job.pass_waiting(options_.best_mx_transport);
        co_return;
    }
    Relay relay = job.last_relay();
    co_await job.fail_waiting(std::move(failure), std::move(relay), job.last_blame());
}

}  // namespace postrider::smtp

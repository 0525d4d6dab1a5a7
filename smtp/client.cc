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
constexpr std::uint16_t smtps_port = 465;
// In place of a reason why a connection failed: it was not tried.
constexpr std::string_view misconfigured = "server configuration error";

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

Protection protection_of(const Session& session) {
    if (!session.tls()) return Protection::none;
    // Where anybody will do nobody has been verified.
    const bool verified = demands_identity(session.tls_policy().level) && session.tls()->identified;
    return verified ? Protection::verified : Protection::encrypted;
}

// Sessions that destinations share are for messages whose connections must be secured in the same way and
// have the same login: the names the server's certificate was held against count, too.
std::string security_key(const Destination& destination, const TlsPolicy& policy, const std::string& host,
                         const std::string& login) {
    std::string key = policy.key() + "\n" + login;
    if (demands_identity(policy.level)) key += "\n" + join(policy.names(destination.host, host), ",");
    if (policy.level != TlsLevel::none) key += "\n" + policy.sni(destination.host, host);
    return key;
}

Blame blame_for(const Session& session) {
    // Compat: when TLS is optional a failed handshake holds back no other mail.
    const bool optional = session.tls_failed() && session.tls_policy().level == TlsLevel::may;
    return optional ? Blame::message : Blame::destination;
}

}  // namespace

Client::Client(Protocol protocol, const Settings& settings, async::Scope& background,
               std::unique_ptr<tls::SessionStore> tls_sessions)
    : options_(protocol, settings),
      generic_(options_, settings),
      login_(options_, settings),
      tls_policies_(options_, settings),
      tls_client_(tls_policies_.tls_options(), settings, std::move(tls_sessions)),
      cache_(background, options_.connection_cache_time_limit) {
    cache_.tell_postmaster(settings);
}

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
        // Another host would only send the mail back once more.
        if (job.loops()) break;
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
    attempt.destination = destination;
    attempt.is_last = site.is_last;
    TlsPolicyAnswer answer = co_await tls_policies_.for_destination(destination, job.request().sendopts);
    attempt.tls = std::move(answer.policy);
    attempt.tls_failure = std::move(answer.failure);
    attempt.key = cache_key(destination, attempt.tls, job.request());
    Host host;
    host.name = attempt.peer.host;
    host.address = attempt.peer.address;
    const bool host_settled = co_await settle_host_policy(job, host, MailExchange(), attempt);
    if (!host_settled) co_return;
    co_await try_server(job, queue_file, std::move(attempt));
}

// What the policies say of a host; false: mail has to wait, and the job knows why.
Task<bool> Client::settle_host_policy(Job& job, const Host& host, const MailExchange& exchange,
                                      Attempt& attempt) {
    TlsPolicyAnswer answer;
    if (attempt.tls_failure)
        answer.failure = attempt.tls_failure;
    else
        answer = co_await tls_policies_.for_host(attempt.tls, attempt.destination, host, exchange);
    if (answer.failure) {
        log::warning("TLS policy lookup for {}/{}: {}", attempt.destination.text, host.name,
                     answer.failure->reason);
        job.begin_server();
        job.set_last_failure(std::move(*answer.failure));
        co_return false;
    }
    attempt.tls = std::move(answer.policy);
    co_return true;
}

Task<> Client::try_hosts(Job& job, int queue_file, Destination destination, Site site) {
    const TlsPolicyAnswer answer =
        co_await tls_policies_.for_destination(destination, job.request().sendopts);
    const TlsPolicy& policy = answer.policy;
    SocketAddress used;
    if (!answer.failure) co_await try_kept_session(job, queue_file, destination, policy, site, used);
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
        attempt.tls = policy;
        attempt.tls_failure = answer.failure;
        attempt.only_host = route.hosts.size() == 1;
        attempt.key = cache_key(destination, policy, job.request());
        const bool host_settled = co_await settle_host_policy(job, host, route.exchange, attempt);
        if (!host_settled) continue;
        const bool was_ready = co_await try_server(job, queue_file, std::move(attempt));
        if (was_ready && last_session) co_return;
        if (was_ready) ++sessions;
    }
}

// A session that was opened for the same destination saves the DNS lookups as well.
Task<> Client::try_kept_session(Job& job, int queue_file, Destination destination, TlsPolicy policy,
                                Site site, SocketAddress& used) {
    const std::string key = cache_key(destination, policy, job.request());
    while (std::unique_ptr<Session> session = cache_.take_for_destination(key)) {
        const LoginChoice login =
            co_await login_.choose(destination, session->peer().host, job.request().sender);
        if (login.failure || login.key() != session->login()) {
            cache_.dismiss(std::move(session));
            co_return;
        }
        const SocketAddress address = session->peer().address;
        job.begin_server();
        job.set_final(site.is_last && session->is_only_host());
        const TransactionEnd end = co_await use(job, queue_file, std::move(session), destination, key);
        if (end == TransactionEnd::stale || end == TransactionEnd::lost_in_tls) continue;
        used = address;
        co_return;
    }
}

Task<bool> Client::try_server(Job& job, int queue_file, Attempt attempt) {
    job.begin_server();
    job.set_final(attempt.is_last);
    LoginChoice login = co_await login_.choose(attempt.destination, attempt.peer.host, job.request().sender);
    if (login.failure) {
        log::warning("{}: {}_sasl_password_maps lookup error", job.request().queue_id,
                     options_.is_lmtp() ? "lmtp" : "smtp");
        Relay relay;
        relay.text = attempt.peer.with_port();
        job.set_last_failure(local_data_error(attempt.peer), std::move(relay));
        co_return false;
    }
    attempt.login = std::move(login);
    const bool served = co_await try_kept_address(job, queue_file, attempt);
    if (served) co_return true;
    if (attempt.peer.address.port() == smtps_port && !tls_client_.options().wrappermode)
        log::info(
            "SMTPS wrappermode (TCP port {}) requires setting \"smtp_tls_wrappermode = yes\", and "
            "\"smtp_tls_security_level = encrypt\" (or stronger)",
            smtps_port);
    job.set_final(attempt.is_last);
    std::unique_ptr<Session> session = co_await connect(job, attempt);
    if (!session) co_return false;
    Begun begun = co_await begin(job, queue_file, std::move(session), attempt);
    if (begun == Begun::again_in_clear) {
        job.begin_server();
        job.set_final(attempt.is_last);
        attempt.tls.level = TlsLevel::none;
        attempt.key = cache_key(attempt.destination, attempt.tls, job.request());
        session = co_await connect(job, attempt);
        if (!session) co_return false;
        begun = co_await begin(job, queue_file, std::move(session), std::move(attempt));
    }
    co_return begun == Begun::session;
}

// A kept session of the server that is as secure as this mail wants it.
Task<bool> Client::try_kept_address(Job& job, int queue_file, const Attempt& attempt) {
    const std::string security =
        security_key(attempt.destination, attempt.tls, attempt.peer.host, attempt.login.key());
    while (std::unique_ptr<Session> kept = cache_.take_for_address(attempt.peer.address, security)) {
        job.set_final(attempt.is_last || attempt.is_last_session);
        const TransactionEnd end =
            co_await use(job, queue_file, std::move(kept), attempt.destination, attempt.key);
        if (end == TransactionEnd::judged) co_return true;
    }
    co_return false;
}

// Compat: mail that has waited for minimal_backoff_time may go in clear when optional TLS fails; not where a
// login may be needed, which servers offer inside TLS only.
bool Client::may_retry_in_clear(const Job& job, const Attempt& attempt) const {
    const TlsOptions& options = tls_client_.options();
    const delivery::Stamps& stamps = job.request().stamps;
    const std::int64_t waited = (stamps.active_entry - stamps.arrival) / 1'000'000;
    return attempt.tls.level == TlsLevel::may && !options.logs_in &&
           waited >= options.minimal_backoff_time.count();
}

Result<SocketAddress> Client::source_for(const SocketAddress& address) const {
    const std::string& bind = address.is_ipv6() ? options_.bind_address6 : options_.bind_address;
    if (!bind.empty()) {
        if (const auto source = SocketAddress::from_ip(bind)) return *source;
        return Error{
            fmt::format("bad {}_bind_address parameter: {}", options_.is_lmtp() ? "lmtp" : "smtp", bind)};
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
    Result<SocketAddress> source = SocketAddress();
    if (!address.is_unix()) source = source_for(address);
    if (!source) {
        log::warning("smtp_connect_addr: {}", source.error());
        co_return Error{std::string(misconfigured)};
    }
    Result<Fd> socket = co_await async::connect_to(address, *source, deadline);
    if (!socket && source->is_set() && socket.error().starts_with("bind ")) {
        log::warning("smtp_connect_addr: {}", socket.error());
        if (options_.bind_address_enforce) co_return Error{std::string(misconfigured)};
        Result<Fd> unbound = co_await async::connect_to(address, SocketAddress(), deadline);
        co_return unbound;
    }
    co_return socket;
}

Task<std::unique_ptr<Session>> Client::connect(Job& job, Attempt attempt) {
    Result<Fd> socket = co_await connect_from_source(attempt.peer.address);
    if (!socket) {
        Failure failure = connect_failure(attempt.peer, socket.error());
        if (socket.error() == misconfigured) failure = local_failure("4.4.0", std::string(misconfigured));
        if (!attempt.peer.address.is_unix()) log::info("{}", failure.reason);
        job.set_last_failure(std::move(failure));
        co_return nullptr;
    }
    send_at_once(socket->get());
    async::Stream stream(std::move(*socket));
    auto session = std::make_unique<Session>(std::move(stream), std::move(attempt.peer), options_);
    session->set_only_host(attempt.only_host);
    session->set_tls(tls_client_, std::move(attempt.tls), attempt.destination.host);
    co_return session;
}

// Opens the session and sends the message over it.  Servers that refuse to open one do not count as sessions.
Task<Client::Begun> Client::begin(Job& job, int queue_file, std::unique_ptr<Session> session,
                                  Attempt attempt) {
    Occasion occasion;
    occasion.queue_id = job.request().queue_id;
    occasion.nexthop = job.request().nexthop;
    occasion.message_age = seconds_since(job.request().stamps.arrival);
    occasion.watch_for_loops = attempt.peer.address.port() == smtp_port && !options_.is_lmtp();
    occasion.best_host = attempt.best_host;
    occasion.may_retry_in_clear = may_retry_in_clear(job, attempt);
    occasion.is_notification = job.is_notification();
    std::optional<Failure> failure = co_await session->open(std::move(occasion));
    if (!failure && session->spoke_early())
        failure = local_failure("4.7.0", fmt::format("host {} sent a reply before it was asked",
                                                     attempt.peer.name_and_address()));
    if (!failure) {
        std::optional<Failure> refused =
            co_await login_.log_in(*session, attempt.login.credentials, protection_of(*session));
        failure = std::move(refused);
    }
    if (failure) {
        Relay relay;
        relay.text = attempt.peer.with_port();
        const bool again = session->tls_failed() && session->may_retry_in_clear();
        const Blame blame = blame_for(*session);
        cache_.dismiss(std::move(session));
        if (again) {
            job.keep_waiting(std::move(*failure), std::move(relay));
            co_return Begun::again_in_clear;
        }
        co_await job.fail_waiting(std::move(*failure), std::move(relay), blame);
        co_return Begun::no_session;
    }
    job.set_final(attempt.is_last || attempt.is_last_session);
    const TransactionEnd end = co_await use(job, queue_file, std::move(session),
                                            std::move(attempt.destination), std::move(attempt.key));
    co_return end == TransactionEnd::lost_in_tls ? Begun::again_in_clear : Begun::session;
}

Task<TransactionEnd> Client::use(Job& job, int queue_file, std::unique_ptr<Session> session,
                                 Destination destination, std::string key) {
    job.note_connected();
    const bool keep = co_await may_keep(job.request(), destination);
    session->set_last_use(!keep);
    Transaction transaction(*session, job, generic_, queue_file);
    const TransactionEnd end = co_await transaction.run();
    if (keep && session->is_reusable()) {
        std::string security =
            security_key(destination, session->tls_policy(), session->peer().host, session->login());
        cache_.keep(std::move(session), std::move(key), std::move(security));
    } else {
        cache_.dismiss(std::move(session));
    }
    co_return end;
}

// Sessions are shared only between messages whose connections must be secured in the same way; those of
// different senders are kept apart when each sender may have a login of its own.
std::string Client::cache_key(const Destination& destination, const TlsPolicy& policy,
                              const delivery::Request& request) const {
    std::string key = lower(destination.text) + "\n" + policy.key();
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

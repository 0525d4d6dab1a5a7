// smtpd/anvil_limits.cc - what one client may do in a time unit.
#include "smtpd/anvil_limits.h"

#include "lib/base/log.h"
#include "lib/config/machine.h"
#include "smtpd/parameters.h"
#include "smtpd/sasl_parameters.h"
#include "smtpd/tls_parameters.h"

namespace postrider::smtpd {

namespace {

// "192.0.2.0/24": the network of an address.
std::string network_text(const SocketAddress& address, int bits) {
    config::InterfaceAddress plain;
    plain.address = address.host();
    plain.is_ipv6 = address.is_ipv6();
    return config::network_of(plain, bits);
}

// The client's address, or its network when limits go by network.
std::string counted_as(const Session& session) {
    const Settings& settings = session.server.settings;
    const auto address = SocketAddress::from_ip(session.client.address);
    if (!address) return session.client.address;
    const int bits = address->is_ipv6() ? settings[smtpd_client_ipv6_prefix_length]
                                        : settings[smtpd_client_ipv4_prefix_length];
    const int all_bits = address->is_ipv6() ? 128 : 32;
    if (bits >= all_bits) return session.client.address;
    return network_text(*address, bits);
}

void warn(const Session& session, std::string_view what, int number) {
    log::warning("{} exceeded: {} from {} for service {}", what, number, session.client_label(),
                 session.service);
}

Task<bool> is_exempt(const Session& session) {
    std::string name = session.client.name;
    std::string address = session.client.address;
    const tables::Match match = co_await session.server.uncounted_clients.matches(name, address);
    co_return match == tables::Match::yes;
}

// A kind of event with a limit of its own.
struct RateLimit {
    AnvilEvent event;
    const char* name;      // of the limit, for the log
    const char* too_many;  // of what, for the client
};

// Counts one more, and refuses it when it is one too many.
Task<Reply> count_event(Session& session, const RateLimit what, int limit) {
    if (!session.counts_events || limit <= 0) co_return Reply();
    std::string client = session.anvil_client;
    const ClientRate rate = co_await session.server.neighbours.anvil(what.event, std::move(client));
    if (!rate.known || rate.rate <= limit) co_return Reply();
    warn(session, what.name, rate.rate);
    co_return Reply(450, "4.7.1",
                    std::string("Error: too ") + what.too_many + " from " + session.client.address);
}

Reply too_many_connections(const Session& session) {
    return Reply(421, "4.7.0",
                 session.server.hostname + " Error: too many connections from " + session.client.address);
}

// Unknown when this client's TLS sessions are not limited.
Task<ClientRate> ask_new_tls(Session& session, AnvilEvent event) {
    const int limit = session.server.settings[smtpd_client_new_tls_session_rate_limit];
    if (limit <= 0 || session.stand_alone() || session.may_xclient) co_return ClientRate();
    const bool exempt = co_await is_exempt(session);
    if (exempt) co_return ClientRate();
    std::string client = session.service + ":" + counted_as(session);
    const ClientRate rate = co_await session.server.neighbours.anvil(event, std::move(client));
    co_return rate;
}

}  // namespace

Task<Reply> limit_connections(Session& session) {
    const Settings& settings = session.server.settings;
    const int count_limit = settings[smtpd_client_connection_count_limit];
    const int rate_limit = settings[smtpd_client_connection_rate_limit];
    const bool anything =
        count_limit > 0 || rate_limit > 0 || settings[smtpd_client_message_rate_limit] > 0 ||
        settings[smtpd_client_recipient_rate_limit] > 0 || settings[smtpd_client_auth_rate_limit] > 0;
    if (!anything || session.stand_alone() || session.may_xclient) co_return Reply();
    const bool exempt = co_await is_exempt(session);
    if (exempt) co_return Reply();
    session.anvil_client = session.service + ":" + counted_as(session);
    std::string client = session.anvil_client;
    const ClientRate rate = co_await session.server.neighbours.anvil(AnvilEvent::connect, client);
    if (!rate.known) co_return Reply();
    session.client_connections = rate.connections;
    session.counts_events = true;
    if (count_limit > 0 && rate.connections > count_limit) {
        warn(session, "Connection concurrency limit", rate.connections);
        co_return too_many_connections(session);
    }
    if (rate_limit > 0 && rate.rate > rate_limit) {
        warn(session, "Connection rate limit", rate.rate);
        co_return too_many_connections(session);
    }
    co_return Reply();
}

Task<Reply> limit_messages(Session& session) {
    constexpr RateLimit what{AnvilEvent::message, "Message delivery request rate limit", "much mail"};
    Reply reply =
        co_await count_event(session, what, session.server.settings[smtpd_client_message_rate_limit]);
    co_return reply;
}

Task<Reply> limit_recipients(Session& session) {
    constexpr RateLimit what{AnvilEvent::recipient, "Recipient address rate limit", "many recipients"};
    Reply reply =
        co_await count_event(session, what, session.server.settings[smtpd_client_recipient_rate_limit]);
    co_return reply;
}

Task<Reply> limit_logins(Session& session) {
    constexpr RateLimit what{AnvilEvent::auth, "AUTH command rate limit", "many AUTH commands"};
    Reply reply = co_await count_event(session, what, session.server.settings[smtpd_client_auth_rate_limit]);
    co_return reply;
}

Task<bool> has_enough_tls(Session& session) {
    const ClientRate rate = co_await ask_new_tls(session, AnvilEvent::look_up_new_tls);
    co_return rate.known&& rate.rate > session.server.settings[smtpd_client_new_tls_session_rate_limit];
}

Task<Reply> count_new_tls(Session& session) {
    const ClientRate rate = co_await ask_new_tls(session, AnvilEvent::new_tls);
    if (!rate.known || rate.rate <= session.server.settings[smtpd_client_new_tls_session_rate_limit])
        co_return Reply();
    warn(session, "New TLS session rate limit", rate.rate);
    co_return Reply(
        421, "4.7.0",
        session.server.hostname + " Error: too many new TLS sessions from " + session.client_label());
}

Task<> forget_connection(Session& session) {
    if (!session.counts_events) co_return;
    session.counts_events = false;
    std::string client = session.anvil_client;
    const ClientRate unused = co_await session.server.neighbours.anvil(AnvilEvent::disconnect, client);
    static_cast<void>(unused);
}

}  // namespace postrider::smtpd

// services/qmqpd/session.cc - one QMQP client: one message, one reply.
//
// The message has its queue ID before the client says anything, so that all of the log names it.  The whole
// request is read before cleanup gets any of it; message_size_limit bounds it.  The first byte of the reply
// is K (queued), Z (try again) or D (never).
#include "services/qmqpd/session.h"

#include <fmt/core.h>
#include <sys/time.h>

#include <memory>

#include "lib/base/log.h"
#include "lib/base/socket_address.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/dns/client_name.h"
#include "lib/mail/address.h"
#include "lib/mail/date.h"
#include "lib/mail/intake_parameters.h"
#include "lib/queue/cleanup_client.h"
#include "lib/queue/intake.h"
#include "lib/tables/match_list.h"
#include "services/qmqpd/parameters.h"
#include "services/qmqpd/request.h"

namespace postrider::qmqpd {

using queue::CleanupClient;
using queue::RecordType;

namespace {

constexpr std::size_t drain_size = 64 * 1024;

std::unique_ptr<tables::MatchList> authorized_clients;

struct Client {
    std::string name, address, literal, port;
    std::string label;  // name[address], with the port when that is logged
};

Task<Client> identify(int fd, const Settings& settings) {
    Client client;
    const SocketAddress peer = peer_address(fd).unmapped();
    if (!peer.is_ipv4() && !peer.is_ipv6()) {
        client.name = "localhost";
        client.address = client.literal = "127.0.0.1";
    } else {
        const dns::ClientName found = co_await dns::verify_client_name(peer);
        client.name = found.name;
        client.address = peer.host();
        client.literal = peer.literal();
        client.port = std::to_string(peer.port());
    }
    client.label = fmt::format("{}[{}]", client.name, client.address);
    if (settings[qmqpd_client_port_logging]) client.label += ":" + client.port;
    co_return client;
}

struct Reply {
    char kind = 'Z';
    std::string text;
};
Reply reply_of(char kind, std::string text) {
    Reply reply;
    reply.kind = kind;
    reply.text = std::move(text);
    return reply;
}

void put_envelope(CleanupClient& cleanup, const Request& request, const Client& client,
                  const Settings& settings) {
    struct timeval now {};
    ::gettimeofday(&now, nullptr);
    cleanup.put(RecordType::time, fmt::format("{} {}", now.tv_sec, now.tv_usec));
    const std::string& filter = settings[mail::content_filter];
    if (!filter.empty()) cleanup.put(RecordType::filter, filter);
    cleanup.put_attribute("rewrite_context", "local");
    cleanup.put(RecordType::sender, printable(request.sender));
    cleanup.put_attribute("log_client_name", client.name);
    cleanup.put_attribute("log_client_address", client.literal);
    if (!client.port.empty()) cleanup.put_attribute("log_client_port", client.port);
    cleanup.put_attribute("log_message_origin", client.label);
    cleanup.put_attribute("log_protocol_name", "QMQP");
    cleanup.put_attribute("client_name", client.name);
    cleanup.put_attribute("client_address", client.address);
    if (!client.port.empty()) cleanup.put_attribute("client_port", client.port);
    cleanup.put_attribute("protocol_name", "QMQP");
    for (const std::string& recipient : request.recipients)
        cleanup.put(RecordType::recipient, printable(recipient));
}

void put_received(CleanupClient& cleanup, const Request& request, const Client& client,
                  const Settings& settings) {
    const std::string date = mail::format_date(::time(nullptr));
    cleanup.put(RecordType::text,
                fmt::format("Received: from {} ({} [{}])", client.name, client.name, client.literal));
    const std::string by =
        fmt::format("\tby {} ({}) with QMQP", settings[config::myhostname], settings[config::mail_name]);
    if (request.recipients.size() == 1) {
        cleanup.put(RecordType::text, fmt::format("{} id {}", by, cleanup.queue_id()));
        const std::string recipient = mail::quote_address(printable(request.recipients.front()));
        cleanup.put(RecordType::text, fmt::format("\tfor <{}>; {}", recipient, date));
    } else {
        cleanup.put(RecordType::text, by);
        cleanup.put(RecordType::text, fmt::format("\tid {}; {}", cleanup.queue_id(), date));
    }
}

// One line as records; a long one in pieces.
void put_line(CleanupClient& cleanup, std::string_view line, std::size_t limit) {
    while (line.size() > limit) {
        cleanup.put(RecordType::long_text, line.substr(0, limit));
        line.remove_prefix(limit);
    }
    cleanup.put(RecordType::text, line);
}

// The first line must not look like part of our own header, or like an mbox separator.
void guard_first_line(CleanupClient& cleanup, std::string_view& line, std::string& changed) {
    const std::size_t quotes = std::min(line.find_first_not_of('>'), line.size());
    if (line.substr(quotes).starts_with("From ")) {
        changed = "X-Mailbox-Line: " + std::string(line);
        line = changed;
    } else if (!line.empty() && is_space(line[0])) {
        cleanup.put(RecordType::text, "");
    }
}

Task<> put_content(CleanupClient& cleanup, std::string_view text, std::size_t limit) {
    std::string changed;
    bool first = true;
    while (!text.empty()) {
        const std::size_t newline = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, newline);
        text.remove_prefix(std::min(newline + 1, text.size()));
        if (first) guard_first_line(cleanup, line, changed);
        first = false;
        put_line(cleanup, line, limit);
        if (cleanup.queued() > drain_size) co_await cleanup.drain();
    }
}

Reply judge(const queue::CleanupOutcome& outcome, const std::string& queue_id) {
    if (outcome.ok()) return reply_of('K', "Ok: queued as " + queue_id);
    const auto known = queue::cleanup_status::explain(outcome.status);
    std::string text = outcome.reason;
    if (text.empty()) text = known.smtp_code == 552 ? "message too large" : known.text;
    return reply_of(known.smtp_code < 500 ? 'Z' : 'D', "Error: " + text);
}

Task<Reply> queue_message(CleanupClient& cleanup, const Request& request, const Client& client,
                          const Settings& settings) {
    put_envelope(cleanup, request, client, settings);
    cleanup.put(RecordType::message, "");
    put_received(cleanup, request, client, settings);
    const auto line_limit = static_cast<std::size_t>(settings[config::line_length_limit]);
    co_await put_content(cleanup, request.message, line_limit);
    cleanup.put(RecordType::extracted, "");
    cleanup.put(RecordType::end, "");
    const queue::CleanupOutcome outcome = co_await cleanup.finish(settings[config::ipc_timeout]);
    Reply reply = judge(outcome, cleanup.queue_id());
    if (reply.kind != 'K') log::warning("{}: {}: {}", cleanup.queue_id(), client.label, reply.text);
    co_return reply;
}

// Reads the request and queues the message; the log has the reason when the client does not send one.
Task<Reply> receive(async::Stream& stream, CleanupClient& cleanup, const Client& client,
                    const Settings& settings) {
    const Limits limits{static_cast<std::size_t>(settings[config::message_size_limit]),
                        static_cast<std::size_t>(settings[config::line_length_limit])};
    std::string doing;
    Request request;
    try {
        request = co_await read_request(stream, limits, doing);
    } catch (const Malformed& what) {
        const std::string text = fmt::format("{} while {}", what.what(), doing);
        log::info("{}: {}: {}", cleanup.queue_id(), client.label, text);
        co_return reply_of('D', text);
    } catch (const async::PeerGone& gone) {
        const bool late = gone.why == async::PeerGone::Why::timed_out;
        log::info("{}: {}: {} while {}", cleanup.queue_id(), client.label,
                  late ? "read/write timeout" : "lost connection", doing);
        throw;
    }
    if (request.recipients.empty()) {
        Reply reply = reply_of('D', "Error: no recipients specified");
        log::warning("{}: {}: {}", cleanup.queue_id(), client.label, reply.text);
        co_return reply;
    }
    Reply reply = co_await queue_message(cleanup, request, client, settings);
    co_return reply;
}

Task<Reply> answer(async::Stream& stream, const Client& client, const Settings& settings) {
    const tables::Match match = co_await authorized_clients->matches(client.name, client.address);
    if (match == tables::Match::try_again) co_return reply_of('Z', "Error: server configuration error");
    if (match == tables::Match::no)
        co_return reply_of('D', fmt::format("Error: {} is not authorized to use this service", client.label));
    const int flags = queue::intake_flags(settings) | queue::automatic_utf8("qmqpd", settings);
    std::string service = settings[config::cleanup_service_name];
    const Seconds limit = settings[qmqpd_timeout];
    Result<CleanupClient> begun = co_await CleanupClient::begin(flags, limit, std::move(service));
    if (!begun) {
        log::warning("{}", begun.error());
        co_return reply_of('Z', "Error: queue file write error");
    }
    log::info("{}: client={}", begun->queue_id(), client.label);
    Reply reply = co_await receive(stream, *begun, client, settings);
    co_return reply;
}

}  // namespace

void open_tables(Settings& settings) {
    authorized_clients =
        std::make_unique<tables::MatchList>(qmqpd_authorized_clients, tables::ListKind::hosts, settings);
}

Task<> serve(daemon::Connection connection, const Settings& settings) {
    const daemon::Busy busy;
    async::Stream& stream = connection.stream;
    const Client client = co_await identify(stream.fd(), settings);
    log::info("connect from {}", client.label);
    try {
        stream.set_idle_timeout(settings[qmqpd_timeout]);
        const Reply reply = co_await answer(stream, client, settings);
        if (reply.kind != 'K') co_await async::sleep_for(settings[qmqpd_error_delay]);
        stream.put(fmt::format("{}:{}{},", reply.text.size() + 1, reply.kind, reply.text));
        co_await stream.flush();
    } catch (const async::PeerGone&) {
        // receive() told what was missing; a reply that nobody reads needs no word
    }
    log::info("disconnect from {}", client.label);
}

}  // namespace postrider::qmqpd

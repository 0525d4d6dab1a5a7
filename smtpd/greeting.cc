// smtpd/greeting.cc - finding out who the client is, what it may do, and whether it is welcome.
#include "smtpd/greeting.h"

#include "lib/base/text.h"
#include "smtpd/access/access.h"
#include "smtpd/milters.h"
#include "smtpd/parameters.h"

namespace postrider::smtpd {

namespace {

// sendmail -bs and clients of UNIX sockets: this machine itself.
Client local_client() {
    Client client;
    client.name = client.reverse_name = "localhost";
    client.name_status = client.reverse_status = dns::NameStatus::ok;
    client.set_address(*SocketAddress::from_ip("127.0.0.1"));
    client.port = "0";
    client.local_submission = true;
    return client;
}

Task<tables::Match> look_up(const tables::MatchList& list, const Client& client) {
    if (list.empty()) co_return tables::Match::no;
    std::string name = client.name;
    std::string address = client.address;
    const tables::Match match = co_await list.matches(name, address);
    co_return match;
}

Task<bool> is_listed(const tables::MatchList& list, const Client& client) {
    const tables::Match match = co_await look_up(list, client);
    co_return match == tables::Match::yes;
}

// What the client may do besides sending mail; a doubt is kept for when it wants to.
Task<bool> has_right(Session& session, const tables::MatchList& list, unsigned right) {
    const tables::Match match = co_await look_up(list, session.client);
    session.doubtful_rights &= ~right;
    if (match == tables::Match::try_again) session.doubtful_rights |= right;
    co_return match == tables::Match::yes;
}

// local_header_rewrite_clients: permit_ restrictions, and tables that list addresses.
Task<bool> completes_headers(Session& session) {
    if (session.stand_alone()) co_return true;
    const access::Rules& rules = session.server.rules;
    for (const std::string& word : session.server.settings.words(local_header_rewrite_clients)) {
        if (equals_ignoring_case(word, "permit_inet_interfaces")) {
            if (rules.own_addresses.contains(session.client.address)) co_return true;
        } else if (equals_ignoring_case(word, "permit_mynetworks")) {
            const bool trusted = co_await is_listed(rules.mynetworks, session.client);
            if (trusted) co_return true;
        }
    }
    std::string address = session.client.address;
    const tables::LookupResult listed = co_await session.server.rewrite_tables.find(address);
    co_return listed.found == tables::Found::yes;
}

}  // namespace

Task<> identify(Session& session, bool on_standard_input) {
    const daemon::Endpoints& told = session.endpoints;
    const SocketAddress peer = told.are_set() ? told.client : peer_address(session.stream.fd());
    if (on_standard_input || peer.is_unix() || !peer.is_set()) {
        session.client = local_client();
        co_return;
    }
    Client client;
    client.set_address(peer);
    client.port = std::to_string(peer.port());
    const SocketAddress here = told.are_set() ? told.server : local_address(session.stream.fd());
    client.server_address = here.host();
    client.server_port = std::to_string(here.port());
    if (session.server.settings[smtpd_peername_lookup]) {
        const dns::ClientName found = co_await session.server.neighbours.client_name(peer);
        client.name = found.name;
        client.reverse_name = found.reverse_name;
        client.name_status = found.status;
        client.reverse_status = found.reverse_status;
    }
    session.client = client;
}

Task<> choose_rights(Session& session) {
    const Server& server = session.server;
    co_await choose_proxy_rights(session);
    session.may_xforward = co_await has_right(session, server.xforward_hosts, extension::xforward);
    const bool local = co_await completes_headers(session);
    session.rewrite_context = local ? "local" : "remote";
    if (server.bare_newline == BareNewline::accept) co_return;
    const bool excluded = co_await is_listed(server.newline_exclusions, session.client);
    session.notes_bare_newlines = !excluded;
    session.strict_line_ends = !excluded && server.bare_newline != BareNewline::note;
    session.reject_bare_newlines = !excluded && server.bare_newline == BareNewline::reject;
}

Task<> choose_proxy_rights(Session& session) {
    const Server& server = session.server;
    session.may_xclient = co_await has_right(session, server.xclient_hosts, extension::xclient);
    session.may_verp = co_await has_right(session, server.verp_clients, extension::verp);
}

Task<Reply> greet(Session& session) {
    session.refused.reset();
    session.filters.reset();
    session.refused_by_filter = false;
    Reply refusal = co_await access::check_client(session);
    if (refusal.empty()) {
        Reply greeting = co_await milter_connect(session);
        if (greeting.empty()) greeting = Reply(220, "", session.server.banner);
        co_return greeting;
    }
    session.refused = refusal;
    co_return refusal;
}

}  // namespace postrider::smtpd

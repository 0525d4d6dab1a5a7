// smtpd/verbs/xclient.cc - the XCLIENT command: an authorised proxy tells who its client is.
#include "lib/base/text.h"
#include "smtpd/anvil_limits.h"
#include "smtpd/greeting.h"
#include "smtpd/proxied.h"
#include "smtpd/reply_rules.h"
#include "smtpd/verbs/verbs.h"

namespace postrider::smtpd {

namespace {

constexpr std::string_view known[] = {"NAME", "ADDR",  "PROTO",    "HELO",    "REVERSE_NAME",
                                      "PORT", "LOGIN", "DESTADDR", "DESTPORT"};

Reply bad(const ProxiedAttribute& attribute) {
    return Reply(501, "5.5.4", "Bad " + attribute.name + " syntax: " + attribute.value);
}

void set_name_unavailable(std::string& name, dns::NameStatus& status, const ProxiedAttribute& attribute) {
    name = "unknown";
    status = attribute.temporarily ? dns::NameStatus::temporary_failure : dns::NameStatus::permanent_failure;
}

// What a proxy says besides the client's names and addresses.
struct Claims {
    std::string helo;
    bool esmtp = false;
    std::string login;
};

// One attribute; an empty reply when it is fine.
Reply apply(Client& client, Claims& claims, const ProxiedAttribute& attribute) {
    const std::string& value = attribute.value;
    if (attribute.name == "NAME") {
        if (attribute.unavailable || attribute.temporarily) {
            set_name_unavailable(client.name, client.name_status, attribute);
        } else {
            if (!is_proxied_hostname(value)) return bad(attribute);
            client.name = client.reverse_name = value;
            client.name_status = client.reverse_status = dns::NameStatus::ok;
        }
    } else if (attribute.name == "REVERSE_NAME") {
        if (attribute.unavailable || attribute.temporarily) {
            set_name_unavailable(client.reverse_name, client.reverse_status, attribute);
        } else {
            if (!is_proxied_hostname(value)) return bad(attribute);
            client.reverse_name = value;
            client.reverse_status = dns::NameStatus::ok;
        }
    } else if (attribute.name == "ADDR") {
        const auto address = proxied_address(value);
        if (!attribute.unavailable && !address) return bad(attribute);
        if (attribute.unavailable) {
            client.address = "unknown";
            client.is_ipv6 = false;
        }
        if (address) client.set_address(*address);
    } else if (attribute.name == "PORT") {
        if (!attribute.unavailable && !is_port(value)) return bad(attribute);
        client.port = attribute.unavailable ? "unknown" : value;
    } else if (attribute.name == "HELO") {
        claims.helo = attribute.unavailable ? "" : value;
    } else if (attribute.name == "PROTO") {
        if (!equals_ignoring_case(value, "SMTP") && !equals_ignoring_case(value, "ESMTP"))
            return bad(attribute);
        claims.esmtp = equals_ignoring_case(value, "ESMTP");
    } else if (attribute.name == "DESTADDR") {
        const auto address = proxied_address(value);
        if (!attribute.unavailable && !address) return bad(attribute);
        client.server_address = address ? address->host() : "unknown";
    } else if (attribute.name == "DESTPORT") {
        if (!attribute.unavailable && !is_port(value)) return bad(attribute);
        client.server_port = attribute.unavailable ? "unknown" : value;
    } else if (attribute.name == "LOGIN") {
        claims.login = attribute.unavailable ? "" : value;
    }
    return Reply();
}

void take_login(Session& session, const std::string& user) {
    forget_login(session);
    if (!user.empty()) session.login = Login{user, "XCLIENT"};
}

}  // namespace

Task<Reply> answer_xclient(Session& session, const Command& command) {
    if (session.in_transaction()) co_return Reply(503, "5.5.1", "Error: MAIL transaction in progress");
    const std::vector<std::string> words = command.words();
    if (words.empty()) co_return Reply(501, "5.5.4", "Syntax: XCLIENT attribute=value...");
    Reply refused = refuse_proxy(session, extension::xclient, session.may_xclient);
    if (!refused.empty()) co_return refused;
    Claims claims;
    bool logs_in = false;
    for (const std::string& word : words) {
        const auto attribute = parse_proxied(command.verb, word, known);
        if (!attribute) co_return Reply(501, "5.5.4", attribute.error());
        // Compat: what stands before a mistake counts.
        Reply problem = apply(session.client, claims, *attribute);
        if (!problem.empty()) co_return problem;
        if (attribute->name == "HELO") session.helo_name = claims.helo;
        if (attribute->name != "LOGIN") continue;
        take_login(session, claims.login);
        logs_in = true;
    }
    // The session starts again, with the client as it really is.
    session.end_transaction();
    session.helo_name = claims.helo;
    session.esmtp = claims.esmtp;
    if (!logs_in) forget_login(session);
    co_await choose_proxy_rights(session);
    // It is this client's connection from now on, and counts as such.
    co_await forget_connection(session);
    session.client_connections = 0;
    Reply reply = co_await limit_connections(session);
    if (reply.empty()) reply = co_await greet(session);
    reply.count_as(false);
    co_return reply;
}

}  // namespace postrider::smtpd

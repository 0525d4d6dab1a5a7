// smtpd/tls.cc - TLS in an SMTP session.
#include "smtpd/tls.h"

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "smtpd/anvil_limits.h"
#include "smtpd/login.h"
#include "smtpd/tls_parameters.h"

namespace postrider::smtpd {

namespace {

// RFC 3207 4.2: what the client said in plain text may have been said by somebody else.
void forget_plaintext(Session& session) {
    session.end_transaction();
    session.helo_name.clear();
    session.esmtp = false;
    forget_login(session);
    session.defer_if_permit_helo.reset();
    session.discarded_extensions = session.server.discarded_extensions;
}

// Inside a comment of a header.
std::string comment_text(const std::string& text) {
    std::string shown = printable(text);
    for (char& c : shown)
        if (c == '(' || c == ')' || c == '\\' || c == '"') c = '?';
    return shown;
}

}  // namespace

bool may_start_tls(const Session& session) {
    const Server& server = session.server;
    return server.tls && server.tls_level != daemon::TlsLevel::none && !session.tls && !session.stand_alone();
}

bool mail_needs_tls(const Session& session) {
    return session.server.tls_level == daemon::TlsLevel::encrypt && !session.tls && !session.stand_alone();
}

bool login_needs_tls(const Session& session) {
    return !session.tls && !session.stand_alone() &&
           (session.server.tls_auth_only || session.server.tls_level == daemon::TlsLevel::encrypt);
}

Task<Reply> start_tls(Session& session) {
    daemon::TlsServer& server = *session.server.tls;
    session.stream.set_idle_timeout(async::Duration::zero());
    session.stream.set_timeout(session.limits.starttls_timeout);
    std::string peer = session.client_label();
    std::string name = session.client.name;
    std::string address = session.client.address;
    bool gone = false;
    try {
        Result<tls::Facts> facts =
            co_await server.accept(session.stream, std::move(peer), std::move(name), std::move(address));
        if (facts.ok()) session.tls = std::move(*facts);
    } catch (const async::PeerGone&) {
        gone = true;
    }
    // Nothing more can be said: the client waits for TLS, not for a reply.
    if (gone || !session.tls) throw async::PeerGone(async::PeerGone::Why::end_of_file);
    forget_plaintext(session);
    if (server.settings().req_ccert && session.tls->trust < tls::Trust::trusted) {
        const char* why = session.tls->has_certificate() ? "Client certificate not trusted"
                                                         : "No client certificate presented";
        log::info("NOQUEUE: abort: TLS from {}: {}", session.client_label(), why);
        co_return Reply(421, "4.7.1", session.server.hostname + " Error: " + why).count_as(true);
    }
    if (session.tls->resumed) co_return Reply();
    Reply refusal = co_await count_new_tls(session);
    co_return refusal;
}

Task<Reply> start_wrapped(Session& session) {
    if (!session.server.tls || !session.server.tls->ready()) {
        log::warning(
            "Wrapper-mode request dropped from {} for service {}. TLS context initialization failed. For "
            "details "
            "see earlier warnings in your logs.",
            session.client_label(), session.service);
        co_return Reply::hang_up();
    }
    const bool enough = co_await has_enough_tls(session);
    if (enough) {
        log::warning("Refusing TLS service request from {} for service {}", session.client_label(),
                     session.service);
        co_return Reply::hang_up();
    }
    Reply refusal = co_await start_tls(session);
    co_return refusal;
}

std::vector<std::string> received_tls_lines(const tls::Facts& facts, bool asked_certificate) {
    std::vector<std::string> lines{"\t(using " + facts.summary()};
    if (!facts.key_exchange.empty()) {
        std::string line = "\t key-exchange " + facts.key_exchange;
        if (!facts.server_signature.empty()) line += " server-signature " + facts.server_signature;
        if (!facts.server_digest.empty()) line += " server-digest " + facts.server_digest;
        lines.push_back(line);
        if (!facts.client_signature.empty()) {
            line = "\t client-signature " + facts.client_signature;
            if (!facts.client_digest.empty()) line += " client-digest " + facts.client_digest;
            lines.push_back(line);
        }
    }
    lines.back() += ")";
    if (facts.has_certificate()) {
        const bool trusted = facts.trust >= tls::Trust::trusted;
        lines.push_back("\t(Client CN \"" + comment_text(facts.subject) + "\", Issuer \"" +
                        comment_text(facts.issuer) + "\" (" + (trusted ? "verified OK" : "not verified") +
                        "))");
    } else {
        lines.push_back(asked_certificate ? "\t(Client did not present a certificate)"
                                          : "\t(No client certificate requested)");
    }
    return lines;
}

}  // namespace postrider::smtpd

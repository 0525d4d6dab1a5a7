// smtpd/login.cc - what one client is offered to log in with.
#include "smtpd/login.h"

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "smtpd/session.h"
#include "smtpd/tls.h"

namespace postrider::smtpd {

namespace {

Task<bool> is_excepted(const Session& session, const LoginService& logins) {
    std::string name = session.client.name;
    std::string address = session.client.address;
    const tables::Match match = co_await logins.exceptions.matches(name, address);
    co_return match == tables::Match::yes;
}

Task<std::vector<std::string>> filtered(const LoginService& logins, std::vector<std::string> names) {
    std::vector<std::string> kept;
    for (const std::string& name : names) {
        const tables::Match match = co_await logins.mechanism_filter.matches(name);
        if (match == tables::Match::try_again)
            log::warning("SASL mechanism filter failed for: '{}'", name);
        else if (match == tables::Match::yes)
            kept.push_back(name);
    }
    co_return kept;
}

}  // namespace

sasl::ServerFacts login_facts(const Session& session) {
    const LoginService& logins = *session.server.logins;
    sasl::ServerFacts facts;
    facts.service = logins.name;
    facts.hostname = session.server.hostname;
    facts.realm = logins.realm;
    facts.client_address = session.client.address;
    facts.client_port = session.client.port;
    facts.server_address = session.client.server_address;
    facts.server_port = session.client.server_port;
    facts.encrypted = session.tls.has_value();
    facts.security = facts.encrypted ? logins.security_with_tls : logins.security;
    return facts;
}

Task<> choose_login_offer(Session& session) {
    if (!session.server.logins || session.stand_alone()) {
        session.login_offer.reset();
        co_return;
    }
    LoginOffer& offer = session.login_offer.make();
    if (offer.chosen && offer.trouble.empty() && offer.encrypted == session.tls.has_value()) co_return;
    offer = LoginOffer();
    const LoginService& logins = *session.server.logins;
    const bool excepted = co_await is_excepted(session, logins);
    offer.chosen = true;
    offer.available = true;
    // Compat: who is not told may log in all the same.
    offer.announced = !excepted;
    offer.encrypted = session.tls.has_value();
    sasl::ServerFacts facts = login_facts(session);
    Result<std::vector<std::string>> names = co_await logins.server->mechanisms(facts);
    if (names) {
        offer.known = *names;
        std::vector<std::string> known = *names;
        std::vector<std::string> kept = co_await filtered(logins, std::move(known));
        offer.mechanisms = std::move(kept);
        if (offer.mechanisms.empty()) log::warning("no SASL authentication mechanisms");
    } else {
        // Compat: Postfix dies of this; here mail without login goes on.
        offer.trouble = names.error();
        log::warning("no SASL authentication mechanisms");
    }
}

bool offers_login(const Session& session) {
    const LoginOffer& offer = session.login_offer;
    if (!offer.announced || offer.mechanisms.empty()) return false;
    return !login_needs_tls(session);
}

std::string auth_keyword(const Session& session) {
    const std::string names = join(session.login_offer->mechanisms, " ");
    std::string lines = "AUTH " + names;
    if (session.server.logins->old_form_too) lines += "\nAUTH=" + names;
    return lines;
}

void forget_login(Session& session) {
    session.login.reset();
    session.login_offer.reset();
}

}  // namespace postrider::smtpd

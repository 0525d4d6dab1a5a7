// smtpd/verbs/helo.cc - HELO and EHLO, RFC 5321 4.1.1.1.
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "smtpd/access/access.h"
#include "smtpd/ehlo.h"
#include "smtpd/milters.h"
#include "smtpd/reply_rules.h"
#include "smtpd/verbs/verbs.h"

namespace postrider::smtpd {

namespace {

// The name as it is shown in headers and logs: without the characters that mean something there.
std::string harmless_name(std::string_view name) {
    std::string shown = printable(name);
    for (char& c : shown)
        if (std::string_view(" <>()\\\";@").find(c) != std::string_view::npos) c = '?';
    return shown;
}

// A new greeting starts the session afresh, RFC 5321 4.1.4.
Task<Reply> accept_name(Session& session, std::string name) {
    Reply refusal = co_await access::check_helo(session, name);
    if (!refusal.empty()) co_return refusal;
    // Compat: filters hear the name while the message still goes on.
    refusal = co_await milter_helo(session, name);
    if (!refusal.empty()) co_return refusal;
    session.end_transaction();
    session.helo_name = harmless_name(name);
    co_return Reply();
}

Task<> choose_extensions(Session& session) {
    session.discarded_extensions = session.server.discarded_extensions;
    if (!session.server.discard_maps.empty()) {
        std::string address = session.client.address;
        const tables::LookupResult found = co_await session.server.discard_maps.find(address);
        if (found.found == tables::Found::yes)
            session.discarded_extensions = mail::parse_ehlo_keywords(found.value);
    }
    const std::string discarded = mail::discarded_keyword_names(session.discarded_extensions);
    if (!discarded.empty()) log::info("discarding EHLO keywords: {}", discarded);
}

}  // namespace

Task<Reply> answer_helo(Session& session, const Command& command) {
    if (command.arguments.empty()) co_return Reply(501, "", "Syntax: HELO hostname");
    std::string name = command.arguments;
    Reply refusal = co_await accept_name(session, name);
    if (!refusal.empty()) co_return refusal;
    co_return Reply(250, "", session.server.hostname);
}

Task<Reply> answer_ehlo(Session& session, const Command& command) {
    if (command.arguments.empty()) co_return Reply(501, "", "Syntax: EHLO hostname");
    std::string name = command.arguments;
    Reply refusal = co_await accept_name(session, name);
    if (!refusal.empty()) co_return refusal;
    // Compat: HELO does not undo it.
    session.esmtp = true;
    co_await choose_extensions(session);
    const unsigned doubtful = session.doubtful_rights & ~session.discarded_extensions;
    if (doubtful != 0) {
        log::warning("don't know if EHLO feature {} should be announced to {}",
                     mail::ehlo_lines(doubtful, [](unsigned) { return ""; }).front(), session.client_label());
        co_return local_data_error(session);
    }
    session.login_offer.reset();
    co_await choose_login_offer(session);
    co_return Reply(250, "", ehlo_text(session));
}

}  // namespace postrider::smtpd

// smtpd/verbs/rcpt.cc - the RCPT TO command.
//
// Asks the restriction lists about one recipient and, if allowed, adds it to the envelope.  RFC 5321 4.1.1.3;
// RFC 3461 4 (NOTIFY, ORCPT).
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/dsn.h"
#include "smtpd/access/access.h"
#include "smtpd/anvil_limits.h"
#include "smtpd/envelope_address.h"
#include "smtpd/milters.h"
#include "smtpd/submit.h"
#include "smtpd/verbs/verbs.h"

namespace postrider::smtpd {

namespace {

Reply take_option(const Session& session, RecipientOptions& options, const std::string& text) {
    const Option option = parse_option(text);
    const bool dsn = option.keyword == "NOTIFY" || option.keyword == "ORCPT";
    if (!dsn || !option.value) return Reply(555, "5.5.4", "Unsupported option: " + text);
    if ((session.discarded_extensions & extension::dsn) != 0)
        return Reply(501, "5.7.1", "DSN support is disabled");
    if (option.keyword == "NOTIFY") {
        const auto bits = mail::read_notify(*option.value);
        if (!bits || options.notify != 0) return Reply(501, "5.5.4", "Error: Bad NOTIFY parameter syntax");
        options.notify = *bits;
        return Reply();
    }
    const auto original = parse_original_recipient(*option.value);
    if (!original || !options.original.empty())
        return Reply(501, "5.5.4", "Error: Bad ORCPT parameter syntax");
    options.original = *original;
    return Reply();
}

std::string without_brackets(const std::string& path) {
    if (path.size() < 2 || path.front() != '<' || path.back() != '>') return path;
    return path.substr(1, path.size() - 2);
}

// RFC 5321 4.5.3.1.10: too many recipients are no fault of the client, until it goes on and on.
Reply check_count(const Session& session) {
    Transaction& transaction = *session.transaction;
    if (transaction.recipient_count < session.server.recipient_limit) return Reply();
    const bool pardoned = transaction.recipients_over_limit++ < session.server.recipient_overshoot;
    return Reply(452, "4.5.3", "Error: too many recipients").count_as(pardoned);
}

}  // namespace

Task<Reply> answer_rcpt(Session& session, const Command& command) {
    if (!session.in_transaction()) co_return Reply(503, "5.5.1", "Error: need MAIL command");
    Transaction& transaction = *session.transaction;
    if (session.chunks != Session::Chunks::none) co_return Reply(503, "5.5.1", "Error: RCPT after BDAT");
    const PathCommand parsed = parse_path_command(command.arguments, "TO");
    if (parsed.problem == PathCommand::Problem::syntax)
        co_return Reply(501, "5.5.4", "Syntax: RCPT TO:<address>");
    Reply too_much = co_await limit_recipients(session);
    if (!too_much.empty()) co_return too_much;
    const auto recipient =
        co_await read_address(session, parsed.path, AddressOf::recipient, transaction.smtputf8);
    if (parsed.problem == PathCommand::Problem::address || !recipient)
        co_return Reply(501, "5.1.3", "Bad recipient address syntax");
    RecipientOptions options;
    for (const std::string& option : parsed.options) {
        Reply problem = take_option(session, options, option);
        if (!problem.empty()) co_return problem;
    }
    Reply not_ascii = check_utf8(session, *recipient, transaction.smtputf8);
    if (!not_ascii.empty()) co_return not_ascii;
    // Compat: what the client wrote, letter by letter, is what its sender knows the recipient by.
    if (options.original.empty()) options.original = "rfc822;" + without_brackets(parsed.path);
    Reply too_many = check_count(session);
    if (!too_many.empty()) co_return too_many;

    std::string address = *recipient;
    Reply refusal = co_await access::check_recipient(session, address);
    if (!refusal.empty()) {
        co_await milter_rejected_recipient(session, address, parsed.options, refusal);
        co_return refusal;
    }
    refusal = co_await milter_recipient(session, address, parsed.options);
    if (!refusal.empty()) co_return refusal;
    Reply trouble = co_await open_message(session);
    if (!trouble.empty()) co_return trouble;
    Reply filtered = co_await offer_recipient(session, command.line);
    if (!filtered.empty()) co_return filtered;
    add_recipient(session, address, options);
    co_return Reply(250, "2.1.5", "Ok");
}

}  // namespace postrider::smtpd

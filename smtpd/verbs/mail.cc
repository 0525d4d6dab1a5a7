// smtpd/verbs/mail.cc - the MAIL FROM command.
//
// Starts a transaction.  RFC 5321 4.1.1.2; RFC 1870 (SIZE), RFC 6152 (BODY), RFC 3461 (RET, ENVID), RFC 6531
// (SMTPUTF8), RFC 8689 (REQUIRETLS).
#include <sys/statvfs.h>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/mail/dsn.h"
#include "smtpd/access/access.h"
#include "smtpd/anvil_limits.h"
#include "smtpd/envelope_address.h"
#include "smtpd/milters.h"
#include "smtpd/parameters.h"
#include "smtpd/submit.h"
#include "smtpd/verbs/verbs.h"

namespace postrider::smtpd {

namespace {

Reply unsupported(const std::string& option) {
    return Reply(555, "5.5.4", "Unsupported option: " + option);
}

Reply take_size(Transaction& transaction, const std::string& value) {
    if (!all_digits(value)) return Reply(501, "5.5.4", "Bad message size syntax");
    const auto size = parse_int(value);
    if (!size) return Reply(552, "5.3.4", "Message size exceeds file system imposed limit");
    transaction.declared_size = *size;
    return Reply();
}

Reply take_verp(const Session& session, Transaction& transaction, const Option& option,
                const std::string& text) {
    if (!session.may_verp) return unsupported(text);
    const std::string delimiters =
        option.value ? *option.value : session.server.settings[config::default_verp_delimiters];
    const std::string& accepted = session.server.settings[config::verp_delimiter_filter];
    if (delimiters.size() != 2 || accepted.find(delimiters[0]) == std::string::npos ||
        accepted.find(delimiters[1]) == std::string::npos)
        return Reply(501, "5.5.4", "Error: XVERP needs two characters from " + accepted);
    transaction.verp_delimiters = delimiters;
    return Reply();
}

Reply take_envelope_id(Transaction& transaction, const std::string& value) {
    const auto decoded = xtext_decode(value);
    if (!decoded || decoded->empty() || !transaction.envelope_id.empty() || !is_ascii(*decoded) ||
        printable(*decoded) != *decoded)
        return Reply(501, "5.5.4", "Bad ENVID parameter syntax");
    transaction.envelope_id = *decoded;
    return Reply();
}

// RFC 4954 5: who the message was first sent by, "<>" for nobody knows.  Compat: taken from anybody, also
// where nobody can log in.
Reply take_original_sender(Transaction& transaction, const std::string& value, bool& given) {
    if (given) return Reply(503, "5.5.4", "Error: multiple AUTH= options");
    given = true;
    if (value != "<>") transaction.sasl_sender = printable(value);
    return Reply();
}

// One ESMTP parameter; an empty reply when it is fine.
Reply take_option(const Session& session, Transaction& transaction, const std::string& text,
                  bool& auth_given) {
    const Option option = parse_option(text);
    const bool dsn_off = (session.discarded_extensions & extension::dsn) != 0;
    if (option.keyword == "BODY" && option.value) {
        const bool eight = equals_ignoring_case(*option.value, "8BITMIME");
        if (!eight && !equals_ignoring_case(*option.value, "7BIT")) return unsupported(text);
        transaction.encoding = eight ? "8bit" : "7bit";
        return Reply();
    }
    if (option.keyword == "SIZE" && option.value) return take_size(transaction, *option.value);
    if ((option.keyword == "RET" || option.keyword == "ENVID") && option.value && dsn_off)
        return Reply(501, "5.7.1", "DSN support is disabled");
    if (option.keyword == "RET" && option.value) {
        const auto part = mail::parse_ret(*option.value);
        if (!part || transaction.return_part != 0) return Reply(501, "5.5.4", "Bad RET parameter syntax");
        transaction.return_part = *part;
        return Reply();
    }
    if (option.keyword == "ENVID" && option.value) return take_envelope_id(transaction, *option.value);
    if (option.keyword == "SMTPUTF8" && !option.value && knows_utf8(session)) {
        transaction.smtputf8 = true;
        return Reply();
    }
    if (option.keyword == "AUTH" && option.value)
        return take_original_sender(transaction, *option.value, auth_given);
    // RFC 8689 4.1: only where it is offered, that is inside TLS.
    if (option.keyword == "REQUIRETLS" && !option.value && session.server.require_tls && session.in_tls() &&
        (session.discarded_extensions & extension::require_tls) == 0) {
        transaction.require_tls = true;
        return Reply();
    }
    if (option.keyword == "XVERP") return take_verp(session, transaction, option, text);
    return unsupported(text);
}

// The queue file system has room for this message and a margin.  Asked at most once a second.
bool has_room(const Server& server) {
    static async::Deadline checked_until{};
    static bool room = true;
    const auto now = async::Clock::now();
    if (now < checked_until) return room;
    checked_until = now + std::chrono::seconds(1);
    struct statvfs info {};
    if (::statvfs(".", &info) != 0) return room = true;
    const double free_bytes = static_cast<double>(info.f_bavail) * static_cast<double>(info.f_frsize);
    const auto least_free = static_cast<double>(server.settings[queue_minfree]);
    const double wanted = std::max(least_free, 1.5 * static_cast<double>(server.size_limit));
    room = free_bytes > wanted;
    if (!room)
        log::warning("not enough free space in mail queue: {:.0f} bytes < 1.5*message size limit",
                     free_bytes);
    return room;
}

std::string new_instance(const timeval& now) {
    static unsigned count = 0;
    return fmt::format("{:x}.{:x}.{:x}.{:x}", ::getpid(), now.tv_sec, now.tv_usec, count++);
}

Reply check_order(const Session& session) {
    if (session.server.settings[smtpd_helo_required] && session.helo_name.empty())
        return Reply(503, "5.5.1", "Error: send HELO/EHLO first");
    if (session.in_transaction()) return Reply(503, "5.5.1", "Error: nested MAIL command");
    if (session.chunks != Session::Chunks::none) return Reply(503, "5.5.1", "Error: MAIL after BDAT");
    return Reply();
}

bool declares_utf8(const std::vector<std::string>& options) {
    for (const std::string& option : options)
        if (equals_ignoring_case(option, "SMTPUTF8")) return true;
    return false;
}

// Asks everybody who may object to the sender.
Task<Reply> begin_transaction(Session& session, std::vector<std::string> options) {
    std::string sender = session.transaction->sender;
    Reply refusal = co_await access::check_sender(session, sender);
    if (!refusal.empty()) co_return refusal;
    // Compat: `sendmail -bs` may try, and the log does not name the sender.
    if (!session.stand_alone() && !has_room(session.server))
        co_return session.rejected(Reply(452, "4.3.1", "Insufficient system storage"), nullptr, nullptr);
    refusal = co_await milter_mail(session, *session.transaction, std::move(options));
    co_return refusal;
}

}  // namespace

Task<Reply> answer_mail(Session& session, const Command& command) {
    const Reply out_of_order = check_order(session);
    if (!out_of_order.empty()) co_return out_of_order;
    const PathCommand parsed = parse_path_command(command.arguments, "FROM");
    if (parsed.problem == PathCommand::Problem::syntax)
        co_return Reply(501, "5.5.4", "Syntax: MAIL FROM:<address>");
    Reply too_much = co_await limit_messages(session);
    if (!too_much.empty()) co_return too_much;
    const bool utf8 = knows_utf8(session) && declares_utf8(parsed.options);
    const auto sender = co_await read_address(session, parsed.path, AddressOf::sender, utf8);
    if (parsed.problem == PathCommand::Problem::address || !sender)
        co_return Reply(501, "5.1.7", "Bad sender address syntax");
    auto transaction = std::make_unique<Transaction>();
    transaction->sender = *sender;
    // Compat: the size of a MAIL that was refused counts for the next one.
    transaction->declared_size = session.refused_size;
    transaction->mail_command = command.line;
    bool auth_given = false;
    for (const std::string& option : parsed.options) {
        Reply problem = take_option(session, *transaction, option, auth_given);
        session.refused_size = transaction->declared_size;
        if (!problem.empty()) co_return problem;
        // A filter before the queue, which does not talk TLS with us, is told with a header.
        if (equals_ignoring_case(option, "REQUIRETLS"))
            transaction->mail_command = replace_all(transaction->mail_command, " " + option, "");
    }
    Reply not_ascii = check_utf8(session, *sender, transaction->smtputf8);
    if (!not_ascii.empty()) co_return not_ascii;
    if (!transaction->verp_delimiters.empty() && sender->empty())
        co_return Reply(503, "5.5.4", "Error: XVERP requires non-null sender");
    if (session.server.size_limit > 0 && transaction->declared_size > session.server.size_limit)
        co_return session.rejected(Reply(552, "5.3.4", "Message size exceeds fixed limit"), &*sender,
                                   nullptr);
    ::gettimeofday(&transaction->arrival, nullptr);
    transaction->instance = new_instance(transaction->arrival);
    // What the restrictions ask for is kept in the transaction.
    session.transaction = std::move(transaction);
    Reply refusal = co_await begin_transaction(session, parsed.options);
    if (!refusal.empty()) {
        session.transaction.reset();
        co_return refusal;
    }
    if (!session.server.settings[smtpd_delay_open_until_valid_rcpt]) {
        Reply trouble = co_await open_message(session);
        if (!trouble.empty()) {
            session.end_transaction();
            co_return trouble;
        }
    }
    co_return Reply(250, "2.1.0", "Ok");
}

}  // namespace postrider::smtpd

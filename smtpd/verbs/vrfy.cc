// smtpd/verbs/vrfy.cc - the VRFY command, RFC 5321 3.5.
#include "lib/base/text.h"
#include "smtpd/access/access.h"
#include "smtpd/anvil_limits.h"
#include "smtpd/envelope_address.h"
#include "smtpd/milters.h"
#include "smtpd/parameters.h"
#include "smtpd/verbs/verbs.h"

namespace postrider::smtpd {

namespace {

// RFC 6531 3.7.4.2: the parameter SMTPUTF8 stands behind the string.
std::string take_utf8_parameter(std::string argument, bool& declared) {
    const std::size_t space = argument.find_last_of(" \t");
    declared = space != std::string::npos && equals_ignoring_case(argument.substr(space + 1), "SMTPUTF8");
    if (declared) argument = trim(argument.substr(0, space));
    return argument;
}

}  // namespace

Task<Reply> answer_vrfy(Session& session, const Command& command) {
    if (session.server.settings[disable_vrfy_command])
        co_return Reply(502, "5.5.1", "VRFY command is disabled");
    if (command.arguments.empty()) co_return Reply(501, "5.5.4", "Syntax: VRFY address [SMTPUTF8]");
    Reply too_much = co_await limit_recipients(session);
    if (!too_much.empty()) co_return too_much;
    bool declared = false;
    std::string argument = command.arguments;
    if (knows_utf8(session)) argument = take_utf8_parameter(std::move(argument), declared);
    const auto address = co_await read_address(session, argument, AddressOf::question, declared);
    if (!address) co_return Reply(501, "5.1.3", "Bad recipient address syntax");
    Reply not_ascii = check_utf8(session, *address, declared);
    if (!not_ascii.empty()) co_return not_ascii;
    std::string recipient = *address;
    Reply refusal = co_await access::check_recipient(session, recipient);
    if (refusal.empty()) refusal = co_await milter_other(session);
    if (!refusal.empty()) co_return refusal;
    co_return Reply(252, "2.0.0", argument);
}

}  // namespace postrider::smtpd

// smtpd/verbs/verbs.cc - the table of commands, and those that need no file of their own.
#include "smtpd/verbs/verbs.h"

namespace postrider::smtpd {

namespace {

constexpr VerbRow rows[] = {
    // name, verb, handler, junk, ends_group, without_tls
    {"HELO", Verb::helo, answer_helo, true, true, true},
    {"EHLO", Verb::ehlo, answer_ehlo, true, true, true},
    {"XCLIENT", Verb::xclient, answer_xclient, false, false, true},
    {"XFORWARD", Verb::xforward, answer_xforward, false, false, false},
    {"STARTTLS", Verb::starttls, answer_starttls, false, true, true},
    {"AUTH", Verb::auth, answer_auth, false, false, false},
    {"MAIL", Verb::mail, answer_mail, false, false, false},
    {"RCPT", Verb::rcpt, answer_rcpt, false, false, false},
    {"DATA", Verb::data, answer_data, false, true, false},
    {"BDAT", Verb::bdat, answer_bdat, false, false, false},
    {"RSET", Verb::rset, answer_rset, true, false, false},
    {"NOOP", Verb::noop, answer_noop, true, true, true},
    {"VRFY", Verb::vrfy, answer_vrfy, true, true, false},
    {"ETRN", Verb::etrn, answer_etrn, true, false, false},
    {"QUIT", Verb::quit, answer_quit, false, false, true},
};

}  // namespace

const VerbRow* find_verb(std::string_view upper_case) {
    for (const VerbRow& row : rows)
        if (row.name == upper_case) return &row;
    return nullptr;
}

Task<Reply> answer_rset(Session& session, const Command& command) {
    if (!command.arguments.empty()) co_return Reply(501, "5.5.4", "Syntax: RSET");
    session.end_transaction();
    co_return Reply(250, "2.0.0", "Ok");
}

Task<Reply> answer_noop(Session&, const Command&) {
    co_return Reply(250, "2.0.0", "Ok");
}

Task<Reply> answer_quit(Session&, const Command&) {
    co_return Reply(221, "2.0.0", "Bye").and_close();
}

}  // namespace postrider::smtpd

// smtpd/access/access_test.cc - the restriction language: keys, lists, and what they answer.
#include <catch2/catch.hpp>

#include "lib/base/text.h"
#include "smtpd/access/check.h"
#include "smtpd/access/lookup.h"
#include "smtpd/access/policy_client.h"
#include "smtpd/smtpd_under_test.h"

using namespace postrider;
using namespace postrider::smtpd;
using namespace postrider::smtpd::access;

namespace {

// The reply to RCPT TO:<alice@example.com> from a stranger at 127.0.0.2, client.example.
std::string reply_to_rcpt(const std::string& main_cf, const std::string& sender = "anna@mail.test",
                          const std::string& helo = "there.example") {
    SmtpdUnderTest smtpd(main_cf, "127.0.0.2");
    const std::string problem =
        smtpd.play("S: 220 *\nC: HELO " + helo + "\nS: 250 *\nC: MAIL FROM:<" + sender +
                   ">\nS: 250 *\nC: RCPT TO:<alice@example.com>\nS: nothing");
    const std::string start = "expected: nothing, got: ";
    return problem.starts_with(start) ? problem.substr(start.size()) : problem;
}

dns::Answer address_answer(const std::string& address) {
    dns::Answer answer;
    answer.status = dns::Status::ok;
    dns::Record record;
    record.address = *SocketAddress::from_ip(address);
    answer.records.push_back(record);
    return answer;
}

}  // namespace

TEST_CASE("tables are asked from the whole to the parts", "[smtpd]") {
    using tables::ParentStyle;
    const mail::ExtensionRules plus{.delimiters = "+"};
    CHECK(join(domain_keys("a.b.example", ParentStyle::bare), " ") == "a.b.example b.example example");
    CHECK(join(domain_keys("a.b.example", ParentStyle::dotted), " ") == "a.b.example .b.example .example");
    CHECK(join(domain_keys("[192.0.2.1]", ParentStyle::bare), " ") == "[192.0.2.1]");
    CHECK(join(network_keys("192.0.2.1"), " ") == "192.0.2.1 192.0.2 192.0 192");
    CHECK(join(network_keys("2001:db8::1"), " ") == "2001:db8::1 2001:db8: 2001:db8 2001");
    CHECK(join(mail_keys("u+x@d.example", ParentStyle::bare, plus), " ") ==
          "u+x@d.example u@d.example d.example example u+x@ u@");
}

TEST_CASE("access tables can say yes, no, later, and do other things", "[smtpd]") {
    struct Row {
        const char* action;
        const char* reply;
    };
    const Row rows[] = {
        {"REJECT", "554 5.7.1 <anna@mail.test>: Sender address rejected: Access denied"},
        {"reject you may not", "554 5.7.1 <anna@mail.test>: Sender address rejected: you may not"},
        {"REJECT 5.1.1 gone", "554 5.1.7 <anna@mail.test>: Sender address rejected: gone"},
        {"450 4.7.9 later", "450 4.7.9 <anna@mail.test>: Sender address rejected: later"},
        {"550 5", "550 5.7.1 <anna@mail.test>: Sender address rejected: 5"},
        {"DEFER", "450 4.7.1 <anna@mail.test>: Sender address rejected: Access denied"},
        {"DEFER_IF_PERMIT x", "450 4.7.1 <anna@mail.test>: Sender address rejected: x"},
        {"DEFER_IF_REJECT x", "250 2.1.5 Ok"},
        {"OK", "250 2.1.5 Ok"},
        {"12345", "250 2.1.5 Ok"},
        {"DUNNO", "250 2.1.5 Ok"},
        {"DISCARD", "250 2.1.5 Ok"},
        {"reject_non_fqdn_helo_hostname", "250 2.1.5 Ok"},
        {"nonsense", "451 4.3.5 Server configuration error"},
        {"check_client_access static:OK", "451 4.3.5 Server configuration error"},
        {"strict", "450 4.3.2 <anna@mail.test>: Sender address rejected: Try again later"},
    };
    for (const Row& row : rows) {
        INFO(row.action);
        CHECK(reply_to_rcpt("smtpd_restriction_classes = strict\nstrict = permit_mynetworks, defer\n"
                            "smtpd_sender_restrictions = check_sender_access inline:{{mail.test = " +
                            std::string(row.action) + "}}") == row.reply);
    }
}

TEST_CASE("a table that cannot answer defers", "[smtpd]") {
    CHECK(reply_to_rcpt("smtpd_client_restrictions = check_client_access fail:down, permit") ==
          "451 4.3.5 <client.example[127.0.0.2]>: Client host rejected: Server configuration error");
}

TEST_CASE("warn_if_reject only warns, and a permission in one list does not open another", "[smtpd]") {
    CHECK(reply_to_rcpt("smtpd_client_restrictions = warn_if_reject reject") == "250 2.1.5 Ok");
    CHECK(reply_to_rcpt("smtpd_client_restrictions = warn_if_reject reject, reject") ==
          "554 5.7.1 <client.example[127.0.0.2]>: Client host rejected: Access denied");
    CHECK(reply_to_rcpt("smtpd_client_restrictions = permit\nsmtpd_helo_restrictions = defer") ==
          "450 4.3.2 <there.example>: Helo command rejected: Try again later");
}

TEST_CASE("a deferral replaces what comes after it in its list", "[smtpd]") {
    CHECK(reply_to_rcpt("smtpd_sender_restrictions = defer_if_reject, reject") ==
          "450 4.7.0 <anna@mail.test>: Sender address rejected: defer_if_reject requested");
    CHECK(
        reply_to_rcpt("smtpd_sender_restrictions = defer_if_permit\nsmtpd_recipient_restrictions = reject") ==
        "554 5.7.1 <alice@example.com>: Recipient address rejected: Access denied");
    CHECK(reply_to_rcpt("smtpd_sender_restrictions = defer_if_permit, permit") ==
          "450 4.7.0 <anna@mail.test>: Sender address rejected: defer_if_permit requested");
}

TEST_CASE("names are judged by their form", "[smtpd]") {
    CHECK(reply_to_rcpt("smtpd_helo_restrictions = reject_invalid_helo_hostname", "a@b.c", "bad!name") ==
          "501 5.5.2 <bad!name>: Helo command rejected: Invalid name");
    CHECK(reply_to_rcpt("smtpd_helo_restrictions = reject_non_fqdn_helo_hostname", "a@b.c", "host") ==
          "504 5.5.2 <host>: Helo command rejected: need fully-qualified hostname");
    CHECK(reply_to_rcpt("smtpd_sender_restrictions = reject_non_fqdn_sender", "a@host") ==
          "504 5.5.2 <a@host>: Sender address rejected: need fully-qualified address");
    CHECK(reply_to_rcpt("smtpd_sender_restrictions = reject_non_fqdn_sender", "") == "250 2.1.5 Ok");
}

TEST_CASE("a listed client is refused with the list's own words", "[smtpd]") {
    SmtpdUnderTest smtpd("smtpd_client_restrictions = reject_rbl_client rbl.test=127.0.0.[2..3]",
                         "127.0.0.2");
    smtpd.dns("2.0.0.127.rbl.test", dns::Type::a, address_answer("127.0.0.2"));
    dns::Answer reason;
    reason.status = dns::Status::ok;
    reason.records.emplace_back().data = "for testing";
    smtpd.dns("2.0.0.127.rbl.test", dns::Type::txt, reason);
    CHECK(smtpd.play(R"(
        S: 220 *
        C= MAIL FROM:<a@b.example>
        C: RCPT TO:<alice@example.com>
        S: 554 5.7.1 Service unavailable; Client host [127.0.0.2] blocked using rbl.test; for testing
    )") == "");
}

TEST_CASE("DNS trouble never rejects for good", "[smtpd]") {
    SmtpdUnderTest smtpd("smtpd_sender_restrictions = reject_unknown_sender_domain", "127.0.0.2");
    dns::Answer trouble;
    trouble.status = dns::Status::try_again;
    smtpd.dns("slow.example", dns::Type::mx, trouble);
    CHECK(smtpd.play(R"(
        S: 220 *
        C= MAIL FROM:<a@slow.example>
        C: RCPT TO:<alice@example.com>
        S: 450 4.1.8 <a@slow.example>: Sender address rejected: Domain not found
    )") == "");
}

TEST_CASE("without delay the client hears no at once", "[smtpd]") {
    SmtpdUnderTest smtpd("smtpd_delay_reject = no\nsmtpd_client_restrictions = reject", "127.0.0.2");
    CHECK(smtpd.play(R"(
        S: 554 5.7.1 <client.example[127.0.0.2]>: Client host rejected: Access denied
        C: HELO x
        S: 503 5.7.0 Error: access denied for client.example[127.0.0.2]
        C: QUIT
        S: 221 *
    )") == "");
    CHECK(smtpd.logged("NOQUEUE: reject: CONNECT from client.example[127.0.0.2]: 554 5.7.1 *; proto=SMTP"));
}

TEST_CASE("policy servers are described with options of their own", "[smtpd]") {
    const Settings settings = Settings::from_text("smtpd_policy_service_timeout = 7s");
    const auto plain = parse_policy_options("unix:private/policy", settings);
    REQUIRE(plain);
    CHECK((*plain).endpoint == "unix:private/policy");
    CHECK((*plain).timeout == std::chrono::seconds(7));
    const auto braces = parse_policy_options(
        "{ inet:127.0.0.1:99, timeout=3s, {default_action = 450 4.3.2 later, please} }", settings);
    REQUIRE(braces);
    CHECK((*braces).endpoint == "inet:127.0.0.1:99");
    CHECK((*braces).timeout == std::chrono::seconds(3));
    CHECK((*braces).default_action == "450 4.3.2 later, please");
    CHECK_FALSE(parse_policy_options("{ inet:h:1, color=red }", settings));
    CHECK_FALSE(parse_policy_options("somewhere", settings));
}

TEST_CASE("a sender address belongs to its logins", "[smtpd]") {
    // Not Cyrus: what its library has read once it keeps, and its own test wants to be first.
    const std::string config =
        "smtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = dovecot\nsmtpd_authorized_xclient_hosts = "
        "127.0.0.2\n"
        "smtpd_sender_login_maps = inline:{{owned@mail.test = anna}}\n"
        "smtpd_sender_restrictions = reject_sender_login_mismatch";
    CHECK(reply_to_rcpt(config, "free@mail.test") == "250 2.1.5 Ok");
    CHECK(reply_to_rcpt(config, "owned@mail.test") ==
          "553 5.7.1 <owned@mail.test>: Sender address rejected: not logged in");
    SmtpdUnderTest smtpd(config, "127.0.0.2");
    CHECK(smtpd.play(R"(
        S: 220 *
        C: XCLIENT LOGIN=anna
        S: 220 *
        C= MAIL FROM:<owned@mail.test>
        C= RCPT TO:<alice@example.com>
        C= RSET
        C= MAIL FROM:<free@mail.test>
        C: RCPT TO:<alice@example.com>
        S: 553 5.7.1 <free@mail.test>: Sender address rejected: not owned by user anna
    )") == "");
}

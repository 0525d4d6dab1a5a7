// services/bounce/notice_test.cc - the text of notifications.
#include "services/bounce/notice.h"

#include <catch2/catch.hpp>

#include "services/bounce/service.h"

namespace postrider::bounce {
namespace {

Settings test_settings(const std::string& more = "") {
    return Settings::from_text(
        "myhostname = mx.example.test\nmyorigin = example.test\nmail_name = Postrider\n" + more);
}

Notice failure_notice() {
    Notice notice;
    notice.to = "alice@example.test";
    notice.now = 1000;
    notice.about.queue_id = "ABC1";
    notice.about.sender = "alice@example.test";
    notice.about.envelope_id = "my+id";
    queue::LogEntry entry;
    entry.recipient = "bob@x.test";
    entry.dsn_orig_rcpt = "rfc822;robert@x.test";
    entry.status = "5.1.1";
    entry.action = "failed";
    entry.diagnostic_type = "smtp";
    entry.diagnostic_text = "550 5.1.1 no such user";
    entry.remote_mta_type = "dns";
    entry.remote_mta = "mx.x.test";
    entry.reason = "host mx.x.test[192.0.2.1] said: 550 5.1.1 no such user (in reply to RCPT TO command)";
    notice.recipients.push_back(entry);
    return notice;
}

Original small_original() {
    Original original;
    original.found = true;
    original.arrival = 900;
    original.message_id = "<1@example.test>";
    for (const char* line : {"Subject: hello", "", "body"})
        original.content.push_back({queue::RecordType::text, line, 0});
    return original;
}

std::string text_of(const Notice& notice, const Original& original, const Settings& settings) {
    const delivery::BounceTemplates templates;
    std::string text;
    for (const Line& line : notice_lines(notice, original, templates, settings))
        text += line.text + (line.whole ? "\n" : "");
    return text;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("A failure notice has words, status fields and the message", "[bounce]") {
    const Settings settings = test_settings();
    const std::string text = text_of(failure_notice(), small_original(), settings);
    CHECK(has(text,
              "From: Mail Delivery System <MAILER-DAEMON@example.test>\n"
              "Subject: Undelivered Mail Returned to Sender\nTo: alice@example.test\n"
              "Auto-Submitted: auto-replied\nMIME-Version: 1.0\n"
              "Content-Type: multipart/report; report-type=delivery-status;\n"
              "\tboundary=\"ABC1.1000/mx.example.test\"\n\n"));
    CHECK(has(text, "This is the mail system at host mx.example.test.\n"));
    CHECK(has(text,
              "\n<bob@x.test>: host mx.x.test[192.0.2.1] said: 550 5.1.1 no such user (in reply\n"
              "    to RCPT TO command)\n"));
    CHECK(has(text,
              "Reporting-MTA: dns; mx.example.test\nOriginal-Envelope-Id: my+id\n"
              "X-Postrider-Queue-ID: ABC1\nX-Postrider-Sender: rfc822; alice@example.test\n"));
    CHECK(has(text,
              "\n\nFinal-Recipient: rfc822; bob@x.test\nOriginal-Recipient: rfc822;robert@x.test\n"
              "Action: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.x.test\n"
              "Diagnostic-Code: smtp; 550 5.1.1 no such user\n\n"));
    CHECK(has(text,
              "Content-Description: Undelivered Message\nContent-Type: message/rfc822\n\n"
              "Return-Path: <alice@example.test>\nSubject: hello\n\nbody\n\n"
              "--ABC1.1000/mx.example.test--\n"));
    CHECK_FALSE(has(text, "In-Reply-To"));
}

TEST_CASE("A delay warning tells until when delivery is tried", "[bounce]") {
    const Settings settings = test_settings("maximal_queue_lifetime = 100s\n");
    Notice notice = failure_notice();
    notice.kind = delivery::TemplateKind::delay;
    notice.recipients[0].action = "delayed";
    const std::string text = text_of(notice, small_original(), settings);
    CHECK(has(text, "Action: delayed\n"));
    CHECK(has(text, "\nWill-Retry-Until: Thu,  1 Jan 1970 00:16:40") !=
          has(text, "\nWill-Retry-Until: Thu, 1 Jan 1970 00:16:40"));
}

TEST_CASE("The postmaster's copy has no words", "[bounce]") {
    const Settings settings = test_settings();
    Notice notice = failure_notice();
    notice.audience = Audience::postmaster;
    const std::string text = text_of(notice, small_original(), settings);
    CHECK(has(text, "Subject: Postmaster Copy: Undelivered Mail\n"));
    CHECK(has(text, "Auto-Submitted: auto-generated\n"));
    CHECK_FALSE(has(text, "This is the mail system"));
}

TEST_CASE("Notices join the thread when asked to", "[bounce]") {
    const Settings settings = test_settings("enable_threaded_bounces = yes\n");
    const std::string text = text_of(failure_notice(), small_original(), settings);
    CHECK(has(text, "References: <1@example.test>\nIn-Reply-To: <1@example.test>\n"));
}

TEST_CASE("SMTPUTF8 changes the types of a report", "[bounce]") {
    const Settings settings = test_settings();
    Notice notice = failure_notice();
    notice.about.sendopts = queue::sendopt::smtputf8_requested;
    notice.recipients[0].recipient = "hard\xc3\xbc@x.test";
    const std::string text = text_of(notice, small_original(), settings);
    CHECK(has(text, "Final-Recipient: utf-8; hard\xc3\xbc@x.test\n"));
    CHECK(has(text, "Content-Type: message/global-delivery-status\n"));
    CHECK(has(text, "Content-Type: message/global\n"));
}

TEST_CASE("A sender hears of what it asked for", "[bounce]") {
    std::vector<queue::LogEntry> entries(4);
    entries[1].notify = 1;
    entries[2].notify = 4;
    entries[3].notify = 8;
    CHECK(wanted_by_sender(entries, 4).size() == 2);
    CHECK(wanted_by_sender(entries, 8).size() == 2);
}

}  // namespace postrider::bounce

// lib/delivery/bounce_template_test.cc - template files, bounce(5).
#include "lib/delivery/bounce_template.h"

#include <catch2/catch.hpp>

#include "lib/delivery/verp.h"

namespace postrider::delivery {

TEST_CASE("A template file replaces the templates it defines", "[delivery]") {
    BounceTemplates templates;
    REQUIRE(
        templates.read("# comment\n\nfailure_template = <<EOF\nCharset: utf-8\n"
                       "From: MAILER-DAEMON (Own)\nsubject: Own subject\n\nFirst line, $$5\nEOF\n"));
    const BounceTemplate& failure = templates[TemplateKind::failure];
    CHECK(failure.charset == "utf-8");
    CHECK(failure.from == "MAILER-DAEMON (Own)");
    CHECK(failure.subject == "Own subject");
    CHECK(failure.postmaster_subject == "Postmaster Copy: Undelivered Mail");
    CHECK(failure.text == "First line, $$5\n");
    CHECK(templates[TemplateKind::delay].subject == "Delayed Mail (still being retried)");
    CHECK(expand_template(failure, Settings::from_text("")) == "First line, $5\n");
}

TEST_CASE("A broken template file is an error with its line", "[delivery]") {
    for (const char* bad :
         {"failure_template = text\n", "failure_template = <<EOF\n\nno end\n",
          "other_template = <<EOF\n\nEOF\n", "failure_template = <<EOF\n\n\xc3\xbc\nEOF\n"}) {
        BounceTemplates templates;
        const Result<void> read = templates.read(bad);
        REQUIRE_FALSE(read.ok());
        CHECK(read.error().substr(0, 6) == "line 1");
    }
}

TEST_CASE("Times in templates are shown in the unit of the suffix", "[delivery]") {
    const Settings settings = Settings::from_text(
        "delay_warning_time = 4h\nmaximal_queue_lifetime = 5d\n"
        "myhostname = mx.example.test\n");
    BounceTemplate notice;
    notice.text =
        "$delay_warning_time_hours $delay_warning_time_minutes $maximal_queue_lifetime_days $myhostname";
    CHECK(expand_template(notice, settings) == "4 240 5 mx.example.test");
}

TEST_CASE("A VERP sender names the recipient", "[delivery]") {
    CHECK(verp_sender("+=", "list@example.org", "user@example.com", "here.test") ==
          "list+user=example.com@example.org");
    CHECK(verp_sender("-%", "list", "user", "here.test") == "list-user%here.test@here.test");
}

}  // namespace postrider::delivery

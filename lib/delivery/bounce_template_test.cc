// lib/delivery/bounce_template_test.cc - template files, bounce(5).
#include "lib/delivery/bounce_template.h"

#include <catch2/catch.hpp>

#include "lib/delivery/verp.h"

namespace postrider::delivery {

TEST_CASE("A template file replaces the templates it defines", "[delivery]") {
    BounceTemplates templates;
    REQUIRE(templates
                .read("# comment\n\nfailure_template = <<EOF\nCharset: utf-8\n"
                      "From: MAILER-DAEMON (Own)\nsubject: Own subject\n\nFirst line, $$5\nEOF\n")
                .empty());
    const BounceTemplate& failure = templates[TemplateKind::failure];
    CHECK(failure.charset == "utf-8");
    CHECK(failure.from == "MAILER-DAEMON (Own)");
    CHECK(failure.subject == "Own subject");
    CHECK(failure.postmaster_subject == "Postmaster Copy: Undelivered Mail");
    CHECK(failure.text == "First line, $$5\n");
    CHECK(templates[TemplateKind::delay].subject == "Delayed Mail (still being retried)");
    CHECK(expand_template(failure, Settings::from_text("")) == "First line, $5\n");
}

TEST_CASE("A template with a mistake is told of, and the built-in one stays", "[delivery]") {
    struct Row {
        const char* text;
        const char* problem;
    };
    const Row rows[] = {
        {"failure_template = text\n", ", line 1: expected NAME = <<EOF -- ignoring this line"},
        {"other_template = <<EOF\n\nx\nEOF\n",
         ", line 4: unknown template name: other_template -- ignoring this template"},
        {"failure_template = <<EOF\nBogus: x\n\nx\nEOF\n",
         ": unknown \"Bogus\" header label in failure template -- ignoring this template"},
        {"failure_template = <<EOF\nSubject: x\nEOF\n",
         ": missing message text in failure template -- ignoring this template"},
        {"failure_template = <<EOF\nSubject: \xc3\xbc\n\nx\nEOF\n",
         ": non-ASCII \"Subject\" header value in failure template -- ignoring this template"},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        BounceTemplates templates;
        CHECK(templates.read(row.text) == std::vector<std::string>{row.problem});
        CHECK(templates[TemplateKind::failure].subject == "Undelivered Mail Returned to Sender");
    }
}

TEST_CASE("A template without its end counts, and is told of", "[delivery]") {
    BounceTemplates templates;
    CHECK(templates.read("failure_template =\n  <<EOF\n\nmine\n") ==
          std::vector<std::string>{", line 5: missing \"EOF\" end marker"});
    CHECK(templates[TemplateKind::failure].text == "mine\n");
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
    CHECK(verp_sender("+=", "list@example.org", "user@example.com", "", "here.test") ==
          "list+user=example.com@example.org");
    CHECK(verp_sender("+=", "list@example.org", "user@example.com", "alias@example.net", "here.test") ==
          "list+alias=example.net@example.org");
    CHECK(verp_sender("-%", "list", "user", "", "here.test") == "list-user%here.test@here.test");
}

}  // namespace postrider::delivery

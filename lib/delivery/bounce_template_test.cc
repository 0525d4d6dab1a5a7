// lib/delivery/bounce_template_test.cc - template files, bounce(5).
#include "lib/delivery/bounce_template.h"

#include <catch2/catch.hpp>

#include "lib/delivery/verp.h"

namespace postrider::delivery {

namespace {

std::vector<std::string> problems_of(BounceTemplates& templates, const std::string& text) {
    std::vector<std::string> problems;
    const Result<void> read = templates.read(text, "file", problems);
    if (!read) problems.push_back("fatal: " + read.error());
    return problems;
}

std::string expanded(const std::string& text, const std::string& main_cf) {
    BounceTemplate notice;
    notice.kind = "delay";
    notice.text = text + "\n";
    const Result<std::string> result = expand_template(notice, Settings::from_text(main_cf));
    return result ? *result : "error: " + result.error();
}

}  // namespace

TEST_CASE("A template file replaces the templates it defines", "[delivery]") {
    BounceTemplates templates;
    REQUIRE(problems_of(templates,
                        "# comment\n\nfailure_template = <<EOF\nCharset: utf-8\n"
                        "From: MAILER-DAEMON (Own)\nsubject : Own subject\n\n\nFirst line, $$5\nEOF\n"
                        "success_template = one line\n")
                .empty());
    const BounceTemplate& failure = templates[TemplateKind::failure];
    CHECK(failure.charset == "utf-8");
    CHECK(failure.from == "MAILER-DAEMON (Own)");
    CHECK(failure.subject == "Own subject");
    CHECK(failure.postmaster_subject == "Postmaster Copy: Undelivered Mail");
    CHECK(failure.text == "First line, $$5\n");
    CHECK(templates[TemplateKind::success].text == "one line\n");
    CHECK(templates[TemplateKind::delay].subject == "Delayed Mail (still being retried)");
    CHECK(*expand_template(failure, Settings::from_text("")) == "First line, $5\n");
}

TEST_CASE("A line of a template that is no header begins the text", "[delivery]") {
    const char* const rows[] = {" Subject: folded", "some words: with a colon", "words", "  "};
    for (const std::string line : rows) {
        INFO(line);
        BounceTemplates templates;
        CHECK(
            problems_of(templates, "delay_template = <<EOF\nSubject: s\n" + line + "\nmore\nEOF\n").empty());
        CHECK(templates[TemplateKind::delay].text == (line == "  " ? "more\n" : line + "\nmore\n"));
    }
}

TEST_CASE("A template with a mistake is told of, and the built-in one stays", "[delivery]") {
    struct Row {
        const char* text;
        const char* problem;
    };
    const Row rows[] = {
        {"other_template = <<EOF\n\nx\nEOF\n",
         "file, line 5: unknown template name: other_template -- ignoring this template"},
        {"failure_template = <<EOF\nBogus: x\n\nx\nEOF\n",
         "file: unknown \"Bogus\" header label in failure template -- ignoring this template"},
        {"failure_template = <<EOF\nFrom:\n\nx\nEOF\n",
         "file: empty \"From\" header value in failure template -- ignoring this template"},
        {"success_template = <<EOF\npostmaster-subject: a\n\nx\nEOF\n",
         "file: inapplicable \"Postmaster-Subject\" header label in success template -- ignoring this "
         "template"},
        {"failure_template = <<EOF\nSubject: x\n\n\nEOF\n",
         "file: missing message text in failure template -- ignoring this template"},
        {"failure_template =\n", "file: missing message text in failure template -- ignoring this template"},
        {"failure_template = <<EOF\nSubject: \xc3\xbc\n\nx\nEOF\n",
         "file: non-ASCII \"Subject\" header value in failure template -- ignoring this template"},
        {"failure_template\n", "fatal: file, line 2: missing '=' after attribute name: \"failure_template\""},
        {"failure_template = <<\n", "fatal: file, line 2: missing end marker after <<"},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        BounceTemplates templates;
        CHECK(problems_of(templates, row.text) == std::vector<std::string>{row.problem});
        CHECK(templates[TemplateKind::failure].subject == "Undelivered Mail Returned to Sender");
    }
}

TEST_CASE("The last template of a kind counts, even one of no use", "[delivery]") {
    BounceTemplates templates;
    CHECK(problems_of(templates, "delay_template = <<EOF\nX: y\n\nx\nEOF\ndelay_template = mine\n").empty());
    CHECK(templates[TemplateKind::delay].text == "mine\n");
    templates = BounceTemplates();
    problems_of(templates, "delay_template = mine\ndelay_template = <<EOF\nX: y\n\nx\nEOF\n");
    CHECK(templates[TemplateKind::delay].text == BounceTemplates()[TemplateKind::delay].text);
}

TEST_CASE("Text that is not ASCII needs another charset", "[delivery]") {
    BounceTemplates templates;
    CHECK(problems_of(templates, "delay_template = <<EOF\n\n\xc3\xbc\nEOF\n") ==
          std::vector<std::string>{"file: 8-bit message text in delay template",
                                   "please specify a charset value other than us-ascii",
                                   "-- ignoring this template for now"});
}

TEST_CASE("A template without its end counts, and is told of", "[delivery]") {
    BounceTemplates templates;
    CHECK(problems_of(templates, "failure_template = <<EOF\n\nmine\nEOF \n") ==
          std::vector<std::string>{"file, line 5: missing \"EOF\" end marker"});
    CHECK(templates[TemplateKind::failure].text == "mine\nEOF \n");
}

TEST_CASE("Times in templates are shown in the unit of the suffix, rounded down", "[delivery]") {
    const std::string main_cf = "delay_warning_time = 5399s\nmaximal_queue_lifetime = 6d\n";
    CHECK(expanded("$delay_warning_time_minutes $delay_warning_time_hours", main_cf) == "89 1\n");
    CHECK(expanded("${maximal_queue_lifetime_days} $(maximal_queue_lifetime_weeks)", main_cf) == "6 0\n");
    CHECK(expanded("$maximal_queue_lifetime", main_cf) == "6d\n");
    CHECK(expanded("ok\n$delay_warning_time_years", main_cf) ==
          "error: [built-in]: unrecognized suffix \"years\" in parameter \"delay_warning_time_years\"");
}

TEST_CASE("A name in a template must mean something", "[delivery]") {
    CHECK(expanded("a\nb $nosuch c", "") ==
          "error: [built-in]: undefined $name in delay template: b $nosuch c");
    CHECK(expanded("${nosuch?x}", "") == "\n");
    CHECK(expanded("a ${b", "") == "error: [built-in]: bad $name syntax in delay template: a ${b");
    BounceTemplate notice = BounceTemplates()[TemplateKind::failure];
    notice.text = "$nosuch\n";
    CHECK(expand_template_or_built_in(notice, Settings::from_text("")) ==
          *expand_template(BounceTemplates()[TemplateKind::failure], Settings::from_text("")));
}

TEST_CASE("A VERP sender names the recipient", "[delivery]") {
    CHECK(verp_sender("+=", "list@example.org", "user@example.com", "", "here.test") ==
          "list+user=example.com@example.org");
    CHECK(verp_sender("+=", "list@example.org", "user@example.com", "alias@example.net", "here.test") ==
          "list+alias=example.net@example.org");
    CHECK(verp_sender("-%", "list", "user", "", "here.test") == "list-user@here.test");
}

}  // namespace postrider::delivery

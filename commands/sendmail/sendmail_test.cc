// commands/sendmail/sendmail_test.cc - options, input lines and header recipients of sendmail(1).
#include <unistd.h>

#include <catch2/catch.hpp>

#include "commands/sendmail/message_text.h"
#include "commands/sendmail/options.h"
#include "lib/base/fd.h"

using namespace postrider;
using namespace postrider::sendmail;

namespace {

Options parsed(const std::vector<std::string>& words, std::string_view program = "sendmail") {
    Result<Options> options = parse_options(program, words);
    REQUIRE(options);
    return *options;
}

// Lines joined by '|', '+' behind a piece whose line goes on.
std::string lines_of(std::string_view input, MessageLines::Rules rules = {}) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const Fd from(ends[0]);
    Fd to(ends[1]);
    REQUIRE(write_all(to.get(), input.data(), input.size()));
    to.reset();
    MessageLines lines(from.get(), rules);
    std::string out;
    while (const auto piece = lines.next()) out += piece->text + (piece->line_end ? "|" : "+");
    return out;
}

std::vector<std::string> recipients_of(const std::vector<std::string>& lines) {
    HeaderRecipients header(100);
    for (const std::string& line : lines) header.take_line(line);
    return header.finish();
}

}  // namespace

TEST_CASE("Options that mean nothing here are accepted with their arguments", "[sendmail]") {
    const Options options = parsed({"-oem", "-odi", "-om", "-U", "-h", "7", "-L", "tag", "-Am", "-p", "proto",
                                    "-i", "-Oqueue=x", "alice", "-f", "x"});
    CHECK(options.mode == Mode::submit);
    CHECK_FALSE(options.ends_at_dot);
    CHECK(options.recipients == std::vector<std::string>{"alice", "-f", "x"});
}

TEST_CASE("The sender is joined to -f or the next word", "[sendmail]") {
    CHECK(parsed({"-fa@b", "c"}).sender == "a@b");
    CHECK(parsed({"-f", "a@b", "c"}).sender == "a@b");
    CHECK(parsed({"-tif", "a@b"}).sender == "a@b");
    CHECK(parsed({"-r", "", "c"}).sender == "");
    CHECK_FALSE(parsed({"c"}).sender);
    CHECK_FALSE(parse_options("sendmail", {"-f"}));
}

TEST_CASE("Modes are chosen by -b, -q, -I and the program's name", "[sendmail]") {
    CHECK(parsed({"-bp"}).mode == Mode::list_queue);
    CHECK(parsed({}, "mailq").mode == Mode::list_queue);
    CHECK(parsed({}, "newaliases").mode == Mode::new_aliases);
    CHECK(parsed({"-bi"}).mode == Mode::new_aliases);
    CHECK(parsed({"-bs"}).mode == Mode::smtp);
    CHECK(parsed({"-q"}).mode == Mode::flush);
    CHECK(parsed({"-qI12345A"}).argument == "12345A");
    CHECK(parsed({"-qRexample.com"}).mode == Mode::flush_site);
    CHECK(parsed({"-bd", "-q30m"}).mode == Mode::start);
    CHECK(parsed({"-bv", "x"}).verify_only);
    CHECK_FALSE(parse_options("sendmail", {"-bz"}));
    CHECK_FALSE(parse_options("sendmail", {"-qX"}));
    CHECK_FALSE(parse_options("sendmail", {"-n"}));
    CHECK_FALSE(parse_options("sendmail", {"-z"}));
}

TEST_CASE("Delivery notifications and VERP", "[sendmail]") {
    const Options options = parsed({"-N", "success,delay", "-R", "hdrs", "-V", "id9", "-B8BITMIME", "x"});
    CHECK(options.notify == 10);
    CHECK(options.ret == 2);
    CHECK(options.envelope_id == "id9");
    CHECK(options.encoding == "8bit");
    CHECK(parsed({"-N", "never,sometimes", "x"}).warnings ==
          std::vector<std::string>{"unknown DSN NOTIFY command value \"sometimes\" in \"never,sometimes\"",
                                   "bad -N option value -- ignored"});
    CHECK(parsed({"-N", "never,delay", "x"}).warnings.size() == 1);
    CHECK(parsed({"-XV", "x"}).verp == "");
    CHECK(parsed({"-XV+=", "x"}).verp == "+=");
    CHECK(parsed({"-V+=", "x"}).verp == "+=");
    const Options old = parsed({"-V", "xy", "z"});
    CHECK(old.verp == "");
    CHECK(old.recipients == std::vector<std::string>{"xy", "z"});
    CHECK(parsed({"-V", "-f", "anna", "x"}).verp == "");
    CHECK(parsed({"-V", "-f", "anna", "x"}).sender == "anna");
    CHECK_FALSE(parse_options("sendmail", {"-X", "log"}));
    CHECK_FALSE(parse_options("sendmail", {"-B9BIT"}));
}

TEST_CASE("Letters that are no options are complained of as getopt does", "[sendmail]") {
    using Lines = std::vector<std::string>;
    CHECK(option_complaints({"-i", "-d1", "-y", "x", "-Q"}) ==
          Lines{"invalid option -- 'd'", "invalid option -- '1'", "invalid option -- 'y'",
                "invalid option -- 'd'"});
    CHECK(option_complaints({"-f", "-y", "-F"}) == Lines(2, "option requires an argument -- 'F'"));
    CHECK(option_complaints({"-q", "-V", "+=", "-y"}).empty());
    CHECK(parse_options("sendmail", {"-y"}).error() == bad_option);
    CHECK(parse_options("sendmail", {"-f"}).error() == bad_option);
}

TEST_CASE("Input lines lose mbox lines in front and CRs at the end", "[sendmail]") {
    CHECK(lines_of("From a\n>From b\nSubject: x\n\nFrom c\n") == "Subject: x||From c|");
    CHECK(lines_of("a\r\nb\r\r\nc") == "a|b|c|");
    CHECK(lines_of("From a") == "From a|");
    MessageLines::Rules rules;
    rules.line_ends = MessageLines::LineEnds::strip_if_first_has_cr;
    CHECK(lines_of("a\nb\r\n", rules) == "a|b\r|");
    CHECK(lines_of("a\r\nb\r\n", rules) == "a|b|");
    rules.line_ends = MessageLines::LineEnds::keep;
    CHECK(lines_of("a\r\n", rules) == "a\r|");
    CHECK(lines_of("") == "");
}

TEST_CASE("A lone dot ends the input unless told otherwise", "[sendmail]") {
    CHECK(lines_of("a\n.\nb\n") == "a|");
    MessageLines::Rules rules;
    rules.ends_at_dot = false;
    CHECK(lines_of("a\n.\nb\n", rules) == "a|.|b|");
    rules.ends_at_dot = true;
    rules.limit = 4;
    CHECK(lines_of("aaaa.\n..\n", rules) == "aaaa+.|..|");
}

TEST_CASE("Long lines come in pieces", "[sendmail]") {
    MessageLines::Rules rules;
    rules.limit = 5;
    CHECK(lines_of("123456789012\nx\n", rules) == "12345+67890+12|x|");
    rules.limit = 20000;
    CHECK(lines_of(std::string(50000, 'y'), rules).size() == 50003);
}

TEST_CASE("sendmail -t takes To, Cc and Bcc, or the Resent- ones", "[sendmail]") {
    CHECK(recipients_of({"To: a, b (B)", "\t, c", "Subject: x", "bcc: d", "", "To: e"}) ==
          std::vector<std::string>{"a", "b", "c", "d"});
    CHECK(recipients_of({"To: a", "Resent-To: r"}) == std::vector<std::string>{"r"});
    CHECK(recipients_of({"To: a", "Resent-From: r"}) == std::vector<std::string>{"a"});
    CHECK(recipients_of({"To: a", "Resent-Cc:"}).empty());
    CHECK(recipients_of({"no header", "To: a"}).empty());
}

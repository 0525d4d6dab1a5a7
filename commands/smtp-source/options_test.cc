// commands/smtp-source/options_test.cc - what smtp-source(1) sends.
#include "commands/smtp-source/options.h"

#include <catch2/catch.hpp>

using namespace postrider::smtp_source;

TEST_CASE("Later recipients have a number in front", "[smtp-source]") {
    Options options;
    options.recipient = "r@x";
    options.recipients = 3;
    CHECK(recipient_name(options, 0, 0) == "r@x");
    CHECK(recipient_name(options, 5, 2) == "3r@x");
    options.number_recipients = true;
    CHECK(recipient_name(options, 1, 0) == "4r@x");
}

TEST_CASE("A message has a header, a body of the length asked for, and an end", "[smtp-source]") {
    Options options;
    options.sender = "s@x";
    options.recipient = "r@x";
    options.subject = "hello";
    options.length = 200;
    const std::string text = message_text(options, 1);
    CHECK(text.starts_with("From: <s@x>\r\nTo: <r@x>\r\n"));
    CHECK(text.find("\r\nSubject: hello\r\n\r\nXXX") != std::string::npos);
    CHECK(text.ends_with("X\r\n.\r\n"));
    const std::size_t body = text.size() - text.find("\r\n\r\n") - 4 - 3;
    CHECK(body >= 198);
    CHECK(body <= 202);
    options.bare = true;
    options.length = 10;
    CHECK(message_text(options, 1) == "XXXXXXXXXX\r\n.\r\n");
}

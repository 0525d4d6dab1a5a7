// lib/mail/probe_sender_test.cc
#include "lib/mail/probe_sender.h"

#include <catch2/catch.hpp>
#include <memory>

#include "lib/config/settings.h"

using namespace postrider;

namespace {
mail::ProbeSender sender_of(const std::string& main_cf) {
    static std::unique_ptr<Settings> settings;
    settings = std::make_unique<Settings>(Settings::from_text("myorigin = example.com\n" + main_cf));
    return mail::ProbeSender(*settings);
}
}  // namespace

TEST_CASE("the sender of probes is double-bounce unless main.cf says otherwise", "[mail]") {
    const mail::ProbeSender plain = sender_of("");
    CHECK(plain.at(0) == "double-bounce@example.com");
    CHECK(plain.matches("Double-Bounce@EXAMPLE.com", 12345));
    CHECK_FALSE(plain.matches("double-bounce@elsewhere.example", 12345));
    CHECK(sender_of("address_verify_sender = <>\n").at(0).empty());
    CHECK_FALSE(sender_of("address_verify_sender =\n").matches("", 0));
    CHECK(sender_of("address_verify_sender = probe@a.example\n").at(0) == "probe@a.example");
}

TEST_CASE("a sender of probes that changes is known for three periods", "[mail]") {
    const mail::ProbeSender changing = sender_of("address_verify_sender_ttl = 100s\n");
    CHECK(changing.at(3099) == "double-bounceZ@example.com");
    CHECK(changing.at(3100) == "double-bounce10@example.com");
    CHECK(changing.matches("double-bounce10@example.com", 3000));
    CHECK(changing.matches("double-bounce10@example.com", 3200));
    CHECK_FALSE(changing.matches("double-bounce10@example.com", 3300));
    CHECK_FALSE(changing.matches("double-bounce@example.com", 3100));
}

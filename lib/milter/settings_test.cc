// lib/milter/settings_test.cc
#include "lib/milter/settings.h"

#include <catch2/catch.hpp>

using namespace postrider;
using namespace postrider::milter;

TEST_CASE("filters are named with their own settings or those of main.cf", "[milter]") {
    const Settings settings = Settings::from_text(
        "milter_default_action = tempfail\n"
        "milter_command_timeout = 7s\n");
    const auto filters = parse_filters(
        "inet:127.0.0.1:8891, { unix:/run/x, default_action=accept, connect_timeout = 2s, "
        "{ protocol = 2 } } local:/run/y",
        settings);
    REQUIRE(filters.ok());
    REQUIRE(filters->size() == 3);
    const FilterSettings& plain = filters->front();
    CHECK(plain.endpoint == "inet:127.0.0.1:8891");
    CHECK(plain.default_action.reply == "451 4.7.1 Service unavailable - try again later");
    CHECK(plain.command_timeout.count() == 7);
    CHECK(plain.offer.version == 6);
    CHECK(plain.offer.protocol == 0x1fffff);
    const FilterSettings& own = (*filters)[1];
    CHECK(own.default_action.goes_on());
    CHECK(own.connect_timeout.count() == 2);
    CHECK(own.offer.version == 2);
    CHECK(own.command_timeout.count() == 7);
    CHECK((*filters)[2].endpoint == "unix:/run/y");
}

TEST_CASE("mistakes in filter lists are named", "[milter]") {
    const Settings settings = Settings::from_text("");
    for (const char* text : {"127.0.0.1:8891", "{ inet:a:1, colour=red }",
                             "{ inet:a:1, connect_timeout=soon }", "{ inet:a:1, x }"}) {
        INFO(text);
        CHECK_FALSE(parse_filters(text, settings).ok());
    }
    CHECK(parse_filters("", settings)->empty());
}

TEST_CASE("a bad default action or protocol is kept for when it matters", "[milter]") {
    const Settings settings = Settings::from_text("milter_default_action = maybe\n");
    const auto filters = parse_filters("inet:a:1 { inet:b:1, default_action=accept, protocol=5 }", settings);
    REQUIRE(filters.ok());
    CHECK((*filters)[0].bad_default_action == "maybe");
    CHECK((*filters)[0].default_action.reply.starts_with("451 4.3.5 "));
    CHECK((*filters)[1].bad_default_action.empty());
    CHECK((*filters)[1].default_action.goes_on());
    CHECK((*filters)[1].bad_protocol == "5");
}

TEST_CASE("default actions", "[milter]") {
    CHECK(parse_default_action("shutdown")->reply.starts_with("421 "));
    CHECK(parse_default_action("reject")->reply == "550 5.5.0 Service unavailable");
    CHECK(parse_default_action("quarantine")->kind == Verdict::Kind::hold);
    CHECK_FALSE(parse_default_action("").ok());
}

TEST_CASE("macros have lists, constants and defaults", "[milter]") {
    const Settings settings = Settings::from_text(
        "myhostname = mx.test\n"
        "milter_macro_daemon_name = front\n"
        "milter_mail_macros = i {x}\n"
        "milter_macro_defaults = auth_type=none, {x}=1, { y = a b }\n");
    const MacroSettings macros(settings);
    CHECK((*macros.names)[static_cast<std::size_t>(MacroStage::mail)] ==
          std::vector<std::string>{"i", "{x}"});
    CHECK((*macros.names)[static_cast<std::size_t>(MacroStage::connect)].size() == 5);
    CHECK(macros.constant("j") == "mx.test");
    CHECK(macros.constant("daemon_name") == "front");
    CHECK(macros.defaults.at("auth_type") == "none");
    CHECK(macros.defaults.at("x") == "1");
    CHECK(macros.defaults.at("y") == "a b");
}

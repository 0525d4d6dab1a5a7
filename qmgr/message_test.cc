// qmgr/message_test.cc - when the next attempt is, and what a request says.
#include "qmgr/message.h"

#include <catch2/catch.hpp>

#include "qmgr/route.h"
#include "qmgr/service.h"

namespace postrider::qmgr {

TEST_CASE("A message is left alone for as long as it is old, within the limits", "[qmgr]") {
    CHECK(next_attempt_after(10'000, 9'990, 300, 4000) == 300);
    CHECK(next_attempt_after(10'000, 9'000, 300, 4000) == 1000);
    CHECK(next_attempt_after(10'000, 1'000, 300, 4000) == 4000);
    CHECK(next_attempt_after(10'000, 20'000, 300, 4000) == 300);  // the clock was set back
    CHECK(next_attempt_after(10'000, 0, 300, 4000) == 300);
}

TEST_CASE("A request carries what the agent logs and forwards", "[qmgr]") {
    Message message;
    message.id = "ABC123";
    message.envelope.sender = "list@example.org";
    message.envelope.verp_delimiters = "+=";
    message.envelope.trace_flags = delivery::request_flag::record | 1 << 20;
    delivery::Recipient recipient;
    recipient.recipient = "anna@example.com";
    const delivery::Request request = request_for(message, "example.com", {recipient}, true, "example.org");
    CHECK(request.sender == "list+anna=example.com@example.org");
    CHECK(request.log_ident == "ABC123");
    CHECK(request.rewrite_context == "local");
    namespace flag = delivery::request_flag;
    CHECK(request.flags ==
          (flag::delete_on_success | flag::record | flag::connection_load | flag::connection_store));
}

TEST_CASE("Content filters and resolver answers become routes", "[qmgr]") {
    const Settings settings = Settings::from_text(
        "defer_transports = uucp\ndouble_bounce_sender = dbl\n"
        "recipient_delimiter = +\n");
    const RouteRules rules(settings);
    Message message;
    message.envelope.sender = "a@example.org";

    message.envelope.content_filter = "scan:[127.0.0.1]:10024";
    CHECK(route_by_filter(message, "b@example.com", rules)->nexthop == "[127.0.0.1]:10024");
    message.envelope.content_filter = "scan:";
    CHECK(route_by_filter(message, "b@example.com", rules)->nexthop == "example.com");
    message.envelope.content_filter = "uucp:site";
    CHECK(route_by_filter(message, "b@example.com", rules)->nexthop == "4.3.2 deferred transport");
    message.envelope.content_filter.clear();
    CHECK_FALSE(route_by_filter(message, "b@example.com", rules).has_value());

    ipc::Resolved resolved;
    resolved.transport = "smtp";
    resolved.nexthop = "Example.com";
    resolved.recipient = "Anna+x@example.com";
    const Route plain = route_of(resolved, "anna", message, rules);
    CHECK(plain.transport == "smtp");
    TransportLimits limits;
    CHECK(destination_key(plain, limits, rules) == "example.com");
    limits.recipient_limit = 1;
    CHECK(destination_key(plain, limits, rules) == "anna@example.com");

    resolved.transport = "uucp";
    CHECK(route_of(resolved, "anna", message, rules).nexthop == "4.3.2 deferred transport");
    message.flushed = true;
    CHECK(route_of(resolved, "anna", message, rules).transport == "uucp");

    resolved.address_class = ipc::AddressClass::local;
    resolved.recipient = "DBL@example.org";
    CHECK(route_of(resolved, "anna", message, rules).discard);
    resolved.invalid = true;
    CHECK(route_of(resolved, "anna", message, rules).nexthop == "5.1.3 bad address syntax");
    CHECK(route_of(Error{"no service"}, "anna", message, rules).nexthop == "4.3.0 address resolver failure");
}

TEST_CASE("Announcements and trigger bytes come over one socket", "[qmgr]") {
    std::string announced;
    std::string obeyed;
    const auto announce = [&](queue::Queue queue, std::string id) {
        announced += std::string(queue_name(queue)) + " " + id + ";";
    };
    const auto obey = [&](std::string_view bytes) { obeyed += bytes; };
    std::string input = "FAincoming ABC1\nincoming ../x\nWincoming AB";
    take_requests(input, announce, obey);
    CHECK(announced == "incoming ABC1;");
    CHECK(obeyed == "FAW");
    CHECK(input == "incoming AB");
    input += "C2\ndeferred ABC3\ndelayed ABC4\n";
    take_requests(input, announce, obey);
    CHECK(announced == "incoming ABC1;incoming ABC2;deferred ABC3;");
    CHECK(input.empty());
}

TEST_CASE("Random backoff stays within its share, and is off without one", "[qmgr]") {
    CHECK(spread_backoff(300, 0, 12345) == 300);
    CHECK(spread_backoff(1, 10, 12345) == 1);
    std::int64_t shortest = 300, longest = 300;
    for (std::uint64_t random = 0; random < 1000; ++random) {
        shortest = std::min(shortest, spread_backoff(300, 20, random));
        longest = std::max(longest, spread_backoff(300, 20, random));
    }
    CHECK(shortest == 240);
    CHECK(longest == 360);
    CHECK(spread_backoff(300, 100, 0) == 1);
}

}  // namespace postrider::qmgr

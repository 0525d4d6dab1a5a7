// services/trivial-rewrite/resolver_test.cc
#include "services/trivial-rewrite/resolver.h"

#include <catch2/catch.hpp>

#include "lib/async/loop.h"
#include "services/trivial-rewrite/service.h"
#include "services/trivial-rewrite/transport_map.h"

using namespace postrider;
using namespace postrider::rewrite;

namespace {

constexpr const char* usual = R"(
myhostname = mx.example.test
mydomain = example.test
myorigin = example.test
mydestination = example.test, mx.example.test
inet_interfaces = 127.0.0.1
proxy_interfaces =
virtual_alias_domains = alias.test
virtual_alias_maps =
virtual_mailbox_domains = box.test
virtual_mailbox_maps =
relay_domains = relay.test
recipient_delimiter = +
)";

ipc::Resolved resolve(const std::string& more, std::string sender, std::string recipient,
                      ipc::ResolveFor purpose = ipc::ResolveFor::delivery) {
    const Settings settings = Settings::from_text(usual + more);
    const Resolver resolver(settings);
    Result<ipc::Resolved> answer =
        async::run(resolver.resolve(std::move(sender), std::move(recipient), purpose));
    REQUIRE(answer.ok());
    return *answer;
}

// "transport:nexthop recipient"
std::string route(const std::string& more, std::string recipient, std::string sender = "s@sender.test") {
    const ipc::Resolved got = resolve(more, std::move(sender), std::move(recipient));
    return got.transport + ":" + got.nexthop + " " + got.recipient;
}

}  // namespace

TEST_CASE("each address class has its transport and next hop", "[rewrite]") {
    const struct {
        const char* recipient;
        const char* route;
        ipc::AddressClass address_class;
    } rows[] = {
        {"joe@example.test", "local:mx.example.test joe@example.test", ipc::AddressClass::local},
        {"joe", "local:mx.example.test joe@mx.example.test", ipc::AddressClass::local},
        {"joe@[127.0.0.1]", "local:mx.example.test joe@[127.0.0.1]", ipc::AddressClass::local},
        {"a@alias.test", "error:5.1.1 User unknown in virtual alias table a@alias.test",
         ipc::AddressClass::virtual_alias},
        {"b@box.test", "virtual:box.test b@box.test", ipc::AddressClass::virtual_mailbox},
        {"c@relay.test", "relay:relay.test c@relay.test", ipc::AddressClass::relay},
        {"c@sub.relay.test", "relay:sub.relay.test c@sub.relay.test", ipc::AddressClass::relay},
        {"d@else.test", "smtp:else.test d@else.test", ipc::AddressClass::other},
    };
    for (const auto& row : rows) {
        INFO(row.recipient);
        CHECK(route("", row.recipient) == row.route);
        CHECK(resolve("", "s@x", row.recipient).address_class == row.address_class);
    }
}

TEST_CASE("our own domains and operators are peeled off until the domain that decides", "[rewrite]") {
    CHECK(route("", "d%else.test@example.test") == "smtp:else.test d@else.test");
    CHECK(route("", "else.test!d@example.test") == "smtp:else.test d@else.test");
    CHECK(route("", "d@else.test@example.test") == "smtp:else.test d@else.test");
    CHECK(route("", "x\"y@else.test") == "smtp:else.test x\"y@else.test");
    CHECK(route("", "@example.test") == "local:mx.example.test MAILER-DAEMON@example.test");
    CHECK(route("", "") == "local:mx.example.test MAILER-DAEMON@mx.example.test");
    CHECK_FALSE(resolve("", "", "d@else.test").routed);
    CHECK(resolve("", "", "d%third.test@relay.test").routed);
    CHECK(resolve("", "", "d@third.test@relay.test").routed);
    CHECK(resolve("", "", "third.test!d@relay.test").routed);
    // Whoever delivers to our own users may know operators that we leave alone.
    const std::string untouched =
        "swap_bangpath = no\nallow_percent_hack = no\nresolve_dequoted_address = no\n";
    for (const char* left :
         {"d%third.test@example.test", "third.test!d@example.test", "\"d@third.test\"@example.test"}) {
        INFO(left);
        CHECK(resolve(untouched, "", left).routed);
        CHECK(resolve(untouched, "", left).address_class == ipc::AddressClass::local);
    }
}

TEST_CASE("a user without a domain is of this host, which need not be local", "[rewrite]") {
    CHECK(resolve("mydestination = example.test\n", "", "joe").address_class == ipc::AddressClass::other);
    CHECK(resolve("mydestination = example.test, mx.example.test\n", "", "joe").address_class ==
          ipc::AddressClass::local);
}

TEST_CASE("no entry of transport_maps gives a virtual alias domain other users", "[rewrite]") {
    CHECK(route("transport_maps = inline:{{* = smtp:b.test}}\n", "gone@alias.test") ==
          "error:5.1.1 User unknown in virtual alias table gone@alias.test");
}

TEST_CASE("domains that are no names are invalid", "[rewrite]") {
    for (const char* bad : {"u@1.2.3.4", "u@a..b", "u@-x.test", "u@[1.2.3]", "u@b_ d.test", "-u@else.test"})
        CHECK(resolve("", "", bad).invalid);
    for (const char* good : {"u@a_b.test", "u@[1.2.3.4]", "u@[IPv6:::1]"})
        CHECK_FALSE(resolve("", "", good).invalid);
    CHECK_FALSE(resolve("resolve_numeric_domain = yes\n", "", "u@1.2.3.4").invalid);
    CHECK(resolve("resolve_numeric_domain = yes\n", "", "u@1.2.3.4").recipient == "u@[1.2.3.4]");
    CHECK_FALSE(resolve("allow_min_user = yes\n", "", "-u@else.test").invalid);
}

TEST_CASE("the next hop comes from the sender's relay, the relayhost, or the domain", "[rewrite]") {
    const std::string settings =
        "relayhost = [gateway.test]\n"
        "sender_dependent_relayhost_maps = inline:{{special@x.test=[special.test]:587},{@y.test=DUNNO},"
        "{<>=[bounces.test]}}\n";
    CHECK(route(settings, "d@else.test") == "smtp:[gateway.test] d@else.test");
    CHECK(route(settings, "d@else.test", "special@x.test") == "smtp:[special.test]:587 d@else.test");
    CHECK(route(settings, "d@else.test", "a@y.test") == "smtp:[gateway.test] d@else.test");
    CHECK(route(settings, "d@else.test", "") == "smtp:[bounces.test] d@else.test");
    CHECK(route(settings, "c@relay.test") == "relay:[gateway.test] c@relay.test");
    CHECK(route(settings, "b@box.test") == "virtual:box.test b@box.test");
}

TEST_CASE("the sender may choose the default transport", "[rewrite]") {
    const std::string settings =
        "sender_dependent_default_transport_maps = inline:{{s@x.test=slow:},{t@x.test=uucp:site}}\n";
    CHECK(route(settings, "d@else.test", "s@x.test") == "slow:else.test d@else.test");
    CHECK(route(settings, "d@else.test", "t@x.test") == "uucp:site d@else.test");
    CHECK(route(settings, "c@relay.test", "s@x.test") == "relay:relay.test c@relay.test");
}

TEST_CASE("transport_maps override transport and next hop by what they name", "[rewrite]") {
    const std::string settings =
        "relayhost = gateway.test\n"
        "transport_maps = inline:{{user@x.test=error:5.2.9 no},{x.test=smtp:[hub]:26},{.sub.test=slow:},"
        "{keep.test=:},{hop.test=:[other]},{bare.test=slow},{err.test=error:},{example.test=cyrus:},"
        "{ext@y.test=a:b}}\n";
    const struct {
        const char* recipient;
        const char* route;
    } rows[] = {
        {"user@x.test", "error:5.2.9 no"},
        {"user+ext@x.test", "error:5.2.9 no"},
        {"other@x.test", "smtp:[hub]:26"},
        {"u@deep.sub.test", "slow:deep.sub.test"},
        {"u@sub.test", "smtp:gateway.test"},
        {"u@keep.test", "smtp:gateway.test"},
        {"u@hop.test", "smtp:[other]"},
        {"u@bare.test", "slow:bare.test"},
        {"u@err.test", "error:Address is undeliverable"},
        {"u@example.test", "cyrus:example.test"},
        {"u@none.test", "smtp:gateway.test"},
    };
    for (const auto& row : rows) {
        const ipc::Resolved got = resolve(settings, "", row.recipient);
        CHECK(got.transport + ":" + got.nexthop == row.route);
    }
    CHECK(route("transport_maps = inline:{{*=all:there}}\n", "u@any.test") == "all:there u@any.test");
}

TEST_CASE("relocated users have the last word", "[rewrite]") {
    const std::string settings =
        "relocated_maps = inline:{{gone@example.test=new@place.test}}\ntransport_maps = "
        "inline:{{example.test=x:y}}\n";
    CHECK(route(settings, "gone+tag@example.test") ==
          "error:5.1.6 User has moved to new@place.test gone+tag@example.test");
    CHECK(resolve(settings + "relocated_prefix_enable = no\n", "", "gone@example.test").nexthop ==
          "new@place.test");
}

TEST_CASE("verification has routes of its own", "[rewrite]") {
    const std::string settings = "relayhost = gateway.test\naddress_verify_relayhost =\n";
    CHECK(resolve(settings, "", "d@else.test").nexthop == "gateway.test");
    CHECK(resolve(settings, "", "d@else.test", ipc::ResolveFor::verification).nexthop == "else.test");
}

TEST_CASE("a table that cannot be asked is try again, never an answer", "[rewrite]") {
    for (const char* broken :
         {"transport_maps = fail:x\n", "relocated_maps = fail:x\n", "virtual_alias_domains = fail:x\n",
          "mydestination = fail:x\n", "relay_domains = fail:x\n",
          "sender_dependent_relayhost_maps = fail:x\n", "virtual_mailbox_domains = fail:x\n"}) {
        const Settings settings = Settings::from_text(std::string(usual) + broken);
        const Resolver resolver(settings);
        const Result<ipc::Resolved> answer =
            async::run(resolver.resolve("s@x", "d@else.test", ipc::ResolveFor::delivery));
        INFO(broken);
        CHECK_FALSE(answer.ok());
    }
}

TEST_CASE("names from outside are completed with the remote domain", "[rewrite]") {
    const Settings settings =
        Settings::from_text(std::string(usual) + "remote_header_rewrite_domain = domain.invalid\n");
    const Service service(settings);
    CHECK(service.rewrite("local", "joe") == "joe@example.test");
    CHECK(service.rewrite("remote", "joe") == "joe@domain.invalid");
    CHECK(service.rewrite("local", "") == "");
    CHECK(service.rewrite_external("local", "@") == "\"\"");
    CHECK(service.rewrite_external("local", "@a,@b:\"joe\"@x") == "joe@x.example.test");
}

// lib/dns/lookup_test.cc - lookups against a scripted server.
#include "lib/dns/lookup.h"

#include <fmt/core.h>

#include <catch2/catch.hpp>

#include "lib/dns/client_name.h"
#include "lib/dns/native.h"
#include "lib/dns/order.h"
#include "lib/dns/resolver_config.h"
#include "lib/dns/system_hosts.h"
#include "tests/fakes/dns_server.h"

using namespace postrider;
using namespace postrider::dns;

namespace {

Answer ask(const std::string& name, Type type, bool dnssec = false) {
    LookupOptions options;
    options.dnssec = dnssec;
    return async::run(lookup(name, type, options));
}

}  // namespace

TEST_CASE("records are found, also behind aliases", "[dns]") {
    fakes::DnsServer server(
        "a.test MX 20 m2.a.test\n"
        "a.test MX 10 m1.a.test\n"
        "m1.a.test A 192.0.2.1\n"
        "m1.a.test AAAA 2001:db8::1\n"
        "b.test CNAME a.test\n"
        "_25._tcp.m1.a.test TLSA 3 1 1 abcd\n"
        "_s._tcp.a.test SRV 5 7 587 m1.a.test\n"
        "1.2.0.192.in-addr.arpa PTR m1.a.test\n");
    CHECK(ask("a.test", Type::mx).records.size() == 2);
    const Answer alias = ask("B.test", Type::mx);
    REQUIRE(alias.ok());
    CHECK(alias.name == "a.test");
    CHECK(alias.records.at(0).target == "m2.a.test");
    CHECK(ask("m1.a.test", Type::a).records.at(0).address.host() == "192.0.2.1");
    CHECK(ask("m1.a.test", Type::aaaa).records.at(0).address.host() == "2001:db8::1");
    CHECK(ask("_25._tcp.m1.a.test", Type::tlsa).records.at(0).usage == 3);
    CHECK(ask("_s._tcp.a.test", Type::srv).records.at(0).port == 587);
    CHECK(ask("1.2.0.192.in-addr.arpa", Type::ptr).records.at(0).target == "m1.a.test");
}

TEST_CASE("every way of failing has its status and words", "[dns]") {
    fakes::DnsServer server(
        "a.test A 192.0.2.1\n"
        "broken.test SERVFAIL\n"
        "closed.test REFUSED\n"
        "slow.test TIMEOUT\n"
        "junk.test GARBAGE\n"
        "null.test MX 0 .\n"
        "loop.test CNAME loop.test\n"
        "bad.test MX 10 -a.test\n");
    struct Row {
        const char* name;
        Status status;
        const char* reason;
    };
    const Row rows[] = {
        {"none.test", Status::not_found, "name=none.test type=MX: Host not found"},
        {"a.test", Status::no_data, "name=a.test type=MX: Host found but no data record of requested type"},
        {"broken.test", Status::try_again, "name=broken.test type=MX: Host not found, try again"},
        {"closed.test", Status::try_again, "name=closed.test type=MX: Host not found, try again"},
        {"slow.test", Status::try_again, "name=slow.test type=MX: Host not found, try again"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        const Answer answer = ask(row.name, Type::mx);
        CHECK(answer.status == row.status);
        CHECK(answer.reason ==
              std::string("Host or domain name not found. Name service error for ") + row.reason);
    }
    for (const char* name : {"junk.test", "bad.test"}) {
        const Answer answer = ask(name, Type::mx);
        CHECK(answer.status == Status::invalid);
        CHECK(answer.reason == fmt::format("Name service error for name={} type=MX: Malformed or unexpected "
                                           "name server reply",
                                           name));
    }
    CHECK(ask("loop.test", Type::mx).status == Status::not_found);
    CHECK(ask("loop.test", Type::mx).reason == "Name server loop for loop.test");
    CHECK(ask("null.test", Type::mx).reason == "Domain null.test does not accept mail (nullMX)");
    CHECK(ask("a..b", Type::mx).status == Status::invalid);
}

TEST_CASE("an answer is secure only when asked for and vouched for", "[dns]") {
    fakes::DnsServer server(
        "a.test A 192.0.2.1\n"
        "a.test SECURE\n"
        "b.test A 192.0.2.1\n");
    CHECK(ask("a.test", Type::a, true).secure);
    CHECK_FALSE(ask("a.test", Type::a, false).secure);
    CHECK_FALSE(ask("b.test", Type::a, true).secure);
}

TEST_CASE("many questions at once are answered each for itself", "[dns]") {
    std::string zone;
    for (int i = 0; i < 200; ++i) zone += fmt::format("h{}.test A 192.0.2.{}\n", i, i % 250 + 1);
    fakes::DnsServer server(zone);
    auto check_one = [](int i, int* right) -> Task<> {
        const std::string name = fmt::format("h{}.test", i);
        const Answer answer = co_await lookup(name, Type::a);
        if (answer.ok() && answer.records[0].address.host() == fmt::format("192.0.2.{}", i % 250 + 1))
            ++*right;
    };
    int right = 0;
    auto all = [](decltype(check_one) one, int* count) -> Task<> {
        async::Scope scope("lookups");
        for (int i = 0; i < 200; ++i) scope.spawn(one(i, count));
        co_await scope.join();
    };
    async::run(all(check_one, &right));
    CHECK(right == 200);
}

TEST_CASE("reverse names of small networks are aliases", "[dns]") {  // RFC 2317
    fakes::DnsServer server(
        "9.2.0.192.in-addr.arpa CNAME 9.0/25.2.0.192.in-addr.arpa\n"
        "9.0/25.2.0.192.in-addr.arpa PTR host.test\n");
    CHECK(ask("9.2.0.192.in-addr.arpa", Type::ptr).records.at(0).target == "host.test");
}

TEST_CASE("a client's name is believed when it leads back to the address", "[dns]") {
    fakes::DnsServer server(
        "1.2.0.192.in-addr.arpa PTR good.test\n"
        "good.test A 192.0.2.1\n"
        "2.2.0.192.in-addr.arpa PTR liar.test\n"
        "liar.test A 192.0.2.99\n"
        "3.2.0.192.in-addr.arpa PTR nowhere.test\n"
        "4.2.0.192.in-addr.arpa PTR broken.test\n"
        "broken.test SERVFAIL\n"
        "5.2.0.192.in-addr.arpa SERVFAIL\n"
        "7.2.0.192.in-addr.arpa PTR 1.2.3.4\n");
    // Elsewhere libraries of the system do this, and their name servers are not ours to choose.
    if (!system_asks_files_then_dns()) return;
    struct Row {
        const char* address;
        const char* name;
        NameStatus status;
        const char* reverse_name;
        NameStatus reverse_status;
    };
    const Row rows[] = {
        {"192.0.2.1", "good.test", NameStatus::ok, "good.test", NameStatus::ok},
        {"192.0.2.2", "unknown", NameStatus::forged, "liar.test", NameStatus::ok},
        {"192.0.2.3", "unknown", NameStatus::forged, "nowhere.test", NameStatus::ok},
        {"192.0.2.4", "unknown", NameStatus::temporary_failure, "broken.test", NameStatus::ok},
        {"192.0.2.5", "unknown", NameStatus::temporary_failure, "unknown", NameStatus::temporary_failure},
        {"192.0.2.6", "unknown", NameStatus::permanent_failure, "unknown", NameStatus::permanent_failure},
        {"192.0.2.7", "unknown", NameStatus::permanent_failure, "unknown", NameStatus::permanent_failure},
    };
    for (const Row& row : rows) {
        INFO(row.address);
        const ClientName client = async::run(verify_client_name(*SocketAddress::from_ip(row.address, 99)));
        CHECK(client.name == row.name);
        CHECK(client.status == row.status);
        CHECK(client.reverse_name == row.reverse_name);
        CHECK(client.reverse_status == row.reverse_status);
    }
}

TEST_CASE("MX records are ordered by preference", "[dns]") {
    std::vector<Record> records(4);
    const int preferences[] = {20, 10, 30, 10};
    for (std::size_t i = 0; i < 4; ++i) {
        records[i].preference = static_cast<std::uint16_t>(preferences[i]);
        records[i].target = std::string(1, static_cast<char>('a' + i));
    }
    order_by_preference(records, Shuffle::no);
    std::string order;
    for (const Record& record : records) order += record.target;
    CHECK(order == "bdac");
    bool other_order = false;
    for (int i = 0; i < 100; ++i) {
        order_by_preference(records, Shuffle::yes);
        CHECK(records[2].target == "a");
        CHECK(records[3].target == "c");
        other_order = other_order || records[0].target == "d";
    }
    CHECK(other_order);
}

TEST_CASE("services are drawn by weight within a priority", "[dns]") {
    int heavy_first = 0;
    for (int i = 0; i < 300; ++i) {
        std::vector<Record> records(3);
        records[0].target = "light";
        records[0].weight = 1;
        records[1].target = "heavy";
        records[1].weight = 99;
        records[2].target = "later";
        records[2].preference = 5;
        order_services(records, Shuffle::yes);
        CHECK(records[2].target == "later");
        if (records[0].target == "heavy") ++heavy_first;
    }
    CHECK(heavy_first > 250);
}

TEST_CASE("resolv.conf tells search domains and patience", "[dns]") {
    const ResolverConfig config =
        parse_resolver_config("domain x.test\nsearch a.test b.test\noptions timeout:3 attempts:9 rotate\n");
    CHECK(config.search == std::vector<std::string>{"a.test", "b.test"});
    CHECK(config.timeout_seconds == 3);
    CHECK(config.attempts == 5);
}

TEST_CASE("the system resolver knows this machine", "[dns]") {
    const NativeAnswer answer = async::run(native_addresses("127.0.0.1", AF_INET));
    REQUIRE(answer.status == Status::ok);
    CHECK(answer.addresses.at(0).is_loopback());
    const NativeAnswer none = async::run(native_addresses("..", AF_INET));
    CHECK(none.status != Status::ok);
}

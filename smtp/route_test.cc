// smtp/route_test.cc - hosts of a destination.
#include "smtp/route.h"

#include <catch2/catch.hpp>

#include "smtp/test_support.h"
#include "tests/fakes/dns_server.h"

using namespace postrider;
using namespace postrider::smtp;

namespace {

const char* zone =
    "two.test MX 20 b.two.test\n"
    "two.test MX 10 a.two.test\n"
    "a.two.test A 192.0.2.1\n"
    "b.two.test A 192.0.2.2\n"
    "b.two.test AAAA 2001:db8::2\n"
    "plain.test A 192.0.2.3\n"
    "alias.test CNAME two.test\n"
    "broken.test SERVFAIL\n"
    "null.test MX 0 .\n"
    "nohost.test MX 10 not.there.test\n"
    "halfhost.test MX 10 not.there.test\n"
    "halfhost.test MX 20 broken.test\n"
    "self.test MX 10 here.test\n"
    "here.test A 192.0.2.99\n"
    "backup.test MX 20 here.test\n"
    "backup.test MX 30 b.two.test\n"
    "backup.test MX 10 a.two.test\n"
    "lost.test MX 10 broken.test\n"
    "lost.test MX 20 here.test\n"
    "_submission._tcp.srv.test SRV 10 0 2525 a.two.test\n"
    "_submission._tcp.srv.test SRV 20 0 2526 b.two.test\n";

// "a.two.test[192.0.2.1]:25 ..." or "5.4.4 reason".
std::string route(const std::string& text, const std::string& parameters = "",
                  Protocol protocol = Protocol::smtp) {
    const Settings settings = test_settings("proxy_interfaces = 192.0.2.99\n" + parameters);
    const Options options(protocol, settings);
    const auto destination = parse_destination(text, options);
    REQUIRE(destination);
    const Route found = async::run(find_route(*destination, options));
    if (found.failure) return found.failure->status + " " + found.failure->reason;
    std::string line;
    for (const Host& host : found.hosts)
        line += fmt::format("{}{}[{}]:{}", line.empty() ? "" : " ", host.name, host.address.host(),
                            host.address.port());
    return line;
}

}  // namespace

TEST_CASE("hosts are found and ordered", "[smtp]") {
    const fakes::DnsServer dns(zone);
    const std::string both = "inet_protocols = all\nsmtp_address_preference = ";
    CHECK(route("two.test") == "a.two.test[192.0.2.1]:25 b.two.test[192.0.2.2]:25");
    CHECK(route("two.test:2525") == "a.two.test[192.0.2.1]:2525 b.two.test[192.0.2.2]:2525");
    CHECK(route("two.test", both + "ipv6\n") ==
          "a.two.test[192.0.2.1]:25 b.two.test[2001:db8::2]:25 b.two.test[192.0.2.2]:25");
    CHECK(route("two.test", both + "ipv4\n") ==
          "a.two.test[192.0.2.1]:25 b.two.test[192.0.2.2]:25 b.two.test[2001:db8::2]:25");
    CHECK(route("alias.test") == route("two.test"));
    CHECK(route("plain.test") == "plain.test[192.0.2.3]:25");
    CHECK(route("[a.two.test]:26") == "a.two.test[192.0.2.1]:26");
    CHECK(route("[192.0.2.7]") == "192.0.2.7[192.0.2.7]:25");
    CHECK(route("a.two.test", "", Protocol::lmtp) == "a.two.test[192.0.2.1]:24");
    CHECK(route("two.test", "smtp_mx_address_limit = 1\n") == "a.two.test[192.0.2.1]:25");
}

TEST_CASE("every reason for having no host", "[smtp]") {
    const fakes::DnsServer dns(zone);
    const std::string not_found = "Host or domain name not found. Name service error for name=";
    CHECK(route("none.test") == "5.4.4 " + not_found + "none.test type=A: Host not found");
    CHECK(route("none.test", "inet_protocols = all\n") ==
          "5.4.4 " + not_found + "none.test type=AAAA: Host not found");
    CHECK(route("broken.test") == "4.4.3 " + not_found + "broken.test type=MX: Host not found, try again");
    CHECK(route("null.test") == "5.1.0 Domain null.test does not accept mail (nullMX)");
    CHECK(route("nohost.test") == "5.4.4 " + not_found + "not.there.test type=A: Host not found");
    CHECK(route("nohost.test", "smtp_defer_if_no_mx_address_found = yes\n").substr(0, 5) == "4.4.4");
    CHECK(route("halfhost.test") == "4.4.3 " + not_found + "broken.test type=A: Host not found, try again");
}

TEST_CASE("mail is not sent to ourselves, nor to a host that is worse", "[smtp]") {
    const fakes::DnsServer dns(zone);
    CHECK(route("self.test") == "5.4.6 mail for self.test loops back to myself");
    CHECK(route("[here.test]") == "5.4.6 mail for here.test loops back to myself");
    CHECK(route("[here.test]:2525") == "here.test[192.0.2.99]:2525");
    CHECK(route("backup.test") == "a.two.test[192.0.2.1]:25");
    CHECK(route("lost.test") == "4.4.4 unable to find primary relay for lost.test");
}

TEST_CASE("services are found by SRV records when asked for", "[smtp]") {
    const fakes::DnsServer dns(zone);
    const std::string use = "use_srv_lookup = submission\n";
    CHECK(route("srv.test:submission", use) == "a.two.test[192.0.2.1]:2525 b.two.test[192.0.2.2]:2526");
    CHECK(route("two.test:submission", use).substr(0, 5) == "5.4.4");
    CHECK(route("two.test:submission", use + "allow_srv_lookup_fallback = yes\n") ==
          "a.two.test[192.0.2.1]:587 b.two.test[192.0.2.2]:587");
    CHECK(route("two.test:587", use) == "a.two.test[192.0.2.1]:587 b.two.test[192.0.2.2]:587");
}

TEST_CASE("records may be filtered out of answers", "[smtp]") {
    const fakes::DnsServer dns(zone);
    CHECK(route("two.test", "smtp_dns_reply_filter = regexp:{{/ MX 10 / IGNORE}}\n") ==
          "b.two.test[192.0.2.2]:25");
    CHECK(route("plain.test", "smtp_dns_reply_filter = regexp:{{/./ IGNORE}}\n").substr(0, 5) == "4.7.0");
}

TEST_CASE("the address limit keeps both address families", "[smtp]") {
    const Options options(Protocol::smtp, test_settings("smtp_mx_address_limit = 4\n"));
    std::vector<Host> hosts;
    for (int i = 1; i <= 10; ++i) {
        Host host;
        host.address =
            *SocketAddress::from_ip(i <= 6 ? fmt::format("2001:db8::{}", i) : fmt::format("192.0.2.{}", i));
        hosts.push_back(host);
    }
    limit_hosts(hosts, options);
    std::string kept;
    for (const Host& host : hosts) kept += host.address.host() + " ";
    CHECK(kept == "2001:db8::1 2001:db8::2 192.0.2.7 192.0.2.8 ");
}

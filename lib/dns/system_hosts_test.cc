// lib/dns/system_hosts_test.cc - the hosts file.
#include "lib/dns/system_hosts.h"

#include <catch2/catch.hpp>

using namespace postrider;
using namespace postrider::dns;

TEST_CASE("a hosts file gives names and addresses", "[dns]") {
    const HostsTable hosts = HostsTable::parse(
        "127.0.0.1 localhost\n"
        "::1 localhost ip6-localhost # comment\n"
        "# 192.0.2.9 not.here\n"
        "192.0.2.1\tMail.Example.com mail\n"
        "192.0.2.1 second.example.com\n"
        "nonsense line\n");
    CHECK(hosts.addresses("LOCALHOST", AF_UNSPEC).size() == 2);
    CHECK(hosts.addresses("localhost", AF_INET6).at(0).host() == "::1");
    CHECK(hosts.addresses("mail", AF_INET).at(0).host() == "192.0.2.1");
    CHECK(hosts.addresses("mail", AF_INET6).empty());
    CHECK(hosts.addresses("not.here", AF_INET).empty());
    CHECK(hosts.name_of(*SocketAddress::from_ip("192.0.2.1", 25)) == "Mail.Example.com");
    CHECK(hosts.name_of(*SocketAddress::from_ip("192.0.2.2")) == "");
}

TEST_CASE("only the plain order of services is known to be files and DNS", "[dns]") {
    CHECK(asks_files_then_dns(""));
    CHECK(asks_files_then_dns("passwd: files\nhosts:\tfiles dns # usual\n"));
    CHECK_FALSE(asks_files_then_dns("hosts: files mdns4_minimal [NOTFOUND=return] dns\n"));
    CHECK_FALSE(asks_files_then_dns("hosts: dns files\n"));
    CHECK_FALSE(asks_files_then_dns("hosts: files\n"));
}

// services/proxymap/access_test.cc
#include "services/proxymap/access.h"

#include <catch2/catch.hpp>

using postrider::proxymap::approved_tables;
using Names = std::set<std::string>;

TEST_CASE("only tables named with proxy: may be asked for", "[proxymap]") {
    CHECK(approved_tables("hash:/a, proxy:mysql:/b.cf  proxy:btree:/c") == Names{"mysql:/b.cf", "btree:/c"});
    CHECK(approved_tables("proxy:proxy:hash:/a proxy:nothing permit") == Names{"hash:/a"});
    CHECK(approved_tables("").empty());
}

TEST_CASE("a composed table is approved as a whole, its members only by their own proxy:", "[proxymap]") {
    CHECK(approved_tables("proxy:unionmap:{proxy:hash:/a, hash:/b}") ==
          Names{"unionmap:{proxy:hash:/a, hash:/b}"});
    CHECK(approved_tables("pipemap:{proxy:ldap:/a.cf, hash:/b}") == Names{"ldap:/a.cf"});
    CHECK(approved_tables("check_client_access { proxy:hash:/a, default_action=DUNNO }, permit") ==
          Names{"hash:/a"});
}

// services/tlsmgr/tlsmgr_test.cc - ticket keys in their turn, sessions until they end.
#include <catch2/catch.hpp>

#include "lib/ipc/tlsmgr_client.h"
#include "lib/tls/test_certificates.h"
#include "services/tlsmgr/cache.h"
#include "services/tlsmgr/ticket_ring.h"

using namespace postrider;
using namespace postrider::tlsmgr;

namespace {

std::string name_of(const tls::TicketKey& key) {
    return {key.name.begin(), key.name.end()};
}

}  // namespace

TEST_CASE("A ticket key has its turn, and is good as long as its tickets", "[tlsmgr]") {
    TicketRing ring(100);
    const auto first = ring.current(1000);
    REQUIRE(first);
    CHECK(first->expires == 1100);
    CHECK(ring.current(1099)->name == first->name);
    const auto second = ring.current(1100);
    CHECK(second->name != first->name);
    CHECK(second->encryption != first->encryption);
    CHECK(second->authentication != first->authentication);
    CHECK(ring.named(name_of(*first), 1199)->encryption == first->encryption);
    CHECK_FALSE(ring.named(name_of(*first), 1200));
    CHECK(ring.named(name_of(*second), 1200));
    CHECK_FALSE(ring.named("short", 1100));
    CHECK_FALSE(TicketRing(0).current(1000));
}

TEST_CASE("A ticket key crosses the socket", "[tlsmgr]") {
    TicketRing ring(100);
    const auto key = ring.current(1000);
    const auto same = ipc::parse_ticket_key(ipc::ticket_key_text(*key), key->expires);
    REQUIRE(same);
    CHECK(same->name == key->name);
    CHECK(same->encryption == key->encryption);
    CHECK(same->authentication == key->authentication);
    CHECK(same->expires == 1100);
    CHECK_FALSE(ipc::parse_ticket_key("00ff", 1));
    CHECK_FALSE(ipc::parse_ticket_key(std::string(160, 'x'), 1));
}

TEST_CASE("A session is kept until it ends", "[tlsmgr]") {
    const tls::test::Directory directory;
    const bool in_file = GENERATE(true, false);
    const std::string database = (in_file ? "btree:" : "lmdb:") + directory.path() + "/cache";
    SessionCache cache("test_database", database, 60);
    REQUIRE(cache.enabled());
    cache.save("id", "c2Vzc2lvbg==", 1000);
    cache.save("other", "b3RoZXI=", 1030);
    CHECK(cache.find("id", 1059) == std::optional<std::string>("c2Vzc2lvbg=="));
    CHECK_FALSE(cache.find("none", 1000));
    CHECK(cache.size() == 2);
    cache.clean(1060);
    CHECK(cache.size() == 1);
    CHECK_FALSE(cache.find("other", 1090));
    CHECK(cache.size() == 0);
    cache.save("id", "YQ==", 1000);
    cache.remove("id");
    CHECK_FALSE(cache.find("id", 1000));
}

TEST_CASE("Without a database nothing is kept", "[tlsmgr]") {
    SessionCache cache("test_database", "", 60);
    CHECK_FALSE(cache.enabled());
    cache.save("id", "YQ==", 1000);
    CHECK_FALSE(cache.find("id", 1000));
}

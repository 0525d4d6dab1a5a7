// services/postscreen/dnsbl_test.cc - block lists and their scores.
#include "services/postscreen/dnsbl.h"

#include <catch2/catch.hpp>
#include <map>

namespace postrider::postscreen {

namespace {

dns::Answer listed(std::initializer_list<const char*> addresses, std::uint32_t ttl) {
    dns::Answer answer;
    answer.status = dns::Status::ok;
    for (const char* address : addresses) {
        dns::Record record;
        record.address = *SocketAddress::from_ip(address);
        record.ttl = ttl;
        answer.records.push_back(record);
    }
    return answer;
}

dns::Answer unlisted(std::uint32_t ttl) {
    dns::Answer answer;
    answer.status = dns::Status::not_found;
    answer.negative_ttl = ttl;
    return answer;
}

std::vector<List> sites(std::vector<std::string> words) {
    Result<std::vector<List>> lists = parse_sites(words);
    REQUIRE(lists.ok());
    return std::move(*lists);
}

}  // namespace

TEST_CASE("sites have filters and weights, and are asked once", "[postscreen]") {
    const auto lists = sites({"bl.test*2", "val.test=127.0.0.[4..6]*3", "val.test=127.0.0.2", "wl.test*-2"});
    REQUIRE(lists.size() == 3);
    CHECK(lists[0].uses[0].weight == 2);
    CHECK(lists[1].uses.size() == 2);
    CHECK(lists[1].uses[1].weight == 1);
    CHECK(lists[2].uses[0].weight == -2);
    for (const char* bad : {"bl.test*x", "bl.test=127.0.0", "bl..test", "*2", "bl.test*"})
        CHECK_FALSE(parse_sites({bad}).ok());
}

TEST_CASE("each use of a list counts once", "[postscreen]") {
    const auto lists = sites({"val.test=127.0.0.[4..6]*3", "val.test=127.0.0.2", "val.test*-1"});
    struct Row {
        std::vector<std::string> addresses;
        int score;
    };
    for (const Row& row : {Row{{}, 0}, Row{{"127.0.0.9"}, -1}, Row{{"127.0.0.5"}, 2},
                           Row{{"127.0.0.4", "127.0.0.6"}, 2}, Row{{"127.0.0.2", "127.0.0.4"}, 3}})
        CHECK(score_of(lists[0], row.addresses) == row.score);
}

TEST_CASE("a score adds up, and is believed as long as its shortest answer", "[postscreen]") {
    const auto lists = sites({"a.test*1", "b.test*3", "c.test*-1", "d.test"});
    Score score(4, 3600);
    int called = 0;
    const auto listener = score.when_complete([&called] { ++called; });
    score.add(lists[0], listed({"127.0.0.2"}, 900));
    score.add(lists[1], listed({"127.0.0.2"}, 1800));
    score.add(lists[2], listed({"127.0.0.2"}, 7200));
    CHECK_FALSE(score.complete());
    CHECK(called == 0);
    score.add(lists[3], unlisted(600));
    CHECK(score.complete());
    CHECK(called == 1);
    CHECK(score.total() == 3);
    CHECK(score.worst() == "b.test");
    CHECK(score.ttl() == 600);
}

TEST_CASE("sessions of one client share the lists' answers", "[postscreen]") {
    auto asked = std::make_shared<std::map<std::string, int>>();
    struct Fake {
        static Task<dns::Answer> resolve(std::shared_ptr<std::map<std::string, int>> count,
                                         std::string name) {
            ++(*count)[name];
            co_await async::sleep_for(std::chrono::milliseconds(5));
            co_return name.starts_with("9.2.0.192.") ? listed({"127.0.0.2"}, 100) : unlisted(50);
        }
        static Task<> run(std::shared_ptr<std::map<std::string, int>> count) {
            async::Scope scope;
            Resolve resolve = [count](std::string name) { return Fake::resolve(count, std::move(name)); };
            Dnsbl dnsbl(sites({"bl.test", "wl.test*-3"}), 3600, std::chrono::seconds(10), scope, resolve);
            const auto first = dnsbl.ask("192.0.2.9");
            const auto second = dnsbl.ask("192.0.2.9");
            const auto other = dnsbl.ask("192.0.2.8");
            CHECK(first == second);
            CHECK(first != other);
            co_await scope.join();
            CHECK(first->complete());
            CHECK(first->total() == -2);
            CHECK(other->total() == 0);
            CHECK(other->ttl() == 50);
        }
    };
    async::run(Fake::run(asked));
    CHECK((*asked)["9.2.0.192.bl.test"] == 1);
    CHECK((*asked)["8.2.0.192.wl.test"] == 1);
}

}  // namespace postrider::postscreen

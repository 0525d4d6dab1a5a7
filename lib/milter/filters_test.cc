// lib/milter/filters_test.cc - conversations with scripted filters.
#include "lib/milter/filters.h"

#include <fcntl.h>

#include <catch2/catch.hpp>

#include "lib/async/loop.h"
#include "lib/base/log.h"
#include "tests/fakes/milter.h"

using namespace postrider;
using namespace postrider::milter;
using namespace std::string_literals;

namespace {

const MacroSettings& macro_settings() {
    static const MacroSettings macros(Settings::from_text("myhostname = mx.test\n"));
    return macros;
}

FilterSettings filter_at(const std::string& endpoint, const std::string& action = "tempfail") {
    FilterSettings settings;
    settings.endpoint = endpoint;
    settings.default_action = *parse_default_action(action);
    settings.command_timeout = std::chrono::seconds(1);
    settings.connect_timeout = std::chrono::seconds(2);
    settings.offer = *terms_of_version(6);
    return settings;
}

Verdict tell(Filters& filters, Stage stage, const std::string& data = "", MacroValues values = {}) {
    return async::run(filters.event(stage, data, std::move(values)));
}

fakes::Milter::Script plain() {
    return {};
}
fakes::Milter::Script answering(char letter, std::vector<std::string> packets) {
    fakes::Milter::Script script;
    script.answers[letter] = std::move(packets);
    return script;
}

std::string refusal(const Verdict& verdict) {
    return verdict.kind == Verdict::Kind::refuse ? verdict.reply : "";
}

}  // namespace

TEST_CASE("a filter hears of a session with its macros", "[milter]") {
    fakes::Milter fake(plain());
    {
        Filters filters({filter_at(fake.endpoint())}, macro_settings());
        MacroValues values{{"j", "mx.test"}, {"v", "1"}, {"client_addr", "192.0.2.1"}};
        CHECK(tell(filters, Stage::connect, connect_data("a", "192.0.2.1", false, 25), values).goes_on());
        CHECK(tell(filters, Stage::helo, "x\0"s).goes_on());
        CHECK(tell(filters, Stage::mail, "<a@b>\0SIZE=1\0"s, {{"mail_addr", "a@b"}}).goes_on());
        filters.abort();
    }
    REQUIRE(fake.wait_for("Q", 1));
    const std::vector<std::string> expected = {"O",
                                               "D Cj|mx.test|v|1",
                                               "C a|4|" + "\x19"s + "192.0.2.1",
                                               "D H",
                                               "H x",
                                               "D M{mail_addr}|a@b",
                                               "M <a@b>|SIZE=1",
                                               "A",
                                               "Q"};
    CHECK(fake.events() == expected);
}

TEST_CASE("a refusal of the connection stands for the whole session", "[milter]") {
    fakes::Milter fake(answering('H', {packet('r', "")}));
    Filters filters({filter_at(fake.endpoint())}, macro_settings());
    CHECK(tell(filters, Stage::connect, connect_data("a", "", false, 0)).goes_on());
    CHECK(refusal(tell(filters, Stage::helo, "x\0"s)) == "550 5.7.1 Command rejected");
    CHECK(refusal(tell(filters, Stage::mail, "<a@b>\0"s)) == "550 5.7.1 Command rejected");
    CHECK(refusal(filters.standing()) == "550 5.7.1 Command rejected");
    CHECK(fake.events("M").empty());
}

TEST_CASE("a refusal of a recipient is for that recipient", "[milter]") {
    fakes::Milter fake(answering('R', {packet('y', "452 4.2.9 full\0"s)}));
    Filters filters({filter_at(fake.endpoint())}, macro_settings());
    static_cast<void>(tell(filters, Stage::connect, connect_data("a", "", false, 0)));
    CHECK(tell(filters, Stage::mail, "<a@b>\0"s).goes_on());
    CHECK(refusal(tell(filters, Stage::rcpt, "<c@d>\0"s)) == "452 4.2.9 full");
    CHECK(tell(filters, Stage::data).goes_on());
}

TEST_CASE("accept ends what a filter hears of one message", "[milter]") {
    fakes::Milter fake(answering('R', {packet('a', "")}));
    Filters filters({filter_at(fake.endpoint())}, macro_settings());
    static_cast<void>(tell(filters, Stage::connect, connect_data("a", "", false, 0)));
    for (int message = 0; message < 2; ++message) {
        CHECK(tell(filters, Stage::mail, "<a@b>\0"s).goes_on());
        CHECK(tell(filters, Stage::rcpt, "<c@d>\0"s).goes_on());
        CHECK(tell(filters, Stage::data).goes_on());
        filters.abort();
    }
    CHECK(fake.events("MRT").size() == 4);
}

TEST_CASE("skip ends one kind of event within a message", "[milter]") {
    fakes::Milter fake(answering('R', {packet('s', "")}));
    Filters filters({filter_at(fake.endpoint())}, macro_settings());
    static_cast<void>(tell(filters, Stage::connect, connect_data("a", "", false, 0)));
    CHECK(tell(filters, Stage::mail, "<a@b>\0"s).goes_on());
    CHECK(tell(filters, Stage::rcpt, "<c@d>\0"s).goes_on());
    CHECK(tell(filters, Stage::rcpt, "<e@f>\0"s).goes_on());
    CHECK(fake.events("R").size() == 1);
    CHECK(tell(filters, Stage::data).goes_on());
    CHECK(fake.events("T").size() == 1);
}

TEST_CASE("a filter is not asked what it declined, and not waited for where it is silent", "[milter]") {
    fakes::Milter::Script script;
    script.terms.protocol = 0x2 | 0x4000;  // no HELO; no answer to MAIL
    fakes::Milter fake(script);
    Filters filters({filter_at(fake.endpoint())}, macro_settings());
    static_cast<void>(tell(filters, Stage::connect, connect_data("a", "", false, 0)));
    CHECK(tell(filters, Stage::helo, "x\0"s).goes_on());
    CHECK(tell(filters, Stage::mail, "<a@b>\0"s).goes_on());
    CHECK(tell(filters, Stage::rcpt, "<c@d>\0"s).goes_on());
    CHECK(fake.events("H").empty());
    CHECK(fake.events("MR") == std::vector<std::string>{"M <a@b>", "R <c@d>"});
}

TEST_CASE("a filter that chooses its macros gets those", "[milter]") {
    fakes::Milter::Script script;
    script.macro_lists = "\0\0\0\2{x} i\0"s;
    fakes::Milter fake(script);
    Filters filters({filter_at(fake.endpoint())}, macro_settings());
    static_cast<void>(tell(filters, Stage::connect, connect_data("a", "", false, 0), {{"j", "mx"}}));
    CHECK(tell(filters, Stage::mail, "<a@b>\0"s, {{"x", "1"}, {"mail_addr", "a@b"}}).goes_on());
    CHECK(fake.events("D") == std::vector<std::string>{"D C", "D M{x}|1"});
}

TEST_CASE("whatever goes wrong with a filter is its default action", "[milter]") {
    struct Row {
        char letter;
        std::string answer;
    };
    const std::string huge = "\x7f\xff\xff\xff" + "c"s;
    const Row rows[] = {{'M', "DROP"},
                        {'M', ""},
                        {'M', packet('Z', "")},
                        {'M', packet('y', "?")},
                        {'M', huge},
                        {'M', packet('h', "X-A\0b\0"s)},
                        {'O', packet('c', "")},
                        {'O', packet('O', "short")},
                        {'O', "DROP"}};
    for (const Row& row : rows) {
        INFO(row.letter << " " << row.answer);
        fakes::Milter fake(answering(row.letter, {row.answer}));
        Filters filters({filter_at(fake.endpoint())}, macro_settings());
        static_cast<void>(tell(filters, Stage::connect, connect_data("a", "", false, 0)));
        CHECK(refusal(tell(filters, Stage::mail, "<a@b>\0"s)) ==
              "451 4.7.1 Service unavailable - try again later");
        CHECK(refusal(tell(filters, Stage::rcpt, "<c@d>\0"s)).starts_with("451"));
    }
}

TEST_CASE("a filter that is not there", "[milter]") {
    Filters reject({filter_at("unix:/nowhere/at/all", "reject")}, macro_settings());
    CHECK(refusal(tell(reject, Stage::connect)) == "550 5.5.0 Service unavailable");
    Filters accept({filter_at("unix:/nowhere/at/all", "accept")}, macro_settings());
    CHECK(tell(accept, Stage::connect).goes_on());
    CHECK(tell(accept, Stage::mail).goes_on());
    Filters hold({filter_at("inet:127.0.0.1:1", "quarantine")}, macro_settings());
    CHECK(tell(hold, Stage::mail).goes_on());
    CHECK(tell(hold, Stage::connect).kind == Verdict::Kind::hold);
    CHECK(tell(hold, Stage::mail).kind == Verdict::Kind::hold);
}

TEST_CASE("the second filter is not asked after the first has refused", "[milter]") {
    fakes::Milter first(answering('M', {packet('t', "")}));
    fakes::Milter second(plain());
    Filters filters({filter_at(first.endpoint()), filter_at(second.endpoint())}, macro_settings());
    static_cast<void>(tell(filters, Stage::connect, connect_data("a", "", false, 0)));
    CHECK(refusal(tell(filters, Stage::mail, "<a@b>\0"s)).starts_with("451 4.7.1"));
    CHECK(second.events("M").empty());
}

TEST_CASE("a conversation goes on in other hands and comes back", "[milter]") {
    const auto wishes = std::vector<std::string>{packet('p', ""), packet('h', "X-A\0b\0"s), packet('c', "")};
    fakes::Milter fake(answering('E', wishes));
    Filters mine({filter_at(fake.endpoint())}, macro_settings());
    static_cast<void>(tell(mine, Stage::connect, connect_data("a", "", false, 0)));
    CHECK(tell(mine, Stage::mail, "<a@b>\0"s).goes_on());
    const std::string description = async::run(mine.hand_over({{"i", "4ABC"}}));
    std::vector<Fd> copies;
    for (const int fd : mine.connections()) copies.emplace_back(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
    REQUIRE(copies.size() == 1);
    mine.lend();
    {
        const auto theirs = Filters::from_hand_over(description, std::move(copies));
        REQUIRE(theirs);
        CHECK(theirs->content_values().at("i") == "4ABC");
        Filter& filter = theirs->all().front();
        const std::string macros = filter.macros(Stage::header, theirs->content_values());
        CHECK(async::run(filter.event(Stage::header, macros, "Subject\0x\0"s)).goes_on());
        async::run(filter.end_of_message(""));
        const FinalStep wish = async::run(filter.next_step());
        CHECK((!wish.done && wish.wish.name == "X-A"));
        CHECK(async::run(filter.next_step()).done);
        CHECK(theirs->states() == std::vector<std::string>{"open"});
        mine.take_back(theirs->states());
    }
    CHECK(tell(mine, Stage::mail, "<c@d>\0"s).goes_on());
    CHECK(fake.connections() == 1);
    CHECK(fake.events("MLEQA") == std::vector<std::string>{"M <a@b>", "L Subject|x", "E", "M <c@d>"});
    // Nobody knows how it stands: it is not used any more.
    mine.lend();
    mine.take_back({});
    CHECK(refusal(tell(mine, Stage::rcpt, "<e@f>\0"s)).starts_with("451"));
}

TEST_CASE("a description that does not fit is refused", "[milter]") {
    CHECK_FALSE(Filters::from_hand_over("nonsense", {}));
    fakes::Milter fake(plain());
    Filters filters({filter_at(fake.endpoint())}, macro_settings());
    static_cast<void>(tell(filters, Stage::connect, connect_data("a", "", false, 0)));
    const std::string description = async::run(filters.hand_over({}));
    CHECK_FALSE(Filters::from_hand_over(description, {}));
}

// services/postscreen/session_test.cc - dialogues with clients over a socket pair; DNS, time and the SMTP
// server are faked.
#include "services/postscreen/session.h"

#include <sys/socket.h>

#include <catch2/catch.hpp>
#include <deque>

#include "lib/base/log.h"
#include "services/postscreen/reply.h"

namespace postrider::postscreen {

namespace {

using namespace std::chrono_literals;

std::deque<std::string>& lines() {
    static std::deque<std::string> all;
    return all;
}
void observe(log::Level, std::string_view line) {
    lines().emplace_back(line);
}

// "192.0.2.62" is on bl.test, "192.0.2.63" on wl.test.
Task<dns::Answer> resolve_fake(std::string name) {
    dns::Answer answer;
    answer.status = dns::Status::not_found;
    answer.negative_ttl = 100;
    if (name == "62.2.0.192.bl.test" || name == "63.2.0.192.wl.test") {
        answer.status = dns::Status::ok;
        dns::Record record;
        record.address = *SocketAddress::from_ip("127.0.0.2");
        record.ttl = 200;
        answer.records.push_back(record);
    }
    co_return answer;
}

struct Handed {
    std::vector<std::string> clients;
    bool refuse = false;
};
Task<Result<Fd>> hand_over_fake(std::shared_ptr<Handed> handed, daemon::Endpoints endpoints) {
    if (handed->refuse) co_return Error{"no such service"};
    handed->clients.push_back(endpoints.client.text() + " " + endpoints.server.text());
    co_return Fd();
}

class ScreenUnderTest {
  public:
    explicit ScreenUnderTest(const std::string& main_cf)
        : settings_(
              Settings::from_text("myhostname = mx.test\nmynetworks = 127.0.0.0/8\nsmtpd_banner = hello\n"
                                  "postscreen_cache_map =\ncompatibility_level = 3.6\n" +
                                  main_cf)) {
        Outside outside;
        outside.resolve = resolve_fake;
        const std::shared_ptr<Handed> handed = handed_;
        outside.hand_over = [handed](std::string, int, daemon::Endpoints endpoints, async::Deadline) {
            return hand_over_fake(handed, std::move(endpoints));
        };
        outside.now = [] { return std::int64_t{1'000'000}; };
        screen_ = std::make_unique<Screen>(settings_, settings_, scope_, outside);
        screen_->normal.greet_wait = screen_->tight.greet_wait = 30ms;
        lines().clear();
        log::set_observer(observe);
    }
    ~ScreenUnderTest() {
        peer_.reset();
        run_until([this] { return scope_.size() == 0; });
        log::set_observer(nullptr);
    }
    ScreenUnderTest(const ScreenUnderTest&) = delete;
    ScreenUnderTest& operator=(const ScreenUnderTest&) = delete;

    // A client connects; an earlier one is left behind.
    void connect(const std::string& address) {
        int ends[2];
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
        peer_.reset(ends[0]);
        heard_.clear();
        const daemon::Endpoints told{*SocketAddress::from_ip(address, 4000),
                                     *SocketAddress::from_ip("192.0.2.1", 25)};
        scope_.spawn(serve(*screen_, async::Stream(Fd(ends[1])), told));
    }
    void say(const std::string& text) {
        REQUIRE(::send(peer_.get(), text.data(), text.size(), MSG_NOSIGNAL) ==
                static_cast<ssize_t>(text.size()));
    }
    // Says it and waits for a reply that begins so; the reply, or what came instead.
    std::string ask(const std::string& line) {
        heard_.clear();
        say(line + "\r\n");
        return hear();
    }
    // The next whole reply.
    std::string hear() {
        run_until([this] { return listen() || ended_; });
        return std::exchange(heard_, "");
    }
    // Everything up to the end of the connection.
    std::string hear_end() {
        run_until([this] {
            listen();
            return ended_;
        });
        return std::exchange(heard_, "");
    }
    void leave() { peer_.reset(); }
    bool logged(const std::string& part) {
        return run_until([&part] {
            for (const std::string& line : lines())
                if (line.find(part) != std::string::npos) return true;
            return false;
        });
    }
    bool ended() {
        return run_until([this] { return scope_.size() == 0; });
    }
    Screen& screen() { return *screen_; }
    Handed& handed() { return *handed_; }

  private:
    template <class Condition>
    bool run_until(Condition condition) {
        const async::Deadline end = async::after(5s);
        while (!condition()) {
            if (async::Clock::now() > end) return false;
            async::Loop::current().run_once(5ms);
        }
        return true;
    }
    // True when a whole reply has come: its last line has a space behind the code.
    bool listen() {
        char piece[4096];
        const ssize_t size = ::recv(peer_.get(), piece, sizeof piece, MSG_DONTWAIT);
        if (size > 0) heard_.append(piece, static_cast<std::size_t>(size));
        ended_ = size == 0;
        if (!heard_.ends_with("\r\n")) return false;
        const std::size_t last = heard_.rfind('\n', heard_.size() - 2);
        const std::size_t start = last == std::string::npos ? 0 : last + 1;
        return heard_.size() > start + 3 && heard_[start + 3] == ' ';
    }

    Settings settings_;
    async::Scope scope_;
    std::shared_ptr<Handed> handed_ = std::make_shared<Handed>();
    std::unique_ptr<Screen> screen_;
    Fd peer_;
    std::string heard_;
    bool ended_ = false;
};

}  // namespace

TEST_CASE("a trusted client goes on without a word", "[postscreen]") {
    ScreenUnderTest test("");
    test.connect("127.0.0.1");
    REQUIRE(test.ended());
    CHECK(test.handed().clients == std::vector<std::string>{"127.0.0.1:4000 192.0.2.1:25"});
    CHECK(test.hear_end().empty());
    CHECK(test.logged("ALLOWLISTED [127.0.0.1]:4000"));
}

TEST_CASE("a stranger waits, passes, and is known the next time", "[postscreen]") {
    ScreenUnderTest test("postscreen_dnsbl_sites = bl.test");
    test.connect("192.0.2.65");
    REQUIRE(test.ended());
    CHECK(test.hear_end() == "220-hello\r\n");
    CHECK(test.logged("PASS NEW [192.0.2.65]:4000"));
    CHECK(async::run(test.screen().remembered("192.0.2.65")) == Expiry{1'086'400, 1'000'100, 1, 1, 1});
    test.connect("192.0.2.65");
    REQUIRE(test.ended());
    CHECK(test.hear_end().empty());
    CHECK(test.logged("PASS OLD [192.0.2.65]:4000"));
    CHECK(test.handed().clients.size() == 2);
}

TEST_CASE("a client that talks too early meets the built-in server", "[postscreen]") {
    ScreenUnderTest test("postscreen_greet_action = enforce");
    test.connect("192.0.2.66");
    test.say("EHLO early.test\r\n");
    // No second half of the greeting: the client would take it for the reply.
    std::string reply = test.hear();
    CHECK(reply.starts_with("220-hello\r\n250-mx.test\r\n250-SIZE 10240000\r\n"));
    CHECK(reply.find("PIPELINING") == std::string::npos);
    CHECK(test.ask("MAIL FROM:<a@b.test>") == "250 2.1.0 Ok\r\n");
    CHECK(test.ask("RCPT TO:<c@d.test>") == "550 5.5.1 Protocol error\r\n");
    CHECK(test.ask("QUIT") == "221 2.0.0 Bye\r\n");
    REQUIRE(test.ended());
    CHECK(test.logged("PREGREET 17 after 0"));
    CHECK(test.logged(" from [192.0.2.66]:4000: EHLO early.test\\r\\n"));
    CHECK(
        test.logged("NOQUEUE: reject: RCPT from [192.0.2.66]:4000: 550 5.5.1 Protocol error; "
                    "from=<a@b.test>, to=<c@d.test>, proto=ESMTP, helo=<early.test>"));
    CHECK(test.logged("DISCONNECT [192.0.2.66]:4000"));
    CHECK_FALSE(async::run(test.screen().remembered("192.0.2.66")));
    CHECK(test.handed().clients.empty());
}

TEST_CASE("dropping is a reply and the end", "[postscreen]") {
    ScreenUnderTest test(
        "postscreen_greet_action = drop\npostscreen_dnsbl_action = drop\npostscreen_dnsbl_sites = bl.test*2\n"
        "postscreen_denylist_action = drop\npostscreen_access_list = inline:{192.0.2.61=reject}");
    test.connect("192.0.2.66");
    test.say("EHLO early.test\r\n");
    CHECK(test.hear_end() == "220-hello\r\n521 5.5.1 Protocol error\r\n");
    test.connect("192.0.2.62");
    CHECK(test.hear_end() ==
          "220-hello\r\n521 5.7.1 Service unavailable; client [192.0.2.62] blocked using bl.test\r\n");
    CHECK(test.logged("DNSBL rank 2 for [192.0.2.62]:4000"));
    test.connect("192.0.2.61");
    CHECK(test.hear_end() == "521 5.3.2 Service currently unavailable\r\n");
    CHECK(test.logged("DENYLISTED [192.0.2.61]:4000"));
}

TEST_CASE("an early word ignored costs the pregreet result only", "[postscreen]") {
    ScreenUnderTest test("");
    test.connect("192.0.2.66");
    test.say("EHLO early.test\r\n");
    REQUIRE(test.ended());
    CHECK(test.handed().clients.size() == 1);
    CHECK(test.logged("PREGREET"));
    CHECK_FALSE(async::run(test.screen().remembered("192.0.2.66")));
}

TEST_CASE("a very good score ends the wait and passes the deep tests", "[postscreen]") {
    ScreenUnderTest test(
        "postscreen_dnsbl_sites = wl.test*-3\npostscreen_dnsbl_allowlist_threshold = -2\n"
        "postscreen_pipelining_enable = yes");
    test.screen().normal.greet_wait = 1h;
    test.connect("192.0.2.63");
    REQUIRE(test.ended());
    CHECK(test.handed().clients.size() == 1);
    CHECK(test.logged("PASS NEW [192.0.2.63]:4000"));
    CHECK(async::run(test.screen().remembered("192.0.2.63")) ==
          Expiry{1'000'200, 1'000'200, 1'000'200, 1'000'200, 1'000'200});
}

TEST_CASE("deep tests pass at RCPT, and the client must come again", "[postscreen]") {
    ScreenUnderTest test("postscreen_pipelining_enable = yes\npostscreen_bare_newline_enable = yes");
    test.connect("192.0.2.70");
    CHECK(test.hear() == "220-hello\r\n220 hello\r\n");
    CHECK(test.ask("HELO h.test") == "250 mx.test\r\n");
    CHECK(test.ask("RCPT TO:<c@d.test>") == "503 5.5.1 Error: need MAIL command\r\n");
    CHECK(test.ask("MAIL FROM:<>") == "250 2.1.0 Ok\r\n");
    CHECK(test.ask("RCPT TO:<c@d.test>") == "450 4.3.2 Service currently unavailable\r\n");
    CHECK(test.ask("VRFY x") == "450 4.3.2 Service currently unavailable\r\n");
    CHECK(test.ask("AUTH PLAIN") == "502 5.5.2 Error: command not recognized\r\n");
    CHECK(test.ask("DATA") == "554 5.5.1 Error: no valid recipients\r\n");
    REQUIRE(test.ended());
    CHECK(test.logged("DATA without valid RCPT from [192.0.2.70]:4000"));
    CHECK(test.logged("PASS NEW [192.0.2.70]:4000"));
    test.connect("192.0.2.70");
    REQUIRE(test.ended());
    CHECK(test.handed().clients.size() == 1);
}

TEST_CASE("a client that leaves before RCPT keeps its early results only", "[postscreen]") {
    ScreenUnderTest test("postscreen_bare_newline_enable = yes");
    test.connect("192.0.2.70");
    CHECK(test.hear() == "220-hello\r\n220 hello\r\n");
    test.leave();
    REQUIRE(test.ended());
    CHECK(test.logged("in tests after SMTP handshake"));
    CHECK(async::run(test.screen().remembered("192.0.2.70")) == Expiry{1'086'400, 1, 1, 1, 0});
}

TEST_CASE("what the deep tests see", "[postscreen]") {
    const std::string all =
        "postscreen_pipelining_enable = yes\npostscreen_non_smtp_command_enable = yes\n"
        "postscreen_bare_newline_enable = yes\npostscreen_bare_newline_action = enforce\n";
    ScreenUnderTest test(all);
    SECTION("lines without CR") {
        test.connect("192.0.2.73");
        test.hear();
        test.say("EHLO x\n");
        test.hear();
        CHECK(test.logged("BARE NEWLINE from [192.0.2.73]:4000 after EHLO x"));
        CHECK(test.ask("MAIL FROM:<a@b>") == "250 2.1.0 Ok\r\n");
        CHECK(test.ask("RCPT TO:<c@d.test>") == "550 5.5.1 Protocol error\r\n");
    }
    SECTION("other protocols") {
        test.connect("192.0.2.71");
        test.hear();
        test.ask("EHLO x");
        CHECK(test.ask("GET / HTTP/1.0") == "521 5.7.0 Error: I can break rules, too. Goodbye.\r\n");
        CHECK(test.logged("NON-SMTP COMMAND from [192.0.2.71]:4000 after EHLO: GET / HTTP/1.0"));
    }
    SECTION("headers") {
        test.connect("192.0.2.71");
        test.hear();
        CHECK(test.ask("Subject: x") == "521 5.7.0 Error: I can break rules, too. Goodbye.\r\n");
        CHECK(test.logged("NON-SMTP COMMAND from [192.0.2.71]:4000 after CONNECT: Subject: x"));
    }
    SECTION("impatience") {
        test.connect("192.0.2.72");
        test.hear();
        test.ask("EHLO x");
        test.say("MAIL FROM:<a@b>\r\nRCPT TO:<c@d.test>\r\n");
        CHECK(test.logged("COMMAND PIPELINING from [192.0.2.72]:4000 after MAIL: RCPT TO:<c@d.test>\\r\\n"));
        CHECK(test.logged("RCPT from [192.0.2.72]:4000: 550 5.5.1 Protocol error"));
    }
}

TEST_CASE("limits of the built-in server", "[postscreen]") {
    ScreenUnderTest test(
        "postscreen_bare_newline_enable = yes\npostscreen_command_count_limit = 2\n"
        "line_length_limit = 512");
    test.connect("192.0.2.74");
    test.hear();
    SECTION("commands") {
        test.ask("NOOP");
        test.ask("RSET");
        SECTION("leaving is always possible") {
            CHECK(test.ask("QUIT") == "221 2.0.0 Bye\r\n");
            return;
        }
        CHECK(test.ask("NOOP") == "421 mx.test Service unavailable - try again later\r\n");
        CHECK(test.logged("COMMAND COUNT LIMIT from [192.0.2.74]:4000 after RSET"));
    }
    SECTION("length") {
        CHECK(test.ask("NOOP " + std::string(600, 'x')) ==
              "421 mx.test Service unavailable - try again later\r\n");
        CHECK(test.logged("COMMAND LENGTH LIMIT from [192.0.2.74]:4000 after CONNECT"));
    }
    SECTION("time") {
        test.screen().normal.command_time = 20ms;
        test.ask("NOOP");
        CHECK(test.hear_end() == "421 4.4.2 mx.test Error: timeout exceeded\r\n");
        CHECK(test.logged("COMMAND TIME LIMIT from [192.0.2.74]:4000 after NOOP"));
    }
}

TEST_CASE("clients of a backup address are never let in", "[postscreen]") {
    ScreenUnderTest test("postscreen_allowlist_interfaces = !192.0.2.1, static:all");
    test.connect("192.0.2.75");
    CHECK(test.hear() == "220-hello\r\n220 hello\r\n");
    test.ask("EHLO x");
    test.ask("MAIL FROM:<a@b>");
    CHECK(test.ask("RCPT TO:<c@d.test>") == "450 4.3.2 Service currently unavailable\r\n");
    test.ask("QUIT");
    REQUIRE(test.ended());
    CHECK(test.logged("ALLOWLIST VETO [192.0.2.75]:4000"));
    CHECK_FALSE(async::run(test.screen().remembered("192.0.2.75")));
}

TEST_CASE("crowds are turned away", "[postscreen]") {
    ScreenUnderTest test("postscreen_client_connection_count_limit = 0");
    SECTION("one client") {
        test.screen().connection_limit = 2;
        test.screen().clients["192.0.2.76"].connections = 2;
        test.connect("192.0.2.76");
        CHECK(test.hear_end() == "421 4.7.0 Error: too many connections\r\n");
        CHECK(test.logged("NOQUEUE: reject: CONNECT from [192.0.2.76]:4000: too many connections"));
    }
    SECTION("all of them") {
        test.screen().under_test = test.screen().pre_queue_limit;
        test.connect("192.0.2.76");
        CHECK(test.hear_end() == "421 4.3.2 All screening ports are busy\r\n");
        CHECK(test.logged("entering STRESS mode with 101 connections"));
    }
    SECTION("no server takes them") {
        test.handed().refuse = true;
        test.connect("127.0.0.1");
        CHECK(test.hear_end() == "421 4.3.2 All server ports are busy\r\n");
        CHECK(test.logged("cannot connect to service private/smtpd: no such service"));
    }
}

TEST_CASE("replies are softened and get footers", "[postscreen]") {
    CHECK(softened("550 5.5.1 No\r\n") == "450 4.5.1 No\r\n");
    CHECK(softened("521 No\r\n") == "421 No\r\n");
    CHECK(softened("250 2.0.0 Ok\r\n") == "250 2.0.0 Ok\r\n");
    CHECK(with_footer("550 5.5.1 No\r\n", "See x") == "550-5.5.1 No\r\n550 5.5.1 See x\r\n");
    CHECK(with_footer("550 5.5.1 No\r\n", "\\c. See x") == "550 5.5.1 No. See x\r\n");
    CHECK(with_footer("421 No\r\n", "a\\nb") == "421-No\r\n421-a\r\n421 b\r\n");
    ScreenUnderTest test(
        "soft_bounce = yes\npostscreen_reject_footer = \\c for $client_address\n"
        "postscreen_denylist_action = drop\npostscreen_access_list = reject");
    test.connect("192.0.2.77");
    CHECK(test.hear_end() == "421 4.3.2 Service currently unavailable for 192.0.2.77\r\n");
}

}  // namespace postrider::postscreen

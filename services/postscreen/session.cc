// services/postscreen/session.cc - one client: from accept until it is given to the SMTP server, or sent
// away.
#include "services/postscreen/session.h"

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/daemon/handover.h"
#include "lib/delivery/log_line.h"
#include "services/postscreen/early_tests.h"
#include "services/postscreen/reply.h"
#include "services/postscreen/smtp_engine.h"
#include "services/postscreen/tls.h"

namespace postrider::postscreen {

namespace {

using namespace std::chrono_literals;

constexpr auto say_limit = 10s;
constexpr auto connect_limit = 1s;
// An SMTP server that is busy lets clients wait; they are still counted for so long.
constexpr auto take_limit = 100s;

// Counts sessions under test, and tells when there are many.
class UnderTest {
  public:
    explicit UnderTest(Screen& screen) : screen_(screen) {
        ++screen_.under_test;
        screen_.check_stress();
    }
    ~UnderTest() {
        --screen_.under_test;
        screen_.check_stress();
    }
    UnderTest(const UnderTest&) = delete;
    UnderTest& operator=(const UnderTest&) = delete;

  private:
    Screen& screen_;
};

class WaitingForServer {
  public:
    explicit WaitingForServer(Screen& screen) : screen_(screen) { ++screen_.waiting_for_server; }
    ~WaitingForServer() { --screen_.waiting_for_server; }
    WaitingForServer(const WaitingForServer&) = delete;
    WaitingForServer& operator=(const WaitingForServer&) = delete;

  private:
    Screen& screen_;
};

bool refuse_crowd(Session& session) {
    const Screen& screen = session.screen;
    const char* reason = nullptr;
    const int limit = screen.connection_limit;
    if (limit > 0 && session.client.info().connections > limit) {
        reason = "too many connections";
        session.drop("421 4.7.0 Error: too many connections\r\n");
    } else if (screen.under_test > screen.pre_queue_limit) {
        reason = "all screening ports busy";
        session.drop("421 4.3.2 All screening ports are busy\r\n");
    }
    if (reason != nullptr) log::info("NOQUEUE: reject: CONNECT from {}: {}", session.label, reason);
    return reason != nullptr;
}

// Clients that listen where nobody may get on the allowlist.  Fails closed.
Task<bool> is_vetoed(const Session& session) {
    std::string here = session.endpoints.server.host();
    const tables::Match match = co_await session.screen.allowlist_interfaces.matches("", here);
    co_return match != tables::Match::yes;
}

// The results of earlier sessions; true: nothing is to be tested.
Task<bool> recall(Session& session) {
    Screen& screen = session.screen;
    const bool denied = session.tests.any_failure();
    std::optional<Expiry> known;
    if (!denied) known = co_await screen.remembered(session.address);
    session.tests = known ? Tests::of_known(*known, screen.enabled, screen.outside.now())
                          : Tests::of_stranger(screen.enabled);
    if (denied) session.tests.spoil();
    if (!known || session.tests.any_due()) co_return false;
    log::info("PASS OLD {}", session.label);
    co_return true;
}

// Everything before the SMTP server may have the client.
Task<> examine(Session& session) {
    Screen& screen = session.screen;
    if (refuse_crowd(session)) co_return;
    const Verdict verdict = co_await screen.access.judge(session.address);
    if (verdict == Verdict::permit) {
        log::info("{}LISTED {}", screen.respectful ? "ALLOW" : "WHITE", session.label);
        co_return;
    }
    if (verdict == Verdict::reject) {
        log::info("{}LISTED {}", screen.respectful ? "DENY" : "BLACK", session.label);
        if (screen.denylist_action != Action::ignore) session.tests.spoil();
        if (!session.act(screen.denylist_action, "521 5.3.2 Service currently unavailable\r\n",
                         "550 5.3.2 Service currently unavailable\r\n"))
            co_return;
    }
    const bool passes = co_await recall(session);
    if (passes) co_return;
    const bool vetoed = co_await is_vetoed(session);
    if (vetoed) {
        log::info("{}LIST VETO {}", screen.respectful ? "ALLOW" : "WHITE", session.label);
        session.tests.spoil();
        session.kept = true;
    }
    if (session.tests.early_due()) {
        const bool goes_on = co_await make_early_tests(session);
        if (!goes_on) co_return;
    }
    if (session.kept || session.tests.any_failure() || session.tests.deep_open()) co_await converse(session);
}

Task<> say(Session& session, std::string reply) {
    session.stream.set_timeout(say_limit);
    try {
        co_await session.put(reply);
        co_await session.stream.flush();
    } catch (const async::PeerGone&) {
        session.gone = true;
    }
}

// The SMTP server gets the descriptor, and the addresses.
Task<> hand_over(Session& session) {
    Screen& screen = session.screen;
    if (screen.waiting_for_server >= screen.post_queue_limit) {
        log::info("NOQUEUE: reject: CONNECT from {}: all server ports busy", session.label);
        co_await say(session, "421 4.3.2 All server ports are busy\r\n");
        co_return;
    }
    const WaitingForServer waiting(screen);
    std::string path = screen.server_path;
    const async::Deadline soon = async::after(connect_limit);
    Result<Fd> carrier =
        co_await screen.outside.hand_over(path, session.stream.fd(), session.endpoints, soon);
    if (!carrier) {
        const std::string prefix = "connect to " + path + ": ";
        std::string reason = carrier.error();
        if (reason.starts_with(prefix)) reason.erase(0, prefix.size());
        log::warning("cannot connect to service {}: {}", path, reason);
        co_await say(session, "421 4.3.2 All server ports are busy\r\n");
        co_return;
    }
    session.stream.close();
    if (*carrier) co_await async::readable(carrier->get(), async::after(take_limit));
}

// What was found out is kept, and the client goes on or away.
Task<> conclude(Session& session) {
    const Tests& tests = session.tests;
    if (tests.all_passed()) {
        const bool known = !tests.is_new() || session.client.info().passes++ > 0;
        log::info("PASS {} {}", known ? "OLD" : "NEW", session.label);
    }
    if (tests.has_news()) co_await session.screen.remember(session.address, tests.expiry());
    if (!session.kept) co_return;
    if (!session.gone && !session.last_reply.empty()) co_await say(session, session.last_reply);
    co_await end_tls(session);
    log::info("DISCONNECT {}", session.label);
}

Task<> test(Session& session) {
    const UnderTest counted(session.screen);
    co_await examine(session);
    co_await conclude(session);
}

Task<Result<daemon::Endpoints>> find_endpoints(const Screen& screen, int socket, daemon::Endpoints told) {
    if (told.are_set()) co_return told;
    const daemon::Endpoints own{peer_address(socket), local_address(socket)};
    if (!screen.expects_proxy) co_return own;
    if (!screen.proxies.empty()) {
        std::string peer = own.client.host();
        const tables::Match match = co_await screen.proxies.matches("", peer);
        if (match != tables::Match::yes) co_return own;
    }
    const async::Deadline deadline = async::after(screen.proxy_timeout);
    Result<daemon::Endpoints> heard = co_await daemon::receive_proxy_header(socket, deadline);
    if (heard && !heard->are_set()) co_return own;
    co_return heard;
}

Task<> refuse_proxy(async::Stream& stream, std::string reason) {
    log::warning("haproxy read: {}", reason);
    stream.set_timeout(say_limit);
    stream.put("421 4.3.2 No system resources\r\n");
    try {
        co_await stream.flush();
    } catch (const async::PeerGone&) {
        // It has not waited for the answer.
    }
}

}  // namespace

ClientEntry::ClientEntry(Screen& screen, std::string address)
    : screen_(screen), address_(std::move(address)), info_(screen.clients[address_]) {
    ++info_.connections;
}

ClientEntry::~ClientEntry() {
    if (--info_.connections == 0) screen_.clients.erase(address_);
}

Session::Session(Screen& shared, async::Stream connection, daemon::Endpoints ends)
    : screen(shared),
      stream(std::move(connection)),
      endpoints(std::move(ends)),
      address(endpoints.client.host()),
      label("[" + address + "]:" + std::to_string(endpoints.client.port())),
      client(shared, address) {}

std::string Session::elapsed() const {
    const auto time = std::chrono::duration_cast<std::chrono::microseconds>(async::Clock::now() - began);
    return delivery::format_delay(time.count(), 2);
}

void Session::drop(std::string reply) {
    kept = true;
    last_reply = std::move(reply);
}

bool Session::act(Action action, std::string dropped, std::string refused) {
    if (action == Action::drop) drop(std::move(dropped));
    if (action == Action::enforce) {
        kept = true;
        rcpt_reply = std::move(refused);
    }
    return action != Action::drop;
}

bool Session::fail(Test test, std::string dropped, std::string refused) {
    const Action action = screen.action(test);
    tests.trip(test);
    if (action != Action::ignore) {
        tests.fail(test);
    } else if (test == Test::pregreet || test == Test::dnsbl) {
        tests.shrug_off(test);
    } else {
        // Compat: Postfix does not repeat an ignored deep test before some other result expires, because the
        // client would never get to the SMTP server.
        tests.pass(test, screen.outside.now() + screen.least_ttl);
    }
    return act(action, std::move(dropped), std::move(refused));
}

void Session::note_hangup(const char* phase) {
    log::info("HANGUP after {} from {} in {}", elapsed(), label, phase);
    kept = true;
    gone = true;
}

Task<> Session::put(std::string reply) {
    std::string whole = co_await complete_reply(*this, reply);
    stream.put(whole);
}

Task<> serve(Screen& screen, async::Stream stream, daemon::Endpoints told) {
    const Result<daemon::Endpoints> ends = co_await find_endpoints(screen, stream.fd(), told);
    if (!ends) {
        co_await refuse_proxy(stream, ends.error());
        co_return;
    }
    if (!ends->client.is_ipv4() && !ends->client.is_ipv6()) co_return;
    Session session(screen, std::move(stream), ends.value());
    log::info("CONNECT from {} to [{}]:{}", session.label, session.endpoints.server.host(),
              session.endpoints.server.port());
    co_await test(session);
    if (!session.kept) co_await hand_over(session);
}

}  // namespace postrider::postscreen

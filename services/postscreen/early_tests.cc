// services/postscreen/early_tests.cc - the tests before the greeting.
#include "services/postscreen/early_tests.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::postscreen {

namespace {

constexpr const char* phase = "tests before SMTP handshake";
constexpr std::size_t shown_input = 100;
constexpr std::size_t peeked_input = 1024;

enum class Heard { nothing, words, end };

// Looks at what the client has sent, and leaves it where it is: whoever serves the client reads it.
Heard listen(const Session& session, std::string& words) {
    words.resize(peeked_input);
    const ssize_t size = ::recv(session.stream.fd(), words.data(), words.size(), MSG_PEEK | MSG_DONTWAIT);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return Heard::nothing;
    if (size <= 0) return Heard::end;
    words.resize(static_cast<std::size_t>(size));
    return Heard::words;
}

// The client has spoken, or left, before the greeting.  False: the session is over.
bool note_early_words(Session& session) {
    std::string words;
    const Heard heard = listen(session, words);
    if (heard == Heard::end) {
        session.note_hangup(phase);
        return false;
    }
    if (heard == Heard::nothing) return true;
    log::info("PREGREET {} after {} from {}: {}", words.size(), session.elapsed(), session.label,
              escape_controls(words).substr(0, shown_input));
    return session.fail(Test::pregreet, "521 5.5.1 Protocol error\r\n", "550 5.5.1 Protocol error\r\n");
}

std::int64_t dnsbl_expiry(const Session& session, const Score& score) {
    const Screen& screen = session.screen;
    const std::int64_t most = screen.ttl[static_cast<std::size_t>(Test::dnsbl)];
    return screen.outside.now() + std::clamp<std::int64_t>(score.ttl(), screen.least_dnsbl_ttl, most);
}

// A score below the negative threshold passes everything, when nothing was found so far, ignored or not.
bool is_recommended(const Session& session, const Score& score) {
    const int threshold = session.screen.dnsbl_allowlist_threshold;
    return threshold < 0 && score.total() <= threshold && !session.tests.any_misstep();
}

// What is known of the score when the wait is over.  False: the session is over.
bool judge_score(Session& session, const Score& score) {
    if (score.total() < session.screen.dnsbl_threshold) {
        if (is_recommended(session, score)) session.tests.pass_all_but_dnsbl(dnsbl_expiry(session, score));
        session.tests.pass(Test::dnsbl, dnsbl_expiry(session, score));
        return true;
    }
    log::info("DNSBL rank {} for {}", score.total(), session.label);
    const std::string reason = " 5.7.1 Service unavailable; client [" + session.address + "] blocked using " +
                               score.worst() + "\r\n";
    return session.fail(Test::dnsbl, "521" + reason, "550" + reason);
}

// The first half of the greeting.  False: nobody is there.
Task<bool> tease(Session& session) {
    session.stream.set_timeout(session.screen.limits().greet_wait);
    session.stream.put(session.screen.teaser);
    try {
        co_await session.stream.flush();
    } catch (const async::PeerGone&) {
        session.note_hangup(phase);
        co_return false;
    }
    co_return true;
}

// Everything that can end the wait sets one event.
struct Watch {
    explicit Watch(Session& session)
        : reader(session.stream.fd(), [this] {
              spoken = true;
              reader.pause();
              something.set();
          }) {
        reader.pause();
    }
    bool spoken = false;
    async::Event something;
    async::ReadSubscription reader;
};

bool score_is_in(const Session& session, const Score* score) {
    return score == nullptr || score->complete() || !session.tests.open(Test::dnsbl);
}

// Until the time is over, or nothing is left to wait for.  False: the session is over.
Task<bool> wait_out(Session& session, const Score* score, Watch& watch) {
    const async::Deadline end = session.began + session.screen.limits().greet_wait;
    for (;;) {
        const bool listening = session.tests.open(Test::pregreet);
        if (score_is_in(session, score)) {
            if (!listening || (score != nullptr && is_recommended(session, *score))) co_return true;
        }
        if (listening && !watch.spoken) watch.reader.resume();
        const async::Ready ready = co_await watch.something.wait(end);
        if (ready == async::Ready::timed_out) co_return true;
        watch.something.clear();
        if (watch.spoken && session.tests.open(Test::pregreet)) {
            watch.spoken = false;
            if (!note_early_words(session)) co_return false;
        }
    }
}

}  // namespace

Task<bool> make_early_tests(Session& session) {
    session.began = async::Clock::now();
    const bool listens = session.tests.due(Test::pregreet);
    if (listens && !session.screen.teaser.empty()) {
        const bool there = co_await tease(session);
        if (!there) co_return false;
    }
    Watch watch(session);
    std::shared_ptr<Score> score;
    std::shared_ptr<void> listener;
    if (session.tests.due(Test::dnsbl)) {
        score = session.screen.dnsbl.ask(session.address);
        async::Event* something = &watch.something;
        listener = score->when_complete([something] { something->set(); });
    }
    const bool goes_on = co_await wait_out(session, score.get(), watch);
    if (!goes_on) co_return false;
    if (score != nullptr && !judge_score(session, *score)) co_return false;
    if (session.tests.open(Test::pregreet)) {
        const std::int64_t ttl = session.screen.ttl[static_cast<std::size_t>(Test::pregreet)];
        session.tests.pass(Test::pregreet, session.screen.outside.now() + ttl);
    }
    co_return true;
}

}  // namespace postrider::postscreen

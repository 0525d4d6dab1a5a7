// commands/qmqp-source/main.cc - qmqp-source(1): sends many messages by QMQP, to test and to measure.
#include <fmt/core.h>

#include <csignal>
#include <cstdio>
#include <random>

#include "commands/qmqp-source/options.h"
#include "lib/async/connect.h"
#include "lib/async/stream.h"
#include "lib/base/log.h"
#include "lib/base/netstring.h"
#include "lib/config/command.h"
#include "lib/config/log_setup.h"

namespace {

using namespace postrider;
using qmqp_source::Options;

constexpr auto reply_limit = std::chrono::seconds(300);
constexpr std::size_t longest_reply = 100'000;

// What the sessions share: the messages that are left.
struct Work {
    explicit Work(const Options& given) : options(given) {}
    const Options& options;
    long started = 0;
    long sent = 0;
};

Task<async::Stream> connect(const Options& options) {
    Result<Fd> fd = Error{"not tried"};
    for (int tries = 0; tries < options.connects && !fd; ++tries) {
        const async::Deadline deadline = async::after(reply_limit);
        fd = co_await async::connect_to(options.destination, SocketAddress(), deadline);
        if (!fd && tries + 1 < options.connects) co_await async::sleep_for(std::chrono::seconds(1));
    }
    if (!fd) fatal("connect to {}: {}", options.destination.text(), fd.error());
    async::Stream stream(std::move(*fd));
    stream.set_idle_timeout(reply_limit);
    co_return stream;
}

Task<std::string> read_reply(async::Stream& stream) {
    for (;;) {
        const auto length = parse_netstring_length(stream.buffered(), longest_reply);
        if (length && length->broken) fatal("malformed reply");
        if (length) {
            std::string_view bytes = stream.buffered();
            if (const auto reply = take_netstring(bytes)) co_return std::string(*reply);
            if (stream.buffered().size() > length->header + length->length) fatal("malformed reply");
        }
        const bool more = co_await stream.fill();
        if (!more) fatal("lost connection before the reply");
    }
}

void weigh(const std::string& reply) {
    const std::string text = reply.empty() ? "" : reply.substr(1);
    switch (reply.empty() ? '\0' : reply.front()) {
        case 'K':
            return;
        case 'Z':
            fatal("recoverable error: {}", text);
        case 'D':
            fatal("unrecoverable error: {}", text);
        default:
            fatal("malformed reply: {}", reply);
    }
}

Task<> pause_between(const Options& options) {
    if (options.pause.count() == 0) co_return;
    static std::minstd_rand random{std::random_device{}()};
    const auto most = std::chrono::milliseconds(options.pause);
    std::uniform_int_distribution<long> choice(0, most.count());
    const auto time = options.random_pause ? std::chrono::milliseconds(choice(random)) : most;
    co_await async::sleep_for(time);
}

Task<> run_session(Work& work) {
    const Options& options = work.options;
    try {
        while (work.started < options.messages) {
            const long number = work.started++;
            async::Stream stream = co_await connect(options);
            stream.put(qmqp_source::request_text(options, number));
            co_await stream.flush();
            const std::string reply = co_await read_reply(stream);
            log::debug("<<< {}", reply);
            weigh(reply);
            ++work.sent;
            if (options.count_messages) fmt::print("{}\n", work.sent);
            co_await pause_between(options);
        }
    } catch (const async::PeerGone& gone) {
        fatal("{} with {}", gone.what(), options.destination.text());
    }
}

Task<> run_sessions(Work& work) {
    async::Scope sessions("qmqp-source");
    for (int i = 0; i < work.options.sessions; ++i) sessions.spawn(run_session(work));
    co_await sessions.join();
}

}  // namespace

int main(int argc, char** argv) {
    config::open_log_early("qmqp-source", config::LogUser::command);
    std::signal(SIGPIPE, SIG_IGN);
    const Options options = qmqp_source::parse_options(argc, argv);
    Work work(options);
    async::run(run_sessions(work));
    return 0;
}

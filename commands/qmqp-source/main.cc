// commands/qmqp-source/main.cc - qmqp-source(1): sends many messages by QMQP, to test and to measure.
#include <csignal>

#include "commands/qmqp-source/options.h"
#include "lib/async/stream.h"
#include "lib/base/log.h"
#include "lib/base/netstring.h"
#include "lib/config/command.h"
#include "lib/config/log_setup.h"

namespace {

using namespace postrider;
using qmqp_source::Options;

constexpr std::size_t longest_reply = 100'000;

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

Task<> run_session(const Options& options, load::Work& work) {
    try {
        long number = 0;
        while (work.take(number)) {
            async::Stream stream = co_await load::connect(options);
            stream.put(qmqp_source::request_text(options, number));
            co_await stream.flush();
            const std::string reply = co_await read_reply(stream);
            log::debug("<<< {}", reply);
            weigh(reply);
            work.count_sent('\n');
            co_await load::pause_between(options);
        }
    } catch (const async::PeerGone& gone) {
        fatal("{} with {}", gone.what(), options.destination.text());
    }
}

Task<> run_sessions(const Options& options, load::Work& work) {
    async::Scope sessions("qmqp-source");
    for (int i = 0; i < options.sessions; ++i) sessions.spawn(run_session(options, work));
    co_await sessions.join();
}

}  // namespace

int main(int argc, char** argv) {
    config::open_log_early("qmqp-source", config::LogUser::command);
    std::signal(SIGPIPE, SIG_IGN);
    const Options options = qmqp_source::parse_options(argc, argv);
    load::Work work(options);
    async::run(run_sessions(options, work));
    return 0;
}

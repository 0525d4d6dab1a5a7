// commands/qmqp-sink/main.cc - qmqp-sink(1): takes mail by QMQP from anybody and throws it away, to test
// clients.
#include <fmt/core.h>
#include <getopt.h>
#include <sys/socket.h>

#include <csignal>
#include <cstdio>
#include <string>

#include "lib/async/stream.h"
#include "lib/base/endpoint.h"
#include "lib/base/log.h"
#include "lib/base/netstring.h"
#include "lib/base/option_number.h"
#include "lib/config/command.h"
#include "lib/config/log_setup.h"

namespace {

using namespace postrider;

constexpr auto client_limit = std::chrono::seconds(100);
constexpr std::size_t longest_message = std::size_t(1) << 30;
constexpr std::size_t piece = 64 * 1024;

struct Options {
    SocketAddress address;
    int backlog = 1;
    bool count_messages = false;        // -c
    std::chrono::seconds life_time{0};  // -x: leave after so long; 0: stay
};

[[noreturn]] void usage() {
    fatal("usage: qmqp-sink [-46cv] [-x time] [inet:][host]:port | unix:path backlog");
}

Options parse_options(int argc, char** argv) {
    Options options;
    int family = AF_UNSPEC;
    int letter = 0;
    while ((letter = ::getopt(argc, argv, "46cvx:")) > 0) {
        switch (letter) {
            case '4':
                family = AF_INET;
                break;
            case '6':
                family = AF_INET6;
                break;
            case 'c':
                options.count_messages = true;
                break;
            case 'v':
                log::set_verbose(log::verbose() + 1);
                break;
            case 'x':
                options.life_time = std::chrono::seconds(option_number(optarg, "time", 1));
                break;
            default:
                usage();
        }
    }
    if (argc - optind != 2) usage();
    options.backlog = static_cast<int>(option_number(argv[optind + 1], "backlog", 1));
    const Result<SocketAddress> found = find_endpoint(argv[optind], "628", family, true);
    if (!found) fatal("{}", found.error());
    options.address = *found;
    return options;
}

// Reads a message and forgets it; false when it is none.
Task<bool> swallow(async::Stream& stream) {
    auto length = parse_netstring_length(stream.buffered(), longest_message);
    while (!length) {
        const bool more = co_await stream.fill();
        if (!more) co_return false;
        length = parse_netstring_length(stream.buffered(), longest_message);
    }
    if (length->broken) co_return false;
    stream.consume(length->header);
    for (std::size_t left = length->length; left > 0;) {
        const std::string some = co_await stream.read_some(std::min(left, piece));
        if (some.empty()) co_return false;
        left -= some.size();
    }
    const std::string end = co_await stream.read_exactly(1);
    co_return end == ",";
}

Task<> serve(const Options& options, long& count, async::Stream stream) {
    stream.set_idle_timeout(client_limit);
    try {
        const bool whole = co_await swallow(stream);
        if (!whole) {
            log::warning("netstring format error");
            co_return;
        }
        ++count;
        if (options.count_messages) {
            fmt::print("{}\r", count);
            std::fflush(stdout);
        }
        stream.put(netstring("KOk"));
        co_await stream.flush();
    } catch (const async::PeerGone& gone) {
        log::debug("{}", gone.what());
    }
}

Task<> accept_clients(const Options& options, int listener) {
    const auto end = async::after(options.life_time);
    long count = 0;
    async::Scope clients("qmqp-sink");
    while (options.life_time.count() == 0 || async::after(std::chrono::seconds(0)) < end) {
        const async::Ready ready =
            co_await async::readable(listener, async::after(std::chrono::milliseconds(200)));
        if (ready == async::Ready::timed_out) continue;
        Fd client(::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (client) clients.spawn(serve(options, count, async::Stream(std::move(client))));
    }
    clients.cancel();
    co_await clients.join();
}

}  // namespace

int main(int argc, char** argv) {
    config::open_log_early("qmqp-sink", config::LogUser::command);
    std::signal(SIGPIPE, SIG_IGN);
    const Options options = parse_options(argc, argv);
    const Result<Fd> listener = listen_on(options.address, options.backlog);
    if (!listener) fatal("{}", listener.error());
    async::run(accept_clients(options, listener->get()));
    return 0;
}

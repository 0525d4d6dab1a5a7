// commands/smtp-source/main.cc - smtp-source(1): sends many messages, to test and to measure mail servers.
#include <fmt/core.h>

#include <csignal>

#include "commands/smtp-source/options.h"
#include "lib/async/stream.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/tcp_window.h"
#include "lib/config/command.h"
#include "lib/config/log_setup.h"

namespace {

using namespace postrider;
using smtp_source::Options;

// What the server says to `what`; true when it begins with `kind`.  A refusal ends the program, for this is a
// test tool, unless -A says otherwise.
Task<bool> expect(const Options& options, async::Stream& stream, std::string what, char kind) {
    std::string line;
    do {
        line = co_await stream.read_line();
        log::debug("<<< {}", line);
        if (line.size() < 3) fatal("bad reply after {}: {}", what, line);
    } while (line.size() > 3 && line[3] == '-');
    if (line[0] == kind) co_return true;
    if (!options.goes_on) fatal("{}: {}", what, line);
    log::warning("{}: {}", what, line);
    co_return false;
}

Task<bool> command(const Options& options, async::Stream& stream, std::string text, char kind) {
    log::debug("{}", text);
    stream.put(text + "\r\n");
    co_await stream.flush();
    const bool taken = co_await expect(options, stream, std::move(text), kind);
    co_return taken;
}

Task<async::Stream> open_session(const Options& options) {
    async::Stream stream = co_await load::connect(options);
    co_await expect(options, stream, "connecting", '2');
    // Compat: HELO, so that the server meets a client without any extension.
    const char* verb = options.lmtp ? "LHLO " : "HELO ";
    if (!options.bare || options.lmtp) co_await command(options, stream, verb + options.hostname, '2');
    co_return stream;
}

Task<> send_message(async::Stream& stream, const Options& options, long number) {
    co_await command(options, stream, "MAIL FROM:<" + *options.sender + ">", '2');
    int taken = 0;
    for (int n = 0; n < options.recipients; ++n) {
        // Compat: the one without a number comes last.
        const int i = options.number_recipients ? n : options.recipients - 1 - n;
        std::string line = "RCPT TO:<" + smtp_source::recipient_name(options, number, i) + ">";
        const bool one = co_await command(options, stream, std::move(line), '2');
        if (one) ++taken;
    }
    bool ready = taken == options.recipients;
    if (ready) ready = co_await command(options, stream, "DATA", '3');
    if (!ready) {
        co_await command(options, stream, "RSET", '2');
        co_return;
    }
    stream.put(smtp_source::message_text(options, number));
    co_await stream.flush();
    const int replies = options.lmtp ? taken : 1;
    for (int i = 0; i < replies; ++i) co_await expect(options, stream, "end of data", '2');
}

Task<> run_session(const Options& options, load::Work& work) {
    try {
        long number = 0;
        while (work.take(number)) {
            async::Stream stream = co_await open_session(options);
            do {
                co_await send_message(stream, options, number);
                work.count_sent('\r');
                co_await load::pause_between(options);
            } while (options.keep_connection && work.take(number));
            co_await command(options, stream, "QUIT", '2');
        }
    } catch (const async::PeerGone& gone) {
        fatal("{} with {}", gone.what(), options.destination.text());
    }
}

Task<> run_sessions(const Options& options, load::Work& work) {
    async::Scope sessions("smtp-source");
    for (int i = 0; i < options.sessions; ++i) sessions.spawn(run_session(options, work));
    co_await sessions.join();
}

}  // namespace

int main(int argc, char** argv) {
    config::open_log_early("smtp-source", config::LogUser::command);
    std::signal(SIGPIPE, SIG_IGN);
    const Options options = smtp_source::parse_options(argc, argv);
    tcp_window_size = options.window_size;
    load::Work work(options);
    async::run(run_sessions(options, work));
    if (options.count_messages) fmt::print("\n");
    return 0;
}

// commands/smtp-sink/main.cc - smtp-sink(1): takes mail from anybody and throws it away, to test clients.
#include <fcntl.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string>

#include "commands/smtp-sink/session.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/tcp_window.h"
#include "lib/config/command.h"
#include "lib/config/log_setup.h"
#include "lib/daemon/privileges.h"

namespace {

using namespace postrider;
using smtp_sink::Options;
using smtp_sink::Sink;

// Nothing of this needs rights once the socket is open.
void give_up_rights(const Options& options) {
    if (!daemon::can_switch_users()) return;
    if (options.user.empty()) fatal("-u option is required when running as root");
    const Result<daemon::Account> account = daemon::find_account(options.user);
    if (!account) fatal("{}", account.error());
    if (!options.root.empty()) daemon::enter_jail(options.root);
    daemon::drop_privileges(*account);
}

std::string numeric_host(const sockaddr_storage& address, socklen_t size) {
    std::array<char, NI_MAXHOST> text{};
    const int failed = ::getnameinfo(reinterpret_cast<const sockaddr*>(&address), size, text.data(),
                                     text.size(), nullptr, 0, NI_NUMERICHOST);
    return failed != 0 ? "unknown" : text.data();
}

Task<> accept_clients(Sink& sink, int listener) {
    async::Scope clients("smtp-sink");
    while (!sink.enough.is_set()) {
        const async::Ready ready = co_await async::readable(listener, async::after(std::chrono::seconds(1)));
        if (ready == async::Ready::timed_out) continue;
        if (sink.sessions >= sink.options.most_sessions) {
            co_await async::sleep_for(std::chrono::milliseconds(20));
            continue;
        }
        sockaddr_storage address{};
        socklen_t size = sizeof address;
        Fd client(
            ::accept4(listener, reinterpret_cast<sockaddr*>(&address), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (!client) continue;
        std::string name = numeric_host(address, size);
        clients.spawn(smtp_sink::serve(sink, async::Stream(std::move(client)), std::move(name)));
    }
    clients.cancel();
    co_await clients.join();
}

}  // namespace

int main(int argc, char** argv) {
    config::open_log_early("smtp-sink", config::LogUser::command);
    std::signal(SIGPIPE, SIG_IGN);
    const Options options = smtp_sink::parse_options(argc, argv);
    tcp_window_size = options.window_size;
    const Result<Fd> listener = listen_on(options.address, options.backlog);
    if (!listener) fatal("{}", listener.error());
    give_up_rights(options);
    Sink sink(options);
    async::run(accept_clients(sink, listener->get()));
    return 0;
}

// cleanup/notify.cc - telling qmgr(8) about new mail.
#include "cleanup/notify.h"

#include <sys/socket.h>
#include <sys/stat.h>

#include <optional>

#include "cleanup/parameters.h"
#include "lib/async/stream.h"
#include "lib/base/file.h"
#include "lib/config/global_parameters.h"
#include "lib/daemon/daemon.h"
#include "lib/ipc/client.h"
#include "lib/queue/flow.h"

namespace postrider::cleanup {

namespace {

constexpr auto connect_limit = std::chrono::seconds(5);
constexpr auto write_limit = std::chrono::seconds(30);

struct Notifier {
    std::string path;  // empty: nobody to tell (unit tests)
    std::string pending;
    std::optional<async::Stream> stream;
    bool running = false;
    Seconds delay{};  // in_flow_delay
    bool qmgr_is_behind = false;
};
Notifier& notifier() {
    static Notifier instance;
    return instance;
}

// What qmgr has said since we looked last.
void read_flow(Notifier& self) {
    char bytes[64];
    while (self.stream) {
        const ssize_t n = ::recv(self.stream->fd(), bytes, sizeof bytes, MSG_DONTWAIT);
        // A qmgr that left is not behind; the next announcement finds its successor.
        if (n == 0) self.qmgr_is_behind = false;
        if (n <= 0) return;
        self.qmgr_is_behind = bytes[n - 1] == queue::flow::behind;
    }
    self.qmgr_is_behind = false;
}

bool is_fifo(const std::string& path) {
    const auto status = stat_file(path);
    return status && S_ISFIFO(status->st_mode);
}

Task<bool> send_pending() {
    Notifier& self = notifier();
    const std::string text = self.pending;
    try {
        if (!self.stream) {
            Result<Fd> fd = co_await ipc::connect_unix(self.path, async::after(connect_limit));
            if (!fd) co_return false;
            self.stream.emplace(std::move(*fd));
        }
        self.stream->set_timeout(write_limit);
        self.stream->put(text);
        co_await self.stream->flush();
        self.pending.erase(0, text.size());
        co_return true;
    } catch (const async::PeerGone&) {
        self.stream.reset();
        co_return false;
    }
}

Task<> send_all() {
    Notifier& self = notifier();
    bool again = true;
    while (!self.pending.empty()) {
        const bool sent = co_await send_pending();
        if (sent) {
            again = true;
        } else if (again) {
            again = false;  // the connection may have been an old one
        } else {
            // A qmgr that starts later finds the mail by itself.
            self.pending.clear();
        }
    }
    self.running = false;
}

}  // namespace

void set_qmgr_service(const Settings& settings) {
    notifier().path = "public/" + settings[config::queue_service_name];
    notifier().delay = settings[in_flow_delay];
}

Task<> keep_to_flow() {
    Notifier& self = notifier();
    if (self.delay <= Seconds(0)) co_return;
    read_flow(self);
    if (self.qmgr_is_behind) co_await async::sleep_for(self.delay);
}

void notify_qmgr(std::string_view queue_id) {
    Notifier& self = notifier();
    if (self.path.empty()) return;
    if (!self.stream && is_fifo(self.path)) {
        // Old master.cf files: a FIFO takes trigger bytes only.
        (void)ipc::send_trigger(self.path, "I");
        return;
    }
    self.pending.append("incoming ").append(queue_id).append("\n");
    if (self.running) return;
    self.running = true;
    daemon::background().spawn(send_all());
}

}  // namespace postrider::cleanup

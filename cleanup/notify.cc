// cleanup/notify.cc - telling qmgr(8) about new mail.
#include "cleanup/notify.h"

#include <sys/stat.h>

#include <optional>

#include "lib/async/stream.h"
#include "lib/base/file.h"
#include "lib/config/global_parameters.h"
#include "lib/daemon/daemon.h"
#include "lib/ipc/client.h"

namespace postrider::cleanup {

namespace {

constexpr auto connect_limit = std::chrono::seconds(5);
constexpr auto write_limit = std::chrono::seconds(30);

struct Notifier {
    std::string path;  // empty: nobody to tell (unit tests)
    std::string pending;
    std::optional<async::Stream> stream;
    bool running = false;
};
Notifier& notifier() {
    static Notifier instance;
    return instance;
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

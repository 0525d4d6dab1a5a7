// qmgr/service.cc - see service.h.
#include "qmgr/service.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/queue/flow.h"
#include "lib/queue/queue_id.h"
#include "qmgr/manager.h"
#include "qmgr/parameters.h"

namespace postrider::qmgr {
namespace {

// What begins a line that names a message; triggers are single capital letters.
struct Announcement {
    std::string_view start;
    queue::Queue queue;
};
constexpr std::array<Announcement, 2> announcements = {
    {{"incoming ", queue::Queue::incoming}, {"deferred ", queue::Queue::deferred}}};

bool begins_announcement(char first) {
    return std::any_of(announcements.begin(), announcements.end(),
                       [first](const Announcement& one) { return one.start.front() == first; });
}

constexpr std::size_t line_limit = 300;

// After a reload the former process may still end its deliveries; until it is gone its active queue is not
// ours.
constexpr auto lock_poll = std::chrono::milliseconds(20);

std::unique_ptr<Manager> manager;
Fd in_charge;

// Those who stay connected; the process does not leave before they are gone.
std::set<int>& connections() {
    static std::set<int> descriptors;
    return descriptors;
}

// Whoever does not read it needs no pace.
void tell_flow(int fd) {
    const char state = manager->is_behind() ? queue::flow::behind : queue::flow::caught_up;
    [[maybe_unused]] const ssize_t sent = ::send(fd, &state, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

struct Listed {
    explicit Listed(int fd) : descriptor(fd) {
        connections().insert(fd);
        if (manager->is_behind()) tell_flow(fd);
    }
    ~Listed() { connections().erase(descriptor); }
    Listed(const Listed&) = delete;
    Listed& operator=(const Listed&) = delete;
    int descriptor;
};

Task<> take_charge() {
    while (in_charge && !daemon::leaving() && !lock_file(in_charge.get(), LockMode::exclusive, LockWait::no))
        co_await async::sleep_for(lock_poll);
}

Task<> run_manager() {
    co_await take_charge();
    if (!daemon::leaving()) {
        manager->start();
        co_await manager->run();
    }
    for (const int descriptor : connections()) ::shutdown(descriptor, SHUT_RDWR);
}

// The kernel ends a queue manager that has stopped serving its loop; master starts another one.
Task<> feed_watchdog(std::chrono::seconds limit) {
    while (true) {
        ::alarm(static_cast<unsigned>(limit.count()));
        co_await async::sleep_for(limit / 3);
    }
}

}  // namespace

void open_lock(Settings&) {
    const std::string path = "pid/unix." + daemon::service_name();
    in_charge.reset(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!in_charge) log::warning("open lock file {}: {}", path, errno_text());
}

void start(Settings& settings) {
    manager = std::make_unique<Manager>(settings);
    manager->on_flow_change([] {
        for (const int fd : connections()) tell_flow(fd);
    });
    daemon::background().spawn(run_manager());
    daemon::background().spawn(feed_watchdog(settings[qmgr_daemon_timeout]));
}

Task<> obey_trigger(std::string bytes, const Settings&) {
    manager->obey(bytes);
    co_return;
}

void take_requests(std::string& input, const std::function<void(queue::Queue, std::string)>& announce,
                   const std::function<void(std::string_view)>& obey) {
    std::string triggers;
    std::size_t used = 0;
    while (used < input.size()) {
        if (!begins_announcement(input[used])) {
            triggers += input[used++];
            continue;
        }
        const std::size_t end = input.find('\n', used);
        if (end == std::string::npos && input.size() - used < line_limit) break;
        const std::size_t length = std::min(end, input.size()) - used;
        const std::string_view line = std::string_view(input).substr(used, length);
        for (const auto& [start, queue] : announcements) {
            if (line.substr(0, start.size()) != start) continue;
            const std::string_view id = line.substr(start.size());
            if (queue::is_queue_id(id)) announce(queue, std::string(id));
        }
        used += std::min(length + 1, input.size() - used);
    }
    input.erase(0, used);
    if (!triggers.empty()) obey(triggers);
}

Task<> serve_client(daemon::Connection connection, const Settings&) {
    const Listed listed(connection.stream.fd());
    std::string input;
    try {
        while (!daemon::leaving()) {
            const std::string more = co_await connection.stream.read_some(16384);
            if (more.empty()) break;
            input += more;
            take_requests(
                input, [](queue::Queue queue, std::string id) { manager->announce(queue, std::move(id)); },
                [](std::string_view bytes) { manager->obey(bytes); });
        }
    } catch (const async::PeerGone&) {
        // What was said counts.
    }
}

}  // namespace postrider::qmgr

// services/postscreen/main.cc - postscreen(8): keeps those who send junk away from the SMTP servers.
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "lib/daemon/daemon.h"
#include "lib/daemon/privileges.h"
#include "services/postscreen/parameters.h"
#include "services/postscreen/screen.h"
#include "services/postscreen/session.h"
#include "services/postscreen/tls.h"

using namespace postrider;

namespace {

// Lives as long as the process.
std::unique_ptr<postscreen::Screen> screen;

void open_tables(Settings& settings) {
    {
        // data_directory is outside of the jail.
        const daemon::AsMailOwner owner(settings);
        screen = std::make_unique<postscreen::Screen>(settings, daemon::stressed_settings(),
                                                      daemon::background(), postscreen::real_outside());
    }
    // Keys are for root alone.
    const daemon::TlsServerSettings chosen = postscreen::read_tls(settings);
    screen->tls_level = chosen.level;
    if (chosen.level != daemon::TlsLevel::none) screen->tls = daemon::TlsServer::open(settings, chosen);
}

Task<> clean(std::int64_t interval) {
    while (!daemon::leaving()) {
        const std::shared_ptr<tables::Cache> cache = screen->cache;
        if (!cache) co_return;
        const std::int64_t last = co_await cache->last_cleanup();
        const std::int64_t rest = std::max<std::int64_t>(last + interval - screen->outside.now(), 0);
        const async::Deadline next = async::after(std::chrono::seconds(std::min(rest, interval)));
        const async::Ready ready = co_await daemon::leave_event().wait(next);
        if (ready == async::Ready::timed_out) co_await screen->clean_cache();
    }
}

// A successor opens the cache as soon as this process takes no more clients.
Task<> close_cache() {
    co_await daemon::leave_event().wait();
    screen->cache.reset();
}

// A process that is stuck is ended by the system, and master(8) starts another.
Task<> feed_watchdog(std::chrono::seconds limit) {
    while (true) {
        ::alarm(static_cast<unsigned>(limit.count()));
        co_await async::sleep_for(limit / 3);
    }
}

void start_tasks(Settings& settings) {
    const std::int64_t interval = settings[postscreen::postscreen_cache_cleanup_interval].count();
    if (interval > 0) daemon::background().spawn(clean(interval));
    daemon::background().spawn(close_cache());
    daemon::background().spawn(feed_watchdog(settings[postscreen::postscreen_watchdog_timeout]));
}

Task<> serve_client(daemon::Connection connection, const Settings&) {
    co_await postscreen::serve(*screen, std::move(connection.stream), connection.endpoints);
}

}  // namespace

int main(int argc, char** argv) {
    daemon::Description description;
    description.program = "postscreen";
    description.confinement = [](const Settings&) {
        return daemon::Confinement{.network = true, .caches = true};
    };
    description.clients = daemon::Clients::one_process;
    description.exits_when_idle = false;
    description.before_jail = open_tables;
    description.after_jail = start_tasks;
    description.serve = serve_client;
    return daemon::run_daemon(argc, argv, std::move(description));
}

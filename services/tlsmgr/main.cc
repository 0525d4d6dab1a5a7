// services/tlsmgr/main.cc - tlsmgr(8): keeps TLS sessions and the keys of session tickets.
#include <ctime>
#include <map>
#include <memory>

#include "lib/base/log.h"
#include "lib/config/global_parameters.h"
#include "lib/config/tls_client_parameters.h"
#include "lib/daemon/daemon.h"
#include "lib/daemon/privileges.h"
#include "lib/daemon/tls_server_parameters.h"
#include "lib/ipc/server.h"
#include "lib/ipc/tlsmgr_client.h"
#include "services/tlsmgr/cache.h"
#include "services/tlsmgr/ticket_ring.h"

using namespace postrider;

namespace {

// Lives as long as the process.
struct Service {
    explicit Service(const Settings& settings)
        : tickets(settings[daemon::smtpd_tls_session_cache_timeout].count()) {
        add("smtpd", daemon::smtpd_tls_session_cache_database, daemon::smtpd_tls_session_cache_timeout,
            settings);
        add("smtp", config::smtp_tls_session_cache_database, config::smtp_tls_session_cache_timeout,
            settings);
        add("lmtp", config::lmtp_tls_session_cache_database, config::lmtp_tls_session_cache_timeout,
            settings);
    }
    void add(const char* name, const Parameter<std::string>& database, const Parameter<Seconds>& timeout,
             const Settings& settings) {
        caches.try_emplace(name, std::string(database.name()), settings[database], settings[timeout].count());
        if (settings[timeout].count() > 0 && settings[timeout] < clean_interval)
            clean_interval = std::max<Seconds>(settings[timeout], Seconds(1));
    }
    tlsmgr::TicketRing tickets;
    std::map<std::string, tlsmgr::SessionCache, std::less<>> caches;
    Seconds clean_interval{3600};
};
std::unique_ptr<Service> service;

// The files are the mail owner's, whoever we are before the jail is closed.
void open_caches(Settings& settings) {
    const daemon::AsMailOwner owner(settings);
    service = std::make_unique<Service>(settings);
}

Task<> clean() {
    for (;;) {
        co_await async::sleep_for(service->clean_interval);
        for (auto& [name, cache] : service->caches) cache.clean(std::time(nullptr));
    }
}

void start_cleaning(Settings&) {
    daemon::background().spawn(clean());
}

ipc::TlsmgrReply key_reply(const std::string& name_in_hex, std::int64_t now) {
    ipc::TlsmgrReply reply;
    reply.status = ipc::TlsmgrReply::none;
    std::optional<tls::TicketKey> key;
    if (name_in_hex.empty()) {
        key = service->tickets.current(now);
    } else if (const std::optional<std::string> name = hex_decode(name_in_hex)) {
        key = service->tickets.named(*name, now);
    }
    if (!key) return reply;
    reply.status = ipc::TlsmgrReply::done;
    reply.key = ipc::ticket_key_text(*key);
    reply.expires = key->expires;
    return reply;
}

ipc::TlsmgrReply answer(const ipc::TlsmgrRequest& request) {
    const std::int64_t now = std::time(nullptr);
    if (request.request == "key") return key_reply(request.id, now);
    ipc::TlsmgrReply reply;
    const auto at = service->caches.find(request.cache);
    if (at == service->caches.end() || request.id.empty()) return reply;
    tlsmgr::SessionCache& cache = at->second;
    if (request.request == "find") {
        const std::optional<std::string> session = cache.find(request.id, now);
        reply.status = session ? ipc::TlsmgrReply::done : ipc::TlsmgrReply::none;
        reply.session = session.value_or("");
    } else if (request.request == "save") {
        cache.save(request.id, request.session, now);
        reply.status = ipc::TlsmgrReply::done;
    } else if (request.request == "remove") {
        cache.remove(request.id);
        reply.status = ipc::TlsmgrReply::done;
    }
    return reply;
}

Task<std::string> handle(std::string body) {
    const std::optional<ipc::TlsmgrRequest> request = ipc::decode<ipc::TlsmgrRequest>(body);
    ipc::TlsmgrReply reply;
    if (request) reply = answer(*request);
    if (reply.status == ipc::TlsmgrReply::bad_request)
        log::warning("bad request \"{}\"", request ? request->request : "");
    co_return ipc::encode(reply);
}

Task<> serve(daemon::Connection connection, const Settings&) {
    co_await ipc::serve_requests(std::move(connection.stream), handle);
}

// master's wake-up: nothing that cleaning does not do by itself.
Task<> wake_up(std::string, const Settings&) {
    co_return;
}

}  // namespace

int main(int argc, char** argv) {
    daemon::Description description;
    description.program = "tlsmgr";
    description.confinement = [](const Settings&) { return daemon::Confinement{.caches = true}; };
    description.clients = daemon::Clients::one_process;
    description.exits_when_idle = false;    // the keys live in memory
    description.before_jail = open_caches;  // data_directory is outside
    description.after_jail = start_cleaning;
    description.serve = serve;
    description.trigger = wake_up;
    return daemon::run_daemon(argc, argv, std::move(description));
}

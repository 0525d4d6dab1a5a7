// services/verify/service.cc - answers from the cache, and probes for what it does not know.
#include "services/verify/service.h"

#include <ctime>
#include <memory>
#include <optional>

#include "lib/base/log.h"
#include "lib/config/global_parameters.h"
#include "lib/daemon/privileges.h"
#include "lib/ipc/server.h"
#include "lib/tables/cache_file.h"
#include "services/verify/knowledge.h"
#include "services/verify/parameters.h"
#include "services/verify/probe.h"

namespace postrider::verify {
namespace {

using delivery::VerifyReply;
using delivery::VerifyRequest;

struct Service {
    explicit Service(const Settings& from)
        : settings(from), rules(from), cache(address_verify_map.name(), from[address_verify_map]) {
        sender = from[address_verify_sender];
        if (sender == "<>") sender.clear();
    }
    std::optional<Knowledge> known(const std::string& key) {
        const std::optional<std::string> text = cache.get(key);
        return text ? Knowledge::parse(*text) : std::nullopt;
    }

    const Settings& settings;
    Rules rules;
    tables::CacheFile cache;
    std::string sender;
};
std::unique_ptr<Service> service;

Task<> probe(std::string address) {
    const std::string copy = address;
    const Result<void> sent = co_await send_probe(service->sender, std::move(address), service->settings);
    if (!sent) log::warning("cannot probe <{}>: {}", copy, sent.error());
}

// Answers at once; a probe that seems useful goes its own way.
VerifyReply query(const std::string& address) {
    const std::string key = cache_key(address);
    const std::int64_t now = std::time(nullptr);
    std::optional<Knowledge> known = service->known(key);
    if (!known || (known->updated != 0 && service->rules.expired(*known, now))) {
        known.emplace();
        known->reason = "Address verification in progress";
    }
    VerifyReply reply;
    reply.status = 0;
    reply.recipient_status = known->result;
    reply.reason = known->reason;
    if (service->rules.wants_probe(*known, now)) {
        known->probed = now;
        service->cache.put(key, known->text());
        daemon::background().spawn(probe(address));
    }
    return reply;
}

VerifyReply update(const VerifyRequest& request) {
    const std::string key = cache_key(request.address);
    const std::int64_t now = std::time(nullptr);
    VerifyReply reply;
    reply.status = 0;
    if (!service->rules.replaces(request.recipient_status, service->known(key), now)) return reply;
    Knowledge found;
    found.result = request.recipient_status;
    found.updated = now;
    found.reason = request.reason;
    service->cache.put(key, found.text());
    return reply;
}

Task<std::string> answer(std::string body) {
    const std::optional<VerifyRequest> request = ipc::decode<VerifyRequest>(body);
    VerifyReply reply;
    if (request && !request->address.empty() && request->request == "query") reply = query(request->address);
    if (request && !request->address.empty() && request->request == "update") reply = update(*request);
    co_return ipc::encode(reply);
}

Task<> clean(async::Duration interval) {
    while (true) {
        co_await async::sleep_for(interval);
        const std::int64_t now = std::time(nullptr);
        service->cache.remove_if([now](const std::string& value) {
            const std::optional<Knowledge> known = Knowledge::parse(value);
            return !known || (service->rules.expired(*known, now) && service->rules.wants_probe(*known, now));
        });
    }
}

}  // namespace

void open_cache(Settings& settings) {
    const daemon::AsMailOwner owner(settings);
    service = std::make_unique<Service>(settings);
}

void start_cleaning(Settings& settings) {
    const Seconds interval = settings[address_verify_cache_cleanup_interval];
    if (interval.count() > 0) daemon::background().spawn(clean(interval));
}

Task<> serve_client(daemon::Connection connection, const Settings&) {
    co_await ipc::serve_requests(std::move(connection.stream), answer);
}

}  // namespace postrider::verify

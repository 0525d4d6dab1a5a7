// services/verify/service.cc - answers from the cache, and probes for what it does not know.
#include "services/verify/service.h"

#include <ctime>
#include <memory>
#include <optional>

#include "lib/base/log.h"
#include "lib/config/global_parameters.h"
#include "lib/daemon/privileges.h"
#include "lib/ipc/server.h"
#include "lib/mail/probe_sender.h"
#include "lib/tables/cache.h"
#include "services/verify/knowledge.h"
#include "services/verify/parameters.h"
#include "services/verify/probe.h"

namespace postrider::verify {
namespace {

using delivery::VerifyReply;
using delivery::VerifyRequest;

struct Service {
    explicit Service(const Settings& from)
        : settings(from),
          rules(from),
          cache(tables::Cache::open(address_verify_map.name(), from[address_verify_map], from)),
          sender(from) {}
    Task<std::optional<Knowledge>> known(std::string key) {
        const std::optional<std::string> text = co_await cache->get(std::move(key));
        if (!text) co_return std::nullopt;
        co_return Knowledge::parse(*text);
    }

    const Settings& settings;
    Rules rules;
    std::shared_ptr<tables::Cache> cache;
    mail::ProbeSender sender;
};
std::unique_ptr<Service> service;

Task<> probe(std::string address) {
    const std::string copy = address;
    std::string sender = service->sender.at(std::time(nullptr));
    const Result<void> sent = co_await send_probe(sender, std::move(address), service->settings);
    if (!sent) log::warning("cannot probe <{}>: {}", copy, sent.error());
}

// Answers at once; a probe that seems useful goes its own way.
Task<VerifyReply> query(std::string address) {
    const std::string key = cache_key(address);
    const std::int64_t now = std::time(nullptr);
    std::optional<Knowledge> known = co_await service->known(key);
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
        // Compat: where failures are not remembered, a probe of an unknown address is not, either.
        if (known->updated != 0 || service->rules.remember_bad)
            co_await service->cache->put(key, known->text());
        daemon::background().spawn(probe(std::move(address)));
    }
    co_return reply;
}

Task<VerifyReply> update(VerifyRequest request) {
    const std::string key = cache_key(request.address);
    const std::int64_t now = std::time(nullptr);
    VerifyReply reply;
    reply.status = 0;
    const std::optional<Knowledge> known = co_await service->known(key);
    if (!service->rules.replaces(request.recipient_status, known, now)) co_return reply;
    Knowledge found;
    found.result = request.recipient_status;
    found.updated = now;
    found.reason = request.reason;
    co_await service->cache->put(key, found.text());
    co_return reply;
}

Task<std::string> answer(std::string body) {
    const std::optional<VerifyRequest> request = ipc::decode<VerifyRequest>(body);
    VerifyReply reply;
    if (request && !request->address.empty() && request->request == "query")
        reply = co_await query(request->address);
    if (request && !request->address.empty() && request->request == "update")
        reply = co_await update(*request);
    co_return ipc::encode(reply);
}

Task<> clean(async::Duration interval) {
    while (true) {
        co_await async::sleep_for(interval);
        const std::int64_t now = std::time(nullptr);
        std::function<bool(const std::string&)> unwanted = [now](const std::string& value) {
            const std::optional<Knowledge> known = Knowledge::parse(value);
            return !known || (service->rules.expired(*known, now) && service->rules.wants_probe(*known, now));
        };
        co_await service->cache->remove_if(std::move(unwanted));
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

// lib/delivery/flush_client.cc - asking flush(8), which remembers what waits for a destination (ETRN).
#include "lib/delivery/flush_client.h"

#include <memory>

#include "lib/config/global_parameters.h"
#include "lib/delivery/flush_parameters.h"
#include "lib/ipc/client.h"
#include "lib/tables/match_list.h"

namespace postrider::delivery {

namespace {

using namespace std::chrono_literals;

constexpr auto answer_limit = 60s;

ipc::Client& flush_service(const Settings& settings) {
    thread_local std::unique_ptr<ipc::Client> client;
    if (!client) client = std::make_unique<ipc::Client>("public/" + settings[config::flush_service_name]);
    return *client;
}

Task<FlushStatus> ask(FlushRequest request, const Settings& settings) {
    Result<FlushReply> reply =
        co_await flush_service(settings).ask<FlushReply>(std::move(request), answer_limit);
    co_return reply ? reply->status : FlushStatus::failed;
}

const tables::MatchList& flush_domains(const Settings& settings) {
    thread_local std::unique_ptr<tables::MatchList> domains;
    if (!domains)
        domains =
            std::make_unique<tables::MatchList>(fast_flush_domains, tables::ListKind::domains, settings);
    return *domains;
}

}  // namespace

void open_flush_domains(const Settings& settings) {
    flush_domains(settings);
}

Task<FlushStatus> flush_eligible(std::string site, const Settings& settings) {
    const tables::MatchList& domains = flush_domains(settings);
    if (site.empty() || domains.empty()) co_return FlushStatus::denied;
    const tables::Match match = co_await domains.matches(std::move(site));
    if (match == tables::Match::no) co_return FlushStatus::denied;
    co_return match == tables::Match::yes ? FlushStatus::ok : FlushStatus::failed;
}

Task<FlushStatus> flush_add(std::string site, std::string queue_id, const Settings& settings) {
    const FlushStatus eligible = co_await flush_eligible(site, settings);
    if (eligible != FlushStatus::ok) co_return eligible;
    FlushRequest request;
    request.request = "add";
    request.site = std::move(site);
    request.queue_id = std::move(queue_id);
    co_return co_await ask(std::move(request), settings);
}

Task<FlushStatus> flush_send_site(std::string site, const Settings& settings) {
    FlushRequest request;
    request.request = "send_site";
    request.site = std::move(site);
    co_return co_await ask(std::move(request), settings);
}

Task<FlushStatus> flush_send_file(std::string queue_id, const Settings& settings) {
    FlushRequest request;
    request.request = "send_file";
    request.queue_id = std::move(queue_id);
    co_return co_await ask(std::move(request), settings);
}

}  // namespace postrider::delivery

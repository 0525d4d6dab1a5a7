// services/verify/probe.cc - see probe.h.
#include "services/verify/probe.h"

#include <fmt/core.h>

#include <ctime>

#include "lib/config/global_parameters.h"
#include "lib/delivery/request.h"
#include "lib/mail/date.h"
#include "lib/queue/cleanup_client.h"

namespace postrider::verify {

using queue::RecordType;

Task<Result<void>> send_probe(std::string sender, std::string address, const Settings& settings) {
    constexpr auto begin_limit = std::chrono::seconds(60);
    constexpr auto finish_limit = std::chrono::seconds(300);
    Result<queue::CleanupClient> begun = co_await queue::CleanupClient::begin(
        queue::cleanup_flag::internal, begin_limit, settings[config::cleanup_service_name]);
    if (!begun) co_return Error{begun.error()};
    queue::CleanupClient cleanup = std::move(*begun);
    const std::time_t now = std::time(nullptr);
    cleanup.put(RecordType::time, fmt::format("{} 0", now));
    cleanup.put_attribute("log_message_origin", "local");
    cleanup.put_attribute("rewrite_context", "local");
    cleanup.put_attribute("trace_flags", fmt::format("{}", delivery::request_flag::mta_verify));
    cleanup.put(RecordType::sender, sender);
    cleanup.put(RecordType::recipient, address);
    cleanup.put(RecordType::message, "");
    cleanup.put(RecordType::text, fmt::format("Received: by {} ({})", settings[config::myhostname],
                                              settings[config::mail_name]));
    cleanup.put(RecordType::text, fmt::format("\tid {}; {}", cleanup.queue_id(), mail::format_date(now)));
    cleanup.put(RecordType::text, "");
    cleanup.put(RecordType::extracted, "");
    cleanup.put(RecordType::end, "");
    const queue::CleanupOutcome outcome = co_await cleanup.finish(finish_limit);
    if (outcome.ok()) co_return Result<void>();
    co_return Error{std::string(queue::cleanup_status::explain(outcome.status).text)};
}

}  // namespace postrider::verify

// lib/delivery/transcript_mail.cc - see transcript_mail.h.
#include "lib/delivery/transcript_mail.h"

#include <fmt/core.h>

#include <chrono>
#include <ctime>

#include "lib/config/global_parameters.h"
#include "lib/mail/date.h"
#include "lib/queue/cleanup_client.h"
#include "lib/queue/envelope.h"
#include "lib/queue/intake.h"

namespace postrider::delivery {

namespace {

using queue::RecordType;

constexpr auto begin_limit = std::chrono::seconds(60);
constexpr auto finish_limit = std::chrono::seconds(300);

}  // namespace

async::Task<Result<void>> mail_transcript(TranscriptNotice notice, const Settings& settings) {
    const int flags = queue::own_mail_flags("notify", settings);
    Result<queue::CleanupClient> begun =
        co_await queue::CleanupClient::begin(flags, begin_limit, settings[config::cleanup_service_name]);
    if (!begun) co_return Error{begun.error()};
    queue::CleanupClient cleanup = std::move(*begun);
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    const std::string& host = settings[config::myhostname];
    cleanup.put(RecordType::time, fmt::format("{} {}", now.tv_sec, now.tv_nsec / 1000));
    cleanup.put_attribute("log_message_origin", "local");
    cleanup.put_attribute("rewrite_context", "local");
    cleanup.put(RecordType::sender, settings[config::double_bounce_sender] + "@" + host);
    cleanup.put(RecordType::recipient, notice.to);
    cleanup.put(RecordType::message, "");
    cleanup.put(RecordType::text, fmt::format("Received: by {} ({})", host, settings[config::mail_name]));
    cleanup.put(RecordType::text,
                fmt::format("\tid {}; {}", cleanup.queue_id(), mail::format_date(now.tv_sec)));
    cleanup.put(RecordType::text, "Date: " + mail::format_date(now.tv_sec));
    for (const std::string& line : transcript_message(notice, settings)) cleanup.put(RecordType::text, line);
    cleanup.put(RecordType::extracted, "");
    cleanup.put(RecordType::end, "");
    const queue::CleanupOutcome outcome = co_await cleanup.finish(finish_limit);
    if (!outcome.ok()) co_return Error{std::string(queue::cleanup_status::explain(outcome.status).text)};
    co_return Result<void>();
}

}  // namespace postrider::delivery

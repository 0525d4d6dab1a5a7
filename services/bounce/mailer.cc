// services/bounce/mailer.cc - see mailer.h.
#include "services/bounce/mailer.h"

#include <fmt/core.h>

#include <algorithm>
#include <ctime>

#include "lib/config/global_parameters.h"
#include "lib/mail/date.h"
#include "lib/queue/cleanup_client.h"
#include "lib/queue/envelope.h"
#include "lib/queue/intake.h"

namespace postrider::bounce {
namespace {

using queue::RecordType;

constexpr auto begin_limit = std::chrono::seconds(60);
constexpr auto finish_limit = std::chrono::seconds(300);

void put_envelope(queue::CleanupClient& cleanup, const std::string& from, const std::string& to) {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    cleanup.put(RecordType::time, fmt::format("{} {}", now.tv_sec, now.tv_nsec / 1000));
    cleanup.put_attribute("log_message_origin", "local");
    cleanup.put_attribute("rewrite_context", "local");
    cleanup.put(RecordType::sender, from);
    cleanup.put(RecordType::recipient, to);
    cleanup.put(RecordType::message, "");
}

}  // namespace

Task<Result<std::string>> mail_notice(const std::vector<Line>& lines, std::string from, std::string to,
                                      int sendopts, const Settings& settings) {
    int flags = queue::own_mail_flags("bounce", settings);
    if ((sendopts & queue::sendopt::smtputf8_requested) != 0) flags |= queue::cleanup_flag::smtputf8;
    Result<queue::CleanupClient> begun =
        co_await queue::CleanupClient::begin(flags, begin_limit, settings[config::cleanup_service_name]);
    if (!begun) co_return Error{begun.error()};
    queue::CleanupClient cleanup = std::move(*begun);
    const std::string id = cleanup.queue_id();
    put_envelope(cleanup, from, to);
    cleanup.put(RecordType::text, fmt::format("Received: by {} ({})", settings[config::myhostname],
                                              settings[config::mail_name]));
    const std::string date = mail::format_date(std::time(nullptr));
    cleanup.put(RecordType::text, fmt::format("\tid {}; {}", id, date));
    cleanup.put(RecordType::text, "Date: " + date);
    for (const Line& line : lines) {
        cleanup.put(line.whole ? RecordType::text : RecordType::long_text, line.text);
        if (cleanup.queued() > 65536) co_await cleanup.drain();
    }
    cleanup.put(RecordType::extracted, "");
    cleanup.put(RecordType::end, "");
    const queue::CleanupOutcome outcome = co_await cleanup.finish(finish_limit);
    if (outcome.ok()) co_return id;
    const std::string reason = outcome.reason.empty()
                                   ? std::string(queue::cleanup_status::explain(outcome.status).text)
                                   : outcome.reason;
    co_return Error{reason};
}

}  // namespace postrider::bounce

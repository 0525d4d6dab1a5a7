// smtpd/postmaster_notice.cc - sessions that the postmaster wants to hear of.
#include "smtpd/postmaster_notice.h"

#include <sys/time.h>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/delivery/parameters.h"
#include "lib/mail/date.h"
#include "lib/queue/intake.h"
#include "smtpd/parameters.h"

namespace postrider::smtpd {

namespace {

namespace trouble = delivery::trouble;
using queue::RecordType;

bool is_recorded(const Session& session) {
    return session.server.told_troubles != 0 && !session.stand_alone();
}

// Postfix decides where the error is made; the reply tells the same.
unsigned trouble_of(const Session& session, const Reply& reply) {
    const std::string_view status = reply.status();
    const std::string_view kind = status.size() > 1 ? status.substr(1) : "";
    if (kind == ".3.5") return trouble::software;
    if (kind.starts_with(".3.") && kind != ".3.4") return trouble::resource;
    for (const std::string_view undeliverable : {": User unknown", "message file too big", "too many hops"})
        if (reply.text().find(undeliverable) != std::string::npos) return trouble::bounce;
    if (session.refused_by_policy) return trouble::policy;
    static constexpr int misspoken[] = {500, 501, 502, 503, 504, 521, 551, 555};
    for (const int code : misspoken)
        if (reply.code() == code) return trouble::protocol;
    return reply.code() == 554 && kind == ".5.0" ? trouble::protocol : trouble::policy;
}

}  // namespace

void record_command(Session& session, std::string_view line) {
    if (!is_recorded(session)) return;
    // A password is nobody's business, the postmaster's neither.
    if (starts_with_ignoring_case(line, "AUTH ")) {
        const std::vector<std::string> words = split_words(line, " \t");
        session.transcript.in("AUTH " + (words.size() > 1 ? words[1] : "") +
                              (words.size() > 2 ? " ..." : ""));
        return;
    }
    session.transcript.in(trim_right(line));
}

void record_reply(Session& session, const Reply& reply) {
    if (!is_recorded(session)) return;
    session.transcript.out(reply.wire());
    if (reply.is_error()) session.troubles |= trouble_of(session, reply);
    session.refused_by_policy = false;
}

Task<> tell_postmaster(Session& session, std::string aborted) {
    const unsigned told = session.troubles & session.server.told_troubles;
    session.troubles = 0;
    delivery::TranscriptNotice notice;
    notice.transcript = session.transcript.shown();
    session.transcript.clear();
    if (told == 0 || !is_recorded(session)) co_return;
    const Settings& settings = session.server.settings;
    notice.subject = "SMTP server: errors from " + session.client_label();
    notice.aborted = std::move(aborted);
    // Compat: who gets it is not always who is named in it.
    notice.to = settings[delivery::error_notice_recipient];
    const std::string& recipient =
        (told & trouble::bounce) != 0 ? settings[delivery::bounce_notice_recipient] : notice.to;
    if (notice.aborted.empty()) notice.transcript.emplace_back();
    const int flags = queue::own_mail_flags("notify", settings);
    Result<MessageSinkPtr> opened = co_await session.server.neighbours.open_message(flags);
    if (!opened) {
        log::warning("postmaster notice: {}", opened.error());
        co_return;
    }
    MessageSink& message = **opened;
    timeval now{};
    ::gettimeofday(&now, nullptr);
    message.put(RecordType::time, fmt::format("{} {}", now.tv_sec, now.tv_usec));
    message.put_attribute("log_message_origin", "local");
    message.put_attribute("rewrite_context", "local");
    message.put(RecordType::sender,
                settings[config::double_bounce_sender] + "@" + settings[config::myhostname]);
    message.put(RecordType::recipient, recipient);
    message.put(RecordType::message, "");
    message.put(RecordType::text,
                fmt::format("Received: by {} ({})", session.server.hostname, session.server.mail_name));
    message.put(RecordType::text,
                fmt::format("\tid {}; {}", message.queue_id(), mail::format_date(now.tv_sec)));
    for (const std::string& line : delivery::transcript_message(notice, settings))
        message.put(RecordType::text, line);
    message.put(RecordType::extracted, "");
    message.put(RecordType::end, "");
    const queue::CleanupOutcome outcome = co_await message.finish(session.server.cleanup_timeout);
    if (!outcome.ok())
        log::warning("postmaster notice: {}", queue::cleanup_status::explain(outcome.status).text);
}

Task<> flush_transcript(Session& session) {
    const int threshold = session.server.settings[smtpd_history_flush_threshold];
    if (session.in_transaction() || session.transcript.size() <= static_cast<std::size_t>(threshold))
        co_return;
    std::string going_on;
    co_await tell_postmaster(session, going_on);
}

}  // namespace postrider::smtpd

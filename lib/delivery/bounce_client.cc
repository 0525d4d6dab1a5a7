// lib/delivery/bounce_client.cc - see bounce_client.h.
#include "lib/delivery/bounce_client.h"

#include <array>

#include "lib/config/global_parameters.h"
#include "lib/delivery/bounce_protocol.h"
#include "lib/ipc/client.h"

namespace postrider::delivery {
namespace {

// A notification is a whole message through cleanup(8); beyond this the caller keeps the mail and tries
// later.
constexpr auto append_limit = std::chrono::seconds(100);
constexpr auto notify_limit = std::chrono::seconds(600);

// The names of the three services and the standing connection to each.  Lives as long as the process.
struct Services {
    std::array<std::string, 3> names{"bounce", "defer", "trace"};
    std::array<std::unique_ptr<ipc::Client>, 3> clients;
};
Services& services() {
    static Services* const the_services = std::make_unique<Services>().release();
    return *the_services;
}

ipc::Client& client(LogKind kind) {
    const auto which = static_cast<std::size_t>(kind);
    std::unique_ptr<ipc::Client>& client = services().clients.at(which);
    if (!client) client = std::make_unique<ipc::Client>("private/" + services().names.at(which));
    return *client;
}

Task<Result<void>> ask(LogKind kind, BounceRequest request, async::Duration limit) {
    Result<BounceReply> reply = co_await client(kind).ask<BounceReply>(std::move(request), limit);
    if (!reply) co_return Error{reply.error()};
    if (!reply->done) co_return Error{reply->reason};
    co_return Result<void>();
}

BounceRequest about_recipient(std::string_view what, Recipient recipient, Outcome outcome) {
    BounceRequest request;
    request.request = what;
    request.recipient = std::move(recipient);
    request.action = action_name(outcome.action);
    request.status = std::move(outcome.status);
    request.reason = std::move(outcome.reason);
    request.diagnostic_type = std::move(outcome.diagnostic_type);
    request.diagnostic_text = std::move(outcome.diagnostic_text);
    request.remote_mta_type = std::move(outcome.remote_mta_type);
    request.remote_mta = std::move(outcome.remote_mta);
    return request;
}

BounceRequest about_message(std::string_view what, NotifyRequest about) {
    BounceRequest request;
    request.request = what;
    request.about = std::move(about);
    return request;
}

}  // namespace

void set_log_services(const Settings& settings) {
    services().names = {settings[config::bounce_service_name], settings[config::defer_service_name],
                        settings[config::trace_service_name]};
}

std::string_view action_name(Action action) {
    switch (action) {
        case Action::delivered:
            return "delivered";
        case Action::relayed:
            return "relayed";
        case Action::expanded:
            return "expanded";
        case Action::failed:
            return "failed";
        case Action::delayed:
            return "delayed";
        case Action::deliverable:
            return "deliverable";
        case Action::undeliverable:
            return "undeliverable";
    }
    return "delayed";
}

Task<Result<void>> append_log(LogKind kind, std::string queue_id, Recipient recipient, Outcome outcome) {
    BounceRequest request = about_recipient("append", std::move(recipient), std::move(outcome));
    request.about.queue_id = std::move(queue_id);
    return ask(kind, std::move(request), append_limit);
}

Task<Result<void>> send_bounce(NotifyRequest request, LogKind log) {
    return ask(log, about_message("flush", std::move(request)), notify_limit);
}
Task<Result<void>> send_delay_warning(NotifyRequest request) {
    return ask(LogKind::defer, about_message("warn", std::move(request)), notify_limit);
}
Task<Result<void>> send_trace(NotifyRequest request) {
    return ask(LogKind::trace, about_message("trace", std::move(request)), notify_limit);
}

Task<Result<void>> send_one_bounce(NotifyRequest request, Recipient recipient, Outcome outcome) {
    BounceRequest bounce = about_recipient("one", std::move(recipient), std::move(outcome));
    bounce.about = std::move(request);
    return ask(LogKind::bounce, std::move(bounce), notify_limit);
}

}  // namespace postrider::delivery

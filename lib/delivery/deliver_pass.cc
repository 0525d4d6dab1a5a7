// lib/delivery/deliver_pass.cc - handing a recipient on to another delivery agent.
#include "lib/delivery/deliver_pass.h"

#include <fmt/core.h>

#include "lib/base/log.h"
#include "lib/ipc/client.h"

namespace postrider::delivery {

namespace {

constexpr auto connect_limit = std::chrono::seconds(30);
// The agent may wait for commands and servers; qmgr has its own patience with us.
constexpr auto answer_limit = std::chrono::hours(2);

// Sends the request over a connection of its own and returns the report.
Task<Result<Report>> ask_agent(std::string transport, Request request) {
    std::string path = "private/" + transport;
    Result<Fd> connected = co_await ipc::connect_unix(std::move(path), async::after(connect_limit));
    if (!connected) co_return Error{connected.error()};
    async::Stream stream(std::move(*connected));
    try {
        stream.set_timeout(answer_limit);
        ipc::Frame hello = co_await ipc::read_frame(stream);
        if (hello.tag != frame_tag::hello) co_return Error{"malformed greeting from " + transport};
        ipc::put_frame(stream, frame_tag::request, ipc::encode(request));
        co_await stream.flush();
        for (;;) {
            ipc::Frame frame = co_await ipc::read_frame(stream);
            if (frame.tag == frame_tag::goodbye) continue;
            std::optional<Report> report = ipc::decode<Report>(frame.body);
            if (frame.tag != frame_tag::report || !report)
                co_return Error{"malformed report from " + transport};
            co_return std::move(*report);
        }
    } catch (const async::PeerGone& gone) {
        co_return Error{fmt::format("{} with {}", gone.what(), transport)};
    }
}

// The request as the agent of `destination` is to get it.
Request redirected(const Delivery& delivery, const std::string& destination) {
    Request request = delivery.request();
    const std::size_t colon = destination.find(':');
    if (colon != std::string::npos && colon + 1 < destination.size())
        request.nexthop = destination.substr(colon + 1);
    return request;
}

// Asks the agent; without an answer the recipients are deferred here.
Task<> pass_on(Delivery& delivery, std::string destination, Request request) {
    const std::vector<Recipient> recipients = request.recipients;
    std::string transport = destination.substr(0, destination.find(':'));
    for (const Recipient& recipient : recipients)
        log::info("{}: passing <{}> to transport={}", delivery.request().queue_id, recipient.recipient,
                  transport);
    Result<Report> report = co_await ask_agent(std::move(transport), std::move(request));
    if (report) {
        delivery.add_report(*report);
        co_return;
    }
    log::warning("{}: {}", delivery.request().queue_id, report.error());
    for (const Recipient& recipient : recipients) {
        Outcome outcome;
        outcome.status = "4.3.0";
        outcome.reason = "mail transport unavailable";
        co_await delivery.deferred(recipient, std::move(outcome));
    }
}

}  // namespace

Task<> deliver_pass(Delivery& delivery, std::string destination, Recipient recipient) {
    Request request = redirected(delivery, destination);
    // The caller marks the recipient, and qmgr hears of destinations from us alone.
    request.flags &= ~request_flag::delete_on_success;
    request.recipients.assign(1, recipient);
    co_await pass_on(delivery, std::move(destination), std::move(request));
}

Task<> pass_recipients(Delivery& delivery, std::string destination, std::vector<Recipient> recipients) {
    Request request = redirected(delivery, destination);
    request.recipients = std::move(recipients);
    co_await pass_on(delivery, std::move(destination), std::move(request));
}

}  // namespace postrider::delivery

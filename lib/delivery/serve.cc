// lib/delivery/serve.cc - a delivery agent's side of its connection with qmgr(8).
#include <fcntl.h>
#include <sys/stat.h>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/delivery/agent.h"
#include "lib/delivery/bounce_client.h"
#include "lib/delivery/log_line.h"
#include "lib/ipc/client.h"
#include "lib/queue/spool.h"

namespace postrider::delivery {
namespace {

// qmgr ends idle connections much earlier; this ends one whose other end hangs.
constexpr auto idle_limit = std::chrono::hours(1);
constexpr auto write_limit = std::chrono::seconds(60);

// The message's file, open for reading and marking, locked against removal by others.  The error is logged.
Fd open_message(const Request& request, const queue::Spool& spool) {
    const std::optional<queue::Queue> queue = queue::parse_queue_name(request.queue_name);
    if (!queue || !queue::is_queue_id(request.queue_id)) {
        log::warning("bad queue name \"{}\" or queue ID \"{}\"", request.queue_name, request.queue_id);
        return Fd();
    }
    Fd file = spool.open(*queue, request.queue_id, O_RDWR | O_CLOEXEC);
    if (!file) {
        log::warning("open {} {}: {}", request.queue_name, request.queue_id, errno_text());
        return Fd();
    }
    struct stat status {};
    if (::fstat(file.get(), &status) != 0 || !queue::is_ready(status)) {
        log::warning("{}: file is not a complete message", request.queue_id);
        return Fd();
    }
    if (!lock_file(file.get(), LockMode::shared, LockWait::no)) {
        log::warning("{}: file is locked: {}", request.queue_id, errno_text());
        return Fd();
    }
    return file;
}

// Runs the agent on one request.  Whatever goes wrong, recipients without an outcome stay in the queue.
Task<Report> serve_request(Request request, const Settings& settings, const queue::Spool& spool,
                           Deliver& deliver, const AgentOptions& options) {
    Fd file = open_message(request, spool);
    if (!file) co_return Report();
    request.stamps.agent_start = now_in_microseconds();
    const std::string queue_id = request.queue_id;
    Delivery delivery(std::move(request), std::move(file), settings, options.filter);
    std::string failure;
    try {
        co_await deliver(delivery);
    } catch (const async::Cancelled&) {
        throw;
    } catch (const std::exception& error) {
        failure = error.what();
    }
    Report report = delivery.report();
    if (!failure.empty()) {
        log::warning("{}: delivery ended: {}", queue_id, failure);
        report.all_done = false;
    }
    co_return report;
}

Task<> serve_connection(async::Stream& stream, const Settings& settings, Deliver& deliver,
                        const AgentOptions& options) {
    const queue::Spool spool(settings);
    bool said_goodbye = false;
    ipc::put_frame(stream, frame_tag::hello, ipc::encode(Hello()));
    while (true) {
        if (!said_goodbye && options.leave != nullptr && options.leave->is_set()) {
            ipc::put_frame(stream, frame_tag::goodbye, "");
            said_goodbye = true;
        }
        stream.set_timeout(write_limit);
        co_await stream.flush();
        stream.set_timeout(idle_limit);
        ipc::Frame frame = co_await ipc::read_frame(stream);
        std::optional<Request> request = ipc::decode<Request>(frame.body);
        if (frame.tag != frame_tag::request || !request) {
            log::warning("malformed delivery request");
            co_return;
        }
        Request wanted = std::move(*request);
        Report report = co_await serve_request(std::move(wanted), settings, spool, deliver, options);
        ipc::put_frame(stream, frame_tag::report, ipc::encode(report));
    }
}

}  // namespace

Task<> serve_deliveries(async::Stream stream, const Settings& settings, Deliver deliver,
                        AgentOptions options) {
    set_log_services(settings);
    try {
        co_await serve_connection(stream, settings, deliver, options);
    } catch (const async::PeerGone&) {
        // qmgr has ended the connection; nothing is in hand.
    }
}

}  // namespace postrider::delivery

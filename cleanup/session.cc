// cleanup/session.cc - one connection: message after message.
//
// Frames of lib/ipc: 0 begins a message and is answered with its queue ID, 1 carries records, 3 hands over
// mail filters, and after the end record 2 answers what became of it.  A client that leaves before that takes
// its message with it.
#include "cleanup/session.h"

#include "cleanup/message.h"
#include "cleanup/notify.h"
#include "lib/base/log.h"
#include "lib/ipc/fd_transport.h"
#include "lib/ipc/server.h"
#include "lib/queue/cleanup_protocol.h"

namespace postrider::cleanup {

using namespace queue::cleanup_protocol;

namespace {

constexpr auto idle_limit = std::chrono::hours(1);
// Senders are as slow as their own clients: smtpd(8) passes content on as it arrives.
constexpr auto content_limit = std::chrono::hours(1);

struct ProtocolError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

Task<ipc::Frame> read_request(async::Stream& stream) {
    const ipc::BetweenRequests between(stream.fd());
    stream.set_timeout(idle_limit);
    ipc::Frame frame = co_await ipc::read_frame(stream);
    co_return frame;
}

// Feeds all whole records of `bytes`, and keeps what is left for the next frame.
Task<> take_records(Message& message, std::string& bytes) {
    std::size_t used = 0;
    while (!message.complete()) {
        RecordType type{};
        std::string_view data;
        const long length = queue::parse_record(std::string_view(bytes).substr(used), type, data);
        if (length < 0) throw ProtocolError("malformed record");
        if (length == 0) break;
        used += static_cast<std::size_t>(length);
        if (!message.take(type, data)) co_await message.work();
    }
    bytes.erase(0, used);
}

Task<> serve_message(async::Stream& stream, const Rules& rules, int flags) {
    const daemon::Busy busy;
    co_await keep_to_flow();
    Result<std::unique_ptr<Message>> message = Message::create(rules, flags);
    if (!message) throw ProtocolError(message.error());
    BeginReply begun;
    begun.queue_id = (*message)->id();
    ipc::put_frame(stream, begin_tag, ipc::encode(begun));
    co_await stream.flush();
    std::string bytes;
    stream.set_idle_timeout(content_limit);
    while (!(*message)->complete()) {
        ipc::Frame frame = co_await ipc::read_frame(stream);
        if (frame.tag == filters_tag) {
            const bool taken =
                (*message)->take_filters(frame.body, ipc::fd_transport(stream).take_received());
            if (!taken) throw ProtocolError("malformed description of mail filters");
            continue;
        }
        if (frame.tag != records_tag) throw ProtocolError("unexpected frame within a message");
        if (bytes.empty())
            bytes = std::move(frame.body);
        else
            bytes += frame.body;
        co_await take_records(**message, bytes);
    }
    Outcome outcome = co_await (*message)->finish();
    OutcomeReply reply;
    reply.status = outcome.status;
    reply.reason = std::move(outcome.reason);
    reply.filter_states = (*message)->filter_states();
    ipc::put_frame(stream, outcome_tag, ipc::encode(reply));
    co_await stream.flush();
}

}  // namespace

Task<> serve_messages(async::Stream stream, const Rules& rules) {
    ipc::fd_transport(stream);  // from the first byte on
    try {
        for (;;) {
            ipc::Frame frame = co_await read_request(stream);
            // The records of this message could not be read any more; its source begins again elsewhere.
            if (ipc::serving_stopped()) co_return;
            const auto request = ipc::decode<BeginRequest>(frame.body);
            if (frame.tag != begin_tag || !request) throw ProtocolError("malformed request");
            co_await serve_message(stream, rules, request->flags);
        }
    } catch (const async::PeerGone&) {
        // Between messages that is how a conversation ends; within one the file goes with the Message.
    } catch (const ProtocolError& error) {
        log::warning("{}", error.what());
    }
}

Task<> serve_client(daemon::Connection connection, const Settings&) {
    co_await serve_messages(std::move(connection.stream), rules());
}

}  // namespace postrider::cleanup

// lib/queue/cleanup_client.cc - handing a message to cleanup(8), which makes it durable.
//
// Connections stay open from message to message, in a pool of the thread.  A pooled connection may have been
// closed by cleanup meanwhile: that shows before the queue ID arrives, and a fresh connection is tried once.
#include "lib/queue/cleanup_client.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "lib/ipc/client.h"
#include "lib/ipc/fd_transport.h"
#include "lib/queue/cleanup_protocol.h"

namespace postrider::queue {

using namespace cleanup_protocol;

namespace {

constexpr std::size_t frame_size = 16 * 1024;
constexpr auto pool_idle_limit = std::chrono::seconds(30);
constexpr std::size_t pool_limit = 64;
constexpr int begin_attempts = 3;

struct Idle {
    async::Stream stream;
    async::Deadline since;
};

// The idle connections of this thread, by service name; the one used last is taken first.
std::map<std::string, std::vector<Idle>>& pools() {
    thread_local std::map<std::string, std::vector<Idle>> pools;
    return pools;
}

void drop_old(std::vector<Idle>& pool) {
    const auto limit = async::Clock::now() - pool_idle_limit;
    std::erase_if(pool, [limit](const Idle& idle) { return idle.since < limit; });
}

std::optional<async::Stream> take_idle(const std::string& service) {
    std::vector<Idle>& pool = pools()[service];
    drop_old(pool);
    while (!pool.empty()) {
        async::Stream stream = std::move(pool.back().stream);
        pool.pop_back();
        // Between messages cleanup says nothing: bytes, or the end, are the end.
        if (!stream.input_waiting()) return stream;
    }
    return std::nullopt;
}

void give_back(const std::string& service, async::Stream stream) {
    std::vector<Idle>& pool = pools()[service];
    drop_old(pool);
    if (pool.size() < pool_limit) pool.push_back(Idle{std::move(stream), async::Clock::now()});
}

// Sends the request and waits for the queue ID; the error when the connection is lost or speaks nonsense.
Task<Result<std::string>> start_message(async::Stream* stream, std::string request, async::Duration limit) {
    try {
        stream->set_idle_timeout(limit);
        ipc::put_frame(*stream, begin_tag, request);
        co_await stream->flush();
        ipc::Frame frame = co_await ipc::read_frame(*stream);
        std::optional<BeginReply> reply = ipc::decode<BeginReply>(frame.body);
        if (frame.tag != begin_tag || !reply || reply->queue_id.empty())
            co_return Error{"malformed reply from the cleanup service"};
        co_return std::move(reply->queue_id);
    } catch (const async::PeerGone& gone) {
        co_return Error{std::string(gone.what()) + " with the cleanup service"};
    }
}

constexpr std::array<std::pair<int, cleanup_status::Explanation>, 9> explanations = {{
    {cleanup_status::defer, {451, "4.7.1", "service unavailable"}},
    {cleanup_status::proxy, {451, "4.3.0", "queue file write error"}},
    {cleanup_status::bad, {451, "4.3.0", "internal protocol error"}},
    {cleanup_status::no_recipients, {550, "5.1.0", "no recipients specified"}},
    {cleanup_status::hops, {554, "5.4.0", "too many hops"}},
    {cleanup_status::size, {552, "5.3.4", "message file too big"}},
    {cleanup_status::content, {550, "5.7.1", "message content rejected"}},
    {cleanup_status::write_error, {451, "4.3.0", "queue file write error"}},
    {cleanup_status::no_permission, {550, "5.7.1", "service denied"}},
}};

}  // namespace

cleanup_status::Explanation cleanup_status::explain(int status) {
    for (const auto& [bit, explanation] : explanations)
        if ((status & bit) != 0) return explanation;
    if (status == ok) return {250, "2.0.0", "Success"};
    return {451, "4.3.0", "internal protocol error"};
}

struct CleanupClient::State {
    State(std::string name, async::Stream connection, std::string id)
        : service(std::move(name)), stream(std::move(connection)), queue_id(std::move(id)) {}
    void pack() {
        if (!pending.empty()) ipc::put_frame(stream, records_tag, pending);
        pending.clear();
    }

    std::string service;
    async::Stream stream;
    std::string queue_id;
    std::string pending;  // encoded records not yet in a frame
    bool broken = false;
};

CleanupClient::CleanupClient() = default;
CleanupClient::~CleanupClient() = default;
CleanupClient::CleanupClient(CleanupClient&&) noexcept = default;
CleanupClient& CleanupClient::operator=(CleanupClient&&) noexcept = default;

Task<Result<CleanupClient>> CleanupClient::begin(int flags, async::Duration limit, std::string service) {
    BeginRequest request;
    request.flags = flags;
    const std::string body = ipc::encode(request);
    CleanupClient client;
    if (std::optional<async::Stream> idle = take_idle(service)) {
        std::string copy = body;
        Result<std::string> id = co_await start_message(&*idle, std::move(copy), limit);
        if (id) {
            client.state_ = std::make_unique<State>(std::move(service), std::move(*idle), std::move(*id));
            co_return client;
        }
    }
    const std::string path = "public/" + service;
    Result<std::string> id = Error{"no cleanup service"};
    async::Stream stream{Fd()};
    // A process that is about to leave hangs up; the next one answers.
    for (int attempt = 0; attempt < begin_attempts && !id; ++attempt) {
        std::string copy = path;
        Result<Fd> fd = co_await ipc::connect_unix(std::move(copy), async::after(limit));
        if (!fd) co_return Error{fd.error()};
        stream = async::Stream(std::move(*fd));
        std::string request_body = body;
        Result<std::string> begun = co_await start_message(&stream, std::move(request_body), limit);
        id = std::move(begun);
    }
    if (!id) co_return Error{id.error()};
    client.state_ = std::make_unique<State>(std::move(service), std::move(stream), std::move(*id));
    co_return client;
}

const std::string& CleanupClient::queue_id() const {
    return state_->queue_id;
}

void CleanupClient::put(RecordType type, std::string_view data) {
    if (state_->broken) return;
    append_record(state_->pending, type, data);
    if (state_->pending.size() >= frame_size) state_->pack();
}

void CleanupClient::put_attribute(std::string_view name, std::string_view value) {
    std::string record(name);
    record += '=';
    record += value;
    put(RecordType::attribute, record);
}

void CleanupClient::put_filters(std::string_view description, const std::vector<int>& connections) {
    if (state_->broken) return;
    state_->pack();
    // Without them cleanup finds that the description does not fit, and takes no mail.
    if (!ipc::fd_transport(state_->stream).send(connections)) state_->broken = true;
    ipc::put_frame(state_->stream, filters_tag, description);
}

std::size_t CleanupClient::queued() const {
    return state_->pending.size() + state_->stream.queued();
}

Task<> CleanupClient::drain() {
    if (state_->broken) co_return;
    try {
        state_->pack();
        co_await state_->stream.flush();
    } catch (const async::PeerGone&) {
        state_->broken = true;
    }
}

Task<CleanupOutcome> CleanupClient::finish(async::Duration limit) {
    CleanupOutcome outcome;
    co_await drain();
    if (state_->broken) co_return outcome;
    try {
        state_->stream.set_idle_timeout(limit);
        ipc::Frame frame = co_await ipc::read_frame(state_->stream);
        std::optional<OutcomeReply> reply = ipc::decode<OutcomeReply>(frame.body);
        if (frame.tag != outcome_tag || !reply) co_return outcome;
        outcome.status = reply->status;
        outcome.reason = std::move(reply->reason);
        outcome.filter_states = std::move(reply->filter_states);
    } catch (const async::PeerGone&) {
        state_->broken = true;
        co_return outcome;
    }
    give_back(state_->service, std::move(state_->stream));
    co_return outcome;
}

}  // namespace postrider::queue

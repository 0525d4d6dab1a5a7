// smtpd/message_sink.cc - the records of a message go to cleanup(8) or postdrop(1).
#include "smtpd/message_sink.h"

#include "lib/queue/postdrop_client.h"
#include "lib/queue/user_records.h"

namespace postrider::smtpd {

namespace {

class CleanupSink : public MessageSink {
  public:
    explicit CleanupSink(queue::CleanupClient client) : client_(std::move(client)) {}
    const std::string& queue_id() const override { return client_.queue_id(); }
    void put(queue::RecordType type, std::string_view data) override { client_.put(type, data); }
    std::size_t queued() const override { return client_.queued(); }
    Task<> drain() override { return client_.drain(); }
    void put_filters(std::string_view description, const std::vector<int>& connections) override {
        client_.put_filters(description, connections);
    }
    Task<queue::CleanupOutcome> finish(async::Duration limit) override { return client_.finish(limit); }

  private:
    queue::CleanupClient client_;
};

class PostdropSink : public MessageSink {
  public:
    explicit PostdropSink(queue::PostdropClient client) : client_(std::move(client)) {}
    const std::string& queue_id() const override { return client_.queue_id(); }
    std::size_t queued() const override { return 0; }
    Task<> drain() override { co_return; }
    Task<queue::CleanupOutcome> finish(async::Duration) override { co_return client_.finish(); }

    void put(queue::RecordType type, std::string_view data) override {
        if (!queue::user_may_write(segment_, type)) return;
        const auto attribute =
            type == queue::RecordType::attribute ? queue::parse_named_attribute(data) : std::nullopt;
        if (attribute && !queue::user_may_set(*attribute)) return;
        if (type == queue::RecordType::message) segment_ = queue::Segment::content;
        if (type == queue::RecordType::extracted) segment_ = queue::Segment::extracted;
        client_.put(type, data);
    }

  private:
    queue::PostdropClient client_;
    queue::Segment segment_ = queue::Segment::envelope;
};

}  // namespace

Task<Result<MessageSinkPtr>> open_postdrop(const Settings& settings) {
    Result<queue::PostdropClient> client = queue::PostdropClient::start(settings);
    if (!client) co_return Error{client.error()};
    MessageSinkPtr sink = std::make_unique<PostdropSink>(std::move(*client));
    co_return std::move(sink);
}

Task<Result<MessageSinkPtr>> open_cleanup(std::string service, int flags, async::Duration limit) {
    Result<queue::CleanupClient> client = co_await queue::CleanupClient::begin(flags, limit, service);
    if (!client) co_return Error{client.error()};
    MessageSinkPtr sink = std::make_unique<CleanupSink>(std::move(*client));
    co_return std::move(sink);
}

}  // namespace postrider::smtpd

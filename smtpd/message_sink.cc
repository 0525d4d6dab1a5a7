// smtpd/message_sink.cc - the records of a message go to cleanup(8).
#include "smtpd/message_sink.h"

namespace postrider::smtpd {

namespace {

class CleanupSink : public MessageSink {
  public:
    explicit CleanupSink(queue::CleanupClient client) : client_(std::move(client)) {}
    const std::string& queue_id() const override { return client_.queue_id(); }
    void put(queue::RecordType type, std::string_view data) override { client_.put(type, data); }
    std::size_t queued() const override { return client_.queued(); }
    Task<> drain() override { return client_.drain(); }
    Task<queue::CleanupOutcome> finish(async::Duration limit) override { return client_.finish(limit); }

  private:
    queue::CleanupClient client_;
};

}  // namespace

Task<Result<MessageSinkPtr>> open_cleanup(std::string service, int flags, async::Duration limit) {
    Result<queue::CleanupClient> client = co_await queue::CleanupClient::begin(flags, limit, service);
    if (!client) co_return Error{client.error()};
    MessageSinkPtr sink = std::make_unique<CleanupSink>(std::move(*client));
    co_return std::move(sink);
}

}  // namespace postrider::smtpd

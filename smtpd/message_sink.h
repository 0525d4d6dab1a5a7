// smtpd/message_sink.h - where the records of a message go: cleanup(8), or a stand-in in tests.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lib/config/settings.h"
#include "lib/queue/cleanup_client.h"

namespace postrider::smtpd {

// One message under way; dropped when destroyed before finish().  See queue::CleanupClient.
class MessageSink {
  public:
    virtual ~MessageSink() = default;
    virtual const std::string& queue_id() const = 0;
    virtual void put(queue::RecordType type, std::string_view data) = 0;
    // Bytes put and not yet taken.
    virtual std::size_t queued() const = 0;
    virtual Task<> drain() = 0;
    // Hands mail filters over, see queue::CleanupClient.
    virtual void put_filters(std::string_view description, const std::vector<int>& connections) {
        static_cast<void>(description);
        static_cast<void>(connections);
    }
    virtual Task<queue::CleanupOutcome> finish(async::Duration limit) = 0;

    void put_attribute(std::string_view name, std::string_view value) {
        put(queue::RecordType::attribute, std::string(name) + "=" + std::string(value));
    }
};
using MessageSinkPtr = std::unique_ptr<MessageSink>;

// A message handed to the cleanup service.
Task<Result<MessageSinkPtr>> open_cleanup(std::string service, int flags, async::Duration limit);
// A message handed to postdrop(1), by an SMTP server on standard input that has no rights of its own.  What
// only the mail system itself may say of a message is left out.
Task<Result<MessageSinkPtr>> open_postdrop(const Settings& settings);

}  // namespace postrider::smtpd

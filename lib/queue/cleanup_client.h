// lib/queue/cleanup_client.h - handing a message to cleanup(8), which makes it durable.
//
// Used by smtpd, pickup, bounce, local (forwarding) and every other source of mail.  The records are those of
// a queue file.  Only when finish() says `ok` does the message exist, and may its source be told so.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lib/async/stream.h"
#include "lib/base/result.h"
#include "lib/queue/record.h"

namespace postrider::queue {

// What cleanup does with a message, by origin; bits as in docs/protocols.md.
namespace cleanup_flag {
inline constexpr int bounce = 1;  // cleanup bounces a message it cannot accept (local submission)
inline constexpr int filter = 2;  // header and body checks
inline constexpr int hold = 4;
inline constexpr int discard = 8;
inline constexpr int automatic_bcc = 16;
inline constexpr int map_addresses = 32;  // canonical, masquerade, virtual aliases
inline constexpr int milter = 64;
inline constexpr int smtp_reply = 128;  // the reason is to be an SMTP reply
inline constexpr int smtputf8 = 256;
inline constexpr int auto_utf8 = 512;
inline constexpr int require_tls = 1024;
inline constexpr int external = filter | milter | automatic_bcc | map_addresses;  // mail from outside
inline constexpr int internal = map_addresses;                                    // bounces, forwarded mail
}  // namespace cleanup_flag

namespace cleanup_status {
inline constexpr int ok = 0;
inline constexpr int bad = 1;
inline constexpr int write_error = 2;
inline constexpr int size = 4;
inline constexpr int content = 8;
inline constexpr int hops = 16;
inline constexpr int no_recipients = 64;
inline constexpr int proxy = 128;
inline constexpr int defer = 256;
inline constexpr int no_permission = 512;
// SMTP code, enhanced status and text that Postfix answers for the most severe bit.
struct Explanation {
    int smtp_code;
    std::string_view status;
    std::string_view text;
};
Explanation explain(int status);
}  // namespace cleanup_status

struct CleanupOutcome {
    int status = cleanup_status::write_error;
    std::string
        reason;  // empty, or the text to show (with smtp_reply: a whole reply without the code's line end)
    std::vector<std::string> filter_states;  // of filters handed over; see lib/milter/filters.h
    bool ok() const { return status == cleanup_status::ok; }
};

// One message under way.  Connections are pooled and used for one message after the other.
class CleanupClient {
  public:
    CleanupClient();
    ~CleanupClient();
    CleanupClient(CleanupClient&&) noexcept;
    CleanupClient& operator=(CleanupClient&&) noexcept;

    // Starts a message; the error when cleanup cannot be reached within `limit`.  `service` is the value of
    // cleanup_service_name.
    static Task<Result<CleanupClient>> begin(int flags, async::Duration limit,
                                             std::string service = "cleanup");
    const std::string& queue_id() const;

    // Queues records; put() never waits, drain() waits until little is queued.  A broken connection shows in
    // finish() as write_error.
    void put(RecordType type, std::string_view data);
    void put_attribute(std::string_view name, std::string_view value);
    // Hands mail filters over: their description and the descriptors of their connections, which are copied.
    // To be called before the content.
    void put_filters(std::string_view description, const std::vector<int>& connections);
    Task<> drain();
    std::size_t queued() const;
    // Call after the `end` record: waits until the message is on disk.  A message not finished is dropped by
    // cleanup when this object goes away.
    Task<CleanupOutcome> finish(async::Duration limit);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace postrider::queue

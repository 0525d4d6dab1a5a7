// smtpd/proxy_filter.h - the filter before the queue: an SMTP server that sees a message while its client
// waits.
//
// With a filter there is no queue file: envelope and content go to the filter, which hands them to another
// SMTP server of ours or refuses them, and its replies are the client's.  A filter that cannot be used is a
// 451 for the client and a warning for us.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/async/stream.h"
#include "lib/config/settings.h"
#include "smtpd/message_sink.h"
#include "smtpd/proxy_spool.h"
#include "smtpd/reply.h"

namespace postrider::smtpd {

struct Session;

struct ProxyOptions {
    // A word of smtpd_proxy_options that is unknown is fatal.
    explicit ProxyOptions(const Settings& settings);
    bool wanted() const { return !endpoint.empty(); }

    std::string endpoint;  // smtpd_proxy_filter
    std::string ehlo;
    std::chrono::seconds timeout;
    bool speed_adjust = false;     // the message is kept here until it is complete
    bool replace_stray_line_ends;  // a CR inside a line cannot become a line end for the filter
};

// What the filter is told of the client, in the order it is said; "" where it is not known.
using ForwardedAttributes = std::vector<std::pair<std::string_view, std::string>>;
ForwardedAttributes forwarded_attributes(const Session& session);
// The XFORWARD commands that say those of `all` that the filter takes, each at most 512 bytes.
std::vector<std::string> xforward_commands(const ForwardedAttributes& all,
                                           const std::vector<std::string>& taken);

using Connect = std::function<Task<Result<Fd>>(std::string endpoint, async::Deadline deadline)>;

// One message on its way to the filter.
class ProxyFilter : public MessageSink {
  public:
    ProxyFilter(const ProxyOptions& options, Connect connect, ForwardedAttributes client,
                std::string mail_command);
    ~ProxyFilter() override;

    // Each of these: an empty reply when it went well, else the reply for the client.
    Task<Reply> open();
    Task<Reply> recipient(std::string command);
    Task<Reply> begin_content();
    // Ends the content.  The filter's answer, or ours when there is none.
    Task<Reply> end_content();

    // Only the lines of the content are of interest to the filter.
    const std::string& queue_id() const override;
    void put(queue::RecordType type, std::string_view data) override;
    std::size_t queued() const override;
    Task<> drain() override;
    Task<queue::CleanupOutcome> finish(async::Duration limit) override;

  private:
    enum class Expect { success, more, anything };
    Task<Reply> connect_and_greet();
    Task<Reply> introduce(std::string greeting);
    Task<Reply> exchange(std::string command, Expect expected);
    Task<std::optional<std::string>> read_reply();
    Task<Reply> replay();
    void note_gone(const async::PeerGone& gone);
    void put_line(std::string_view text, bool ends_line);
    void put_bytes(std::string_view bytes);

    const ProxyOptions& options_;
    Connect connect_;
    ForwardedAttributes client_;
    std::string mail_command_;
    std::vector<std::string> recipient_commands_;  // speed_adjust
    ProxySpool spool_;                             // speed_adjust
    std::optional<async::Stream> stream_;
    std::string greeting_;  // the reply to EHLO
    bool in_content_ = false;
    bool in_line_ = false;
    bool broken_ = false;
};

// Opens a filter for the transaction.  An empty reply, or the one for the client.
Task<Reply> open_proxy_filter(Session& session);
// After the content: the filter decides.
Task<Reply> finish_with_proxy_filter(Session& session);

}  // namespace postrider::smtpd

// smtp/session.h - one connection to a server: greeting, EHLO, commands and replies, good-bye.
//
// A session serves one message after the other.  When the server is gone or too slow, reading and writing
// throw async::PeerGone; `doing()` then tells what was under way.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "lib/async/stream.h"
#include "lib/delivery/transcript.h"
#include "smtp/failure.h"
#include "smtp/features.h"
#include "smtp/options.h"
#include "smtp/peer.h"
#include "smtp/starttls.h"
#include "smtp/tls_policy.h"

namespace postrider::smtp {

// What the opening of a session has to know of the message that it is opened for.
struct Occasion {
    std::string queue_id;
    std::string nexthop;
    std::int64_t message_age = 0;     // seconds in the queue
    bool watch_for_loops = false;     // the server must not be we (port 25)
    bool best_host = false;           // no other host of the destination is preferred to this one
    bool may_retry_in_clear = false;  // when optional TLS fails, and the mail has waited long enough
    bool is_notification = false;     // the mail that it is opened for
};

class Session {
  public:
    // `options` outlives the session.
    Session(async::Stream stream, Peer peer, const Options& options);

    // How the connection is to be encrypted; before open().  `client` outlives the session.  `nexthop` is the
    // domain or host that the mail is for.  Without it the session stays in clear.
    void set_tls(TlsClient& client, TlsPolicy policy, std::string nexthop);

    // Greeting and EHLO, HELO or LHLO, STARTTLS in between.  Nothing: the server is ready for mail.
    Task<std::optional<Failure>> open(Occasion occasion);
    // QUIT, and as much patience with its reply as the parameters say.  Never throws PeerGone.
    Task<> close();

    // Queues a command; `doing` is what the log says while its reply is awaited.
    void put(const std::string& command);
    Task<> flush(Seconds limit);
    // The reply that comes next; 421 ends the reuse of the session.
    Task<Reply> read_reply(Seconds limit, std::string_view doing);
    // One command and its reply.
    Task<Reply> ask(std::string command, Seconds limit, std::string_view doing);

    async::Stream& stream() { return stream_; }
    const Peer& peer() const { return peer_; }
    const Options& options() const { return options_; }
    const Features& features() const { return features_; }
    const std::string& doing() const { return doing_; }
    void set_doing(std::string_view doing) { doing_ = doing; }

    // How the limits of read and write are to be understood: smtp_per_request_deadline.
    void set_limit(Seconds limit);

    const TlsPolicy& tls_policy() const { return policy_; }
    // What the handshake agreed on; nothing: the session is in clear.
    const std::optional<tls::Agreed>& tls() const { return agreed_; }
    // TLS was optional and did not work out: the mail may go to this server in clear over a new connection.
    bool may_retry_in_clear() const { return policy_.level == TlsLevel::may && may_retry_in_clear_; }
    bool tls_failed() const { return tls_failed_; }
    // "may", "may:none", "encrypt": the level that was wanted, and the one that came of it.
    std::string tls_status() const;
    bool tells_tls_status() const {
        return tls_client_ != nullptr && tls_client_->options().log_tls_feature_status;
    }
    // The server has spoken before it was asked, which a third party inside TLS would cause.
    bool spoke_early();

    // One more message is about to be sent.  The postmaster does not hear of trouble with a notification:
    // that would be mail about mail about mail.
    void begin_use(std::string queue_id, bool is_notification) {
        ++uses_;
        queue_id_ = std::move(queue_id);
        is_notification_ = is_notification;
    }
    int uses() const { return uses_; }
    // May be kept for more mail.
    bool is_reusable() const;
    // Nothing comes after the message in hand: QUIT need not wait for the last reply.
    void set_last_use(bool last) { last_use_ = last; }
    // After the final dot, before its reply: queues QUIT when that saves a round trip.
    void put_early_quit();
    void forbid_reuse() { reusable_ = false; }
    // The destination it was opened for has no other host.
    bool is_only_host() const { return only_host_; }
    void set_only_host(bool only) { only_host_ = only; }
    // A mail transaction was begun and not ended: RSET has to come first.
    bool needs_reset() const { return needs_reset_; }
    void set_needs_reset(bool needs) { needs_reset_ = needs; }
    // For whom the session was opened: sessions of different logins are not mixed up.
    const std::string& login() const { return login_; }
    void set_login(std::string login) { login_ = std::move(login); }
    // A refusal that decided something.  One of syntax ends the reuse of the session, and is a matter for the
    // postmaster (notify_classes = protocol); what comes to commands sent ahead of another refusal means
    // nothing.
    void note_refusal(const Reply& reply);
    // The mail that tells of it; nothing when there is nothing to tell.
    std::optional<delivery::TranscriptNotice> postmaster_notice() const;
    // A command whose words nobody else has to see.
    void put_secret(const std::string& command, std::string_view shown);
    // The reply could not be looked up in smtp_reply_filter: what waits for it cannot go on.
    bool table_failed() const { return table_failed_; }
    // Wait before the final dot: a firewall on the way loses it otherwise.
    bool delays_dot() const { return delays_dot_; }

  private:
    bool keeps_transcript() const;
    void send_line(std::string line);
    Failure refusal(const Reply& reply);
    Task<std::optional<Failure>> converse(Occasion occasion);
    Task<std::optional<Failure>> say_hello(Occasion occasion, bool extended);
    Task<std::optional<Failure>> ask_for_tls();
    Task<std::optional<Failure>> start_tls();
    // Nothing: a table cannot be asked.
    Task<std::optional<std::set<std::string>>> discarded_keywords();
    Task<> look_for_pix(Reply greeting, Occasion occasion);
    Task<std::string> pix_workarounds();
    bool greets_with_esmtp(const Reply& greeting) const;

    async::Stream stream_;
    Peer peer_;
    const Options& options_;
    Features features_;
    std::string doing_;
    std::string queue_id_;  // of the message in hand, for the log
    bool is_notification_ = false;
    std::string login_;
    int uses_ = 0;
    bool reusable_ = true;
    bool last_use_ = false;
    bool only_host_ = false;
    bool quit_sent_ = false;
    bool broken_ = false;
    bool table_failed_ = false;
    bool needs_reset_ = false;
    bool delays_dot_ = false;
    bool disable_esmtp_ = false;
    async::Deadline reuse_until_;
    TlsClient* tls_client_ = nullptr;
    TlsPolicy policy_;
    std::string nexthop_;
    std::optional<tls::Agreed> agreed_;
    bool tls_failed_ = false;
    bool may_retry_in_clear_ = false;
    delivery::Transcript transcript_;  // for the postmaster
    bool has_trouble_ = false;
};

}  // namespace postrider::smtp

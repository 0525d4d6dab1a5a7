// smtp/login.h - logging in to a server, RFC 4954: with which name, how, and what comes of it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "lib/sasl/client.h"
#include "lib/tables/address_lookup.h"
#include "lib/tables/local_domains.h"
#include "smtp/destination.h"
#include "smtp/failure.h"
#include "smtp/login_cache.h"
#include "smtp/oauth_token.h"
#include "smtp/options.h"
#include "smtp/session.h"

namespace postrider::smtp {

struct Credentials {
    std::string user, password;
    // For telling sessions apart.
    std::string key() const { return user + '\0' + password; }
};

// What is to be done about a login at a server.
struct LoginChoice {
    std::optional<Failure> failure;          // it could not be found out: do not send
    std::optional<Credentials> credentials;  // none: talk like strangers
    std::string key() const { return credentials ? credentials->key() : std::string(); }
};

// How well a connection is protected: passwords may be sent over one and not over the other.
enum class Protection { none, encrypted, verified };

class LoginPolicy {
  public:
    // Loads what has to be loaded before the jail is closed.  Bad values are fatal.
    LoginPolicy(const Options& options, const Settings& settings);
    LoginPolicy(const LoginPolicy&) = delete;
    LoginPolicy& operator=(const LoginPolicy&) = delete;

    // The login for a server: the sender's own if that is asked for, else the host's, else the next hop's.
    Task<LoginChoice> choose(Destination destination, std::string host, std::string sender) const;
    // Different senders may need different sessions.
    bool depends_on_sender() const { return by_sender_; }

    // Logs in, in a session that has just been opened.  Nothing: the session is ready for mail; also when the
    // server has no logins.
    Task<std::optional<Failure>> log_in(Session& session, std::optional<Credentials> credentials,
                                        Protection protection);

  private:
    Task<std::vector<std::string>> usable_mechanisms(std::vector<std::string> offered,
                                                     std::string server) const;
    Task<std::optional<Failure>> converse(Session& session, Credentials credentials, Protection protection);
    Task<std::optional<Failure>> exchange(Session& session, sasl::ClientConversation& conversation,
                                          const Credentials& credentials);
    Task<std::optional<Failure>> judge(const Session& session, Reply reply, const Credentials& credentials);
    Failure refusal(const Peer& peer, const std::string& status, const std::string& text,
                    std::string_view how) const;

    const Options& options_;
    const std::string program_;  // "smtp", "lmtp"
    bool enabled_ = false;
    bool by_sender_ = false;
    bool soft_bounce_ = true;
    bool sends_authorization_id_ = false;
    char delimiter_ = ':';
    unsigned security_[3]{};  // by Protection
    tables::TableList passwords_;
    tables::LocalDomains local_domains_;
    tables::AddressRules address_rules_;
    tables::MatchList mechanism_filter_;
    TokenSource tokens_;
    std::unique_ptr<sasl::AuthClient> client_;
    std::string trouble_;  // why client_ is null
    std::optional<LoginCache> refused_;
};

}  // namespace postrider::smtp

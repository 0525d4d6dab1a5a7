// smtp/client.h - delivers one request after the other: servers are tried until nobody is left.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lib/delivery/request.h"
#include "smtp/connection_cache.h"
#include "smtp/destination.h"
#include "smtp/generic.h"
#include "smtp/job.h"
#include "smtp/login.h"
#include "smtp/options.h"
#include "smtp/route.h"
#include "smtp/starttls.h"
#include "smtp/tls_policies.h"
#include "smtp/transaction.h"

namespace postrider::smtp {

// What the deliveries of a process share.  Any number of them run at once.
class Client {
  public:
    // `background` takes the good-byes of sessions and is joined after the client's last delivery.
    // `tls_sessions`: see TlsClient.
    Client(Protocol protocol, const Settings& settings, async::Scope& background,
           std::unique_ptr<tls::SessionStore> tls_sessions = nullptr);

    // Gives each recipient of the request its verdict.
    Task<> deliver(delivery::Request& request, int queue_file, Verdicts& verdicts);
    // Says good-bye to all kept sessions.
    void end_sessions() { cache_.clear(); }
    const Options& options() const { return options_; }

  private:
    // One of the places a request may go to.
    struct Site {
        std::string text;
        bool is_last = false;
        bool is_fallback = false;
    };
    // Why a server is tried, for Session::open() and the verdicts.
    struct Attempt {
        Destination destination;
        Peer peer;
        bool is_last = false;          // no other server will be tried for this request
        bool is_last_session = false;  // none will be tried if this one opens a session with us
        bool best_host = false;
        bool only_host = false;  // the destination has no other
        LoginChoice login;
        TlsPolicy tls;
        std::optional<Failure> tls_failure;  // of the destination's policy
        std::string key;                     // under which the session is kept for the destination
    };

    std::vector<Site> sites_of(const delivery::Request& request) const;
    Task<> try_site(Job& job, int queue_file, Site site);
    Task<> try_unix_socket(Job& job, int queue_file, Destination destination, Site site);
    Task<> try_hosts(Job& job, int queue_file, Destination destination, Site site);
    Task<> try_kept_session(Job& job, int queue_file, Destination destination, TlsPolicy policy, Site site,
                            SocketAddress& used);
    // True when the server was ready for mail.
    Task<bool> try_server(Job& job, int queue_file, Attempt attempt);
    Task<bool> try_kept_address(Job& job, int queue_file, const Attempt& attempt);
    Task<bool> settle_host_policy(Job& job, const Host& host, const MailExchange& exchange, Attempt& attempt);
    bool may_retry_in_clear(const Job& job, const Attempt& attempt) const;
    Task<std::unique_ptr<Session>> connect(Job& job, Attempt attempt);
    Task<Result<Fd>> connect_from_source(SocketAddress address);
    // How a new connection served.
    enum class Begun { no_session, session, again_in_clear };
    Task<Begun> begin(Job& job, int queue_file, std::unique_ptr<Session> session, Attempt attempt);
    Task<TransactionEnd> use(Job& job, int queue_file, std::unique_ptr<Session> session,
                             Destination destination, std::string key);
    Task<bool> may_keep(const delivery::Request& request, Destination destination) const;
    Task<> give_up(Job& job, Site last);
    std::string cache_key(const Destination& destination, const TlsPolicy& policy,
                          const delivery::Request& request) const;
    Result<SocketAddress> source_for(const SocketAddress& address) const;

    Options options_;
    GenericMap generic_;
    LoginPolicy login_;
    TlsPolicies tls_policies_;
    TlsClient tls_client_;
    ConnectionCache cache_;
};

}  // namespace postrider::smtp

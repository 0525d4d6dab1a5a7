// smtp/starttls.h - the TLS half of all connections of a process: keys, authorities, sessions to resume.
#pragma once

#include <memory>
#include <string>

#include "lib/daemon/file_watch.h"
#include "lib/tls/client.h"
#include "smtp/peer.h"
#include "smtp/tls_options.h"
#include "smtp/tls_policy.h"

namespace postrider::smtp {

class TlsClient {
  public:
    // Reads keys and authorities, which are out of reach later.  What cannot be read is a warning; then no
    // mail is sent that has to be encrypted.  `store` keeps sessions for resumption, as long as main.cf names
    // a cache; null: they are kept in this process.
    TlsClient(const TlsOptions& options, const Settings& settings, std::unique_ptr<tls::SessionStore> store);

    // Takes up renewed keys and authorities; then says whether a handshake can be tried.
    bool is_usable();
    const TlsOptions& options() const { return options_; }

    // The handshake by the stream's deadline, and its line in the log.  The error has been logged; the stream
    // is of no use then.  Throws nothing.
    Task<Result<tls::Agreed>> start(async::Stream& stream, TlsPolicy policy, std::string nexthop,
                                    Peer peer) const;

  private:
    void make_context();
    tls::Demand demand_for(const TlsPolicy& policy, const std::string& nexthop, const Peer& peer) const;

    const TlsOptions& options_;
    daemon::FileWatch watch_;
    std::shared_ptr<const tls::ClientContext> context_;  // shared with the handshakes under way
    std::unique_ptr<tls::SessionStore> store_;
};

}  // namespace postrider::smtp

// smtpd/neighbours.h - everybody an SMTP session asks: other daemons and the name service.
//
// Functions, so that tests can put their own answers in their place.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "lib/config/settings.h"
#include "lib/delivery/verify_client.h"
#include "lib/dns/client_name.h"
#include "lib/dns/lookup.h"
#include "lib/ipc/rewrite_client.h"
#include "smtpd/message_sink.h"

namespace postrider::smtpd {

// How a flush(8) request ended, RFC 1985 5.3.
enum class FlushOutcome { started, not_eligible, failed };

// What anvil(8) says about a client.
struct ClientRate {
    bool known = false;  // false: anvil could not be asked
    int connections = 0;
    int rate = 0;
};
enum class AnvilEvent { connect, disconnect, message, recipient, auth, new_tls, look_up_new_tls };

struct Neighbours {
    std::function<Task<Result<MessageSinkPtr>>(int cleanup_flags)> open_message;
    std::function<Task<Result<ipc::Resolved>>(std::string sender, std::string recipient)> resolve;
    // True when trivial-rewrite finds that the address, once it is complete, cannot be one; false also when
    // nobody answers.
    std::function<Task<bool>(std::string address)> is_no_address;
    std::function<Task<dns::ClientName>(SocketAddress address)> client_name;
    std::function<Task<dns::Answer>(std::string name, dns::Type type)> dns_lookup;
    std::function<Task<FlushOutcome>(std::string domain)> flush_domain;
    std::function<Task<ClientRate>(AnvilEvent event, std::string client)> anvil;
    // What verify(8) knows of an address.
    std::function<Task<Result<delivery::ProbeAnswer>>(std::string address)> verify;
    // A connection to a server that main.cf names.
    std::function<Task<Result<Fd>>(std::string endpoint, async::Deadline deadline)> connect;
    // As long as the result lives, the process finishes what it does before it obeys a stop.
    std::function<std::shared_ptr<void>()> keep_running;
};

// The real ones, as the settings name them.
Neighbours real_neighbours(const Settings& settings);

}  // namespace postrider::smtpd

// commands/posttls-finger/probe.h - one conversation with a server, told line by line.
#pragma once

#include <memory>
#include <string>

#include "commands/posttls-finger/options.h"
#include "commands/posttls-finger/target.h"
#include "lib/config/settings.h"
#include "lib/tls/session_store.h"

namespace postrider::posttls_finger {

class Probe {
  public:
    // All outlive the probe.  Fatal when keys or authorities cannot be read.
    Probe(const Options& options, const Settings& settings);

    // Tries the hosts of the destination until one talks to us, and reconnects when that was asked for.
    Task<> run();

  private:
    // What is demanded at a host: the level, with what DANE made of it.
    struct Plan {
        Level level = Level::none;
        bool half_dane = false;
        std::vector<tls::TlsaRecord> records;
        std::string base;
    };
    enum class Talked { no, failed, yes, resumed };

    Task<Plan> plan_for(Host host, const Target& target);
    tls::Demand demand_for(const Plan& plan, const Host& host, const Target& target) const;
    Task<bool> try_hosts(const Target& target);
    Task<Talked> talk(Host host, const Target& target);
    Task<bool> converse(async::Stream& stream, Host host, const Target& target);
    Task<bool> start_tls(async::Stream& stream, Host host, const Target& target);
    // The reply's code, 0 when it was no SMTP; its text is in reply_.
    Task<int> command(async::Stream& stream, std::string line);
    Task<int> read_reply(async::Stream& stream);
    Task<int> say_hello(async::Stream& stream);

    const Options& options_;
    const Settings& settings_;
    std::string own_name_;
    std::string digest_;
    std::unique_ptr<tls::ClientContext> context_;
    std::unique_ptr<tls::SessionStore> store_;
    std::string doing_;
    std::vector<std::string> reply_;
    std::string server_name_;  // of the reply to EHLO
    bool offers_tls_ = false;
    bool resumed_ = false;
};

}  // namespace postrider::posttls_finger

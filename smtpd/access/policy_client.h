// smtpd/access/policy_client.h - asking a policy server: postgrey, policyd-spf and their kind.
//
// Requests are "name=value" lines and an empty line; the answer is such a list with "action=...". Connections
// are kept for the next question.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lib/async/stream.h"
#include "lib/base/result.h"
#include "lib/config/settings.h"
#include "smtpd/access/rules.h"

namespace postrider::smtpd::access {

// How to reach and treat one server; settings of main.cf, overridden inside { ... }.
struct PolicyOptions {
    std::string endpoint;  // "inet:host:port", "unix:path"
    std::string default_action;
    std::string context;
    std::chrono::seconds timeout{100};
    std::chrono::seconds max_idle{300};
    std::chrono::seconds max_ttl{1000};
    std::chrono::seconds retry_delay{1};
    int request_limit = 0;
    int try_limit = 2;
    bool operator==(const PolicyOptions& other) const = default;
};
// The error tells what is wrong with the text.
Result<PolicyOptions> parse_policy_options(const std::string& text, const Settings& settings);

class PolicyClient {
  public:
    explicit PolicyClient(PolicyOptions options) : options_(std::move(options)) {}
    // One for all lists that ask the same server in the same way: they share its connections.
    static std::shared_ptr<PolicyClient> shared(PolicyOptions options);
    PolicyClient(const PolicyClient&) = delete;
    PolicyClient& operator=(const PolicyClient&) = delete;

    const PolicyOptions& options() const { return options_; }
    // The action the server wants; the error when it gave none in all tries, which have been logged.
    Task<Result<std::string>> ask(std::string request);

  private:
    struct Connection {
        explicit Connection(async::Stream open) : stream(std::move(open)) {}
        async::Stream stream;
        async::Deadline opened = async::Clock::now();
        async::Deadline used = async::Clock::now();
        int requests = 0;
    };
    using ConnectionPtr = std::unique_ptr<Connection>;
    ConnectionPtr take_idle();
    void give_back(ConnectionPtr connection);
    Task<Result<Fd>> connect();
    Task<Result<std::string>> exchange(Connection& connection, std::string request);
    Task<Result<std::string>> try_once(std::string request);

    PolicyOptions options_;
    std::vector<ConnectionPtr> idle_;
};

}  // namespace postrider::smtpd::access

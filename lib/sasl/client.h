// lib/sasl/client.h - the client's side of a login, RFC 4422.
//
// Challenges and responses are bytes here; the base64 of the protocols around them is the callers' business.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lib/async/task.h"
#include "lib/base/result.h"
#include "lib/sasl/security.h"

namespace postrider::sasl {

struct ClientFacts {
    std::string service;                  // "smtp", "lmtp"
    std::string server;                   // host name
    std::vector<std::string> mechanisms;  // that the server offers and we want
    unsigned security = 0;                // bits of namespace security
    std::string user, password;
    bool sends_authorization_id = false;  // the user name once more, as the one to act as
};

struct FirstStep {
    std::string mechanism;
    std::optional<std::string> response;  // the initial response, when the mechanism has one
};

class ClientConversation {
  public:
    virtual ~ClientConversation() = default;
    // Chooses a mechanism.  The error says why there can be no login.
    virtual Task<Result<FirstStep>> begin() = 0;
    virtual Task<Result<std::string>> step(std::string challenge) = 0;
};

class AuthClient {
  public:
    virtual ~AuthClient() = default;
    virtual std::unique_ptr<ClientConversation> open(ClientFacts facts) = 0;
};

// The kinds of clients: "cyrus".
std::vector<std::string> client_types();
// To be called before the jail is closed.  The error: no such type, or it does not work.
Result<std::unique_ptr<AuthClient>> make_client(const std::string& type, const std::string& config_path);

}  // namespace postrider::sasl

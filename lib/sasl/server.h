// lib/sasl/server.h - the server's side of a login, RFC 4422: whoever checks it.
//
// An AuthServer belongs to a process, a ServerConversation to one AUTH command.  Challenges and responses are
// bytes here, and the base64 of the protocols around them is the callers' business, unless the server wants
// it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/async/task.h"
#include "lib/base/result.h"
#include "lib/sasl/security.h"

namespace postrider::sasl {

// Who wants to log in, and from where.
struct ServerFacts {
    std::string service;   // "smtp"
    std::string hostname;  // ours
    std::string realm;     // smtpd_sasl_local_domain
    std::string client_address, client_port;
    std::string server_address, server_port;
    bool encrypted = false;
    unsigned security = 0;  // bits of namespace security
};

// What is said to a client's words.
struct Answer {
    enum class Kind {
        challenge,  // goes on: `text` is sent to the client
        success,    // the client is `user`
        failure,    // `text` says why, perhaps
        try_later,  // nobody could tell; `text` says why
    };
    Answer() = default;
    Answer(Kind what, std::string words, std::string name = "")
        : kind(what), text(std::move(words)), user(std::move(name)) {}
    Kind kind = Kind::try_later;
    std::string text;
    std::string user;  // with failure: whom the client wanted to be, where that is known
};

class ServerConversation {
  public:
    virtual ~ServerConversation() = default;
    // `initial`: the initial response of the client, RFC 4954 4; nothing when it sent none.
    virtual Task<Answer> begin(std::string mechanism, std::optional<std::string> initial) = 0;
    // After a challenge.
    virtual Task<Answer> step(std::string response) = 0;
};

class AuthServer {
  public:
    virtual ~AuthServer() = default;
    // The mechanisms that meet facts.security, in upper case; the error says why nobody knows.
    virtual Task<Result<std::vector<std::string>>> mechanisms(ServerFacts facts) = 0;
    // It refuses mechanisms that it does not know or may not use in its own words; for others that is done
    // before they are asked.
    virtual bool refuses_mechanisms() const { return false; }
    // Challenges and responses stay in base64 all the way: whether that is well formed the server itself
    // says.
    virtual bool speaks_base64() const { return false; }
    // What is said to a response that is no base64; `which`: "initial" or "continued".
    virtual std::string bad_base64(const std::string& which) const {
        return "Invalid base64 data in " + which + " response";
    }
    // The conversation must not outlive the server.
    virtual std::unique_ptr<ServerConversation> open(ServerFacts facts) = 0;
};

// Where the server's own settings are.
struct ServerPlace {
    std::string path;         // smtpd_sasl_path: a socket, or the name of a configuration file
    std::string config_path;  // cyrus_sasl_config_path: directories
};
// The kinds of servers: "cyrus", "dovecot".
std::vector<std::string> server_types();
// To be called before the jail is closed.  The error: there is no such type.
Result<std::unique_ptr<AuthServer>> make_server(const std::string& type, ServerPlace place);

}  // namespace postrider::sasl

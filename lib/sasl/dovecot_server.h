// lib/sasl/dovecot_server.h - logins checked by Dovecot's auth server (smtpd_sasl_type = dovecot).
//
// One connection serves all sessions of the process; requests are told apart by number.  It is made when a
// session first needs it and made anew when it was lost.  With the server down each session is told to try
// later, and nothing else suffers.
#pragma once

#include <memory>
#include <string>

#include "lib/async/loop.h"
#include "lib/sasl/server.h"

namespace postrider::sasl {

class DovecotLink;

class DovecotServer : public AuthServer {
  public:
    // "path" or "unix:path" (relative to the queue directory), "inet:host:port".
    explicit DovecotServer(std::string path);
    ~DovecotServer() override;

    Task<Result<std::vector<std::string>>> mechanisms(ServerFacts facts) override;
    bool speaks_base64() const override { return true; }
    std::unique_ptr<ServerConversation> open(ServerFacts facts) override;

    // The connection, made when there is none; the error is logged already.
    Task<Result<std::shared_ptr<DovecotLink>>> link();
    std::uint32_t next_id() { return ++last_id_; }

  private:
    Task<> connect();
    std::string path_;
    std::shared_ptr<DovecotLink> link_;
    std::shared_ptr<async::Event> attempt_;  // set when the connection being made is there, or not
    std::string trouble_;                    // of the last attempt
    async::Deadline silent_until_{};  // the server accepts connections and says nothing: do not wait again
    std::uint32_t last_id_ = 0;
};

}  // namespace postrider::sasl

// lib/sasl/dovecot_link.h - one connection to Dovecot's auth server, shared by many requests.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lib/async/loop.h"
#include "lib/base/fd.h"
#include "lib/sasl/dovecot_protocol.h"

namespace postrider::sasl {

class DovecotLink {
  public:
    struct Mechanism {
        std::string name;
        unsigned properties = 0;
    };

    explicit DovecotLink(Fd socket);
    DovecotLink(const DovecotLink&) = delete;
    DovecotLink& operator=(const DovecotLink&) = delete;

    // Exchanges greetings; the error says what is wrong with the server.
    Task<Result<void>> greet();
    bool timed_out() const { return timed_out_; }
    // The server is there, as far as we know.
    bool is_alive() const { return !lost_; }
    const std::vector<Mechanism>& mechanisms() const { return mechanisms_; }
    const Mechanism* find(const std::string& name) const;

    // Sends a line about request `id` and waits for what is said to it; nothing when the connection is lost
    // or no answer came in time.
    Task<std::optional<DovecotLine>> ask(std::uint32_t id, std::string line);
    // The client has given up request `id`.
    void cancel(std::uint32_t id);

  private:
    // One waiting request; known to the link as long as it lives.
    class Waiting {
      public:
        Waiting(DovecotLink& link, std::uint32_t id);
        ~Waiting();
        Waiting(const Waiting&) = delete;
        Waiting& operator=(const Waiting&) = delete;
        async::Event ended;
        std::optional<DovecotLine> answer;

      private:
        DovecotLink& link_;
        std::uint32_t id_;
    };

    Task<bool> send(std::string bytes);
    void read();
    void take(std::string_view line);
    void take_greeting(const DovecotLine& line);
    void lose(std::string why);

    Fd socket_;
    async::ReadSubscription input_ready_;
    std::string input_;
    async::Semaphore writer_{1};
    async::Event greeted_;
    std::vector<Mechanism> mechanisms_;
    std::map<std::uint32_t, Waiting*> waiting_;
    std::string trouble_;
    bool version_told_ = false;
    bool understands_cancel_ = false;
    bool lost_ = false;
    bool timed_out_ = false;
};

}  // namespace postrider::sasl

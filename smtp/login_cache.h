// smtp/login_cache.h - logins that servers have refused, so that they are not tried again and again.
//
// Remembered by this process, for as long as it lives.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "lib/async/loop.h"
#include "lib/tables/store.h"

namespace postrider::smtp {

class LoginCache {
  public:
    // `shared`: a table for all processes; null: this process alone remembers.
    explicit LoginCache(Seconds keep_time, std::unique_ptr<tables::Store> shared = nullptr)
        : keep_time_(keep_time), shared_(std::move(shared)) {}

    // What the server said about this very login.
    struct Refusal {
        std::string status;
        std::string text;
    };
    std::optional<Refusal> find(const std::string& server, const std::string& user,
                                const std::string& password, async::Deadline now);
    void remember(const std::string& server, const std::string& user, const std::string& password,
                  Refusal refusal, async::Deadline now);
    // The same with the table, which may be slow or away: then what this process knows counts.
    Task<std::optional<Refusal>> ask(std::string server, std::string user, std::string password);
    Task<> tell(std::string server, std::string user, std::string password, Refusal refusal);
    std::size_t size() const { return entries_.size(); }

  private:
    static constexpr std::size_t entry_limit = 1000;
    struct Entry {
        std::string password;
        Refusal refusal;
        async::Deadline expires;
    };
    const Seconds keep_time_;
    std::unique_ptr<tables::Store> shared_;
    std::map<std::string, Entry> entries_;  // by server and user
};

}  // namespace postrider::smtp

// smtp/login_cache.h - logins that servers have refused, so that they are not tried again and again.
//
// Remembered by this process, for as long as it lives.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "lib/async/loop.h"

namespace postrider::smtp {

class LoginCache {
  public:
    explicit LoginCache(async::Duration keep_time) : keep_time_(keep_time) {}

    // What the server said about this very login.
    struct Refusal {
        std::string status;
        std::string text;
    };
    std::optional<Refusal> find(const std::string& server, const std::string& user,
                                const std::string& password, async::Deadline now);
    void remember(const std::string& server, const std::string& user, const std::string& password,
                  Refusal refusal, async::Deadline now);
    std::size_t size() const { return entries_.size(); }

  private:
    static constexpr std::size_t entry_limit = 1000;
    struct Entry {
        std::string password;
        Refusal refusal;
        async::Deadline expires;
    };
    const async::Duration keep_time_;
    std::map<std::string, Entry> entries_;  // by server and user
};

}  // namespace postrider::smtp

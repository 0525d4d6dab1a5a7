// services/trivial-rewrite/service.h - answers the questions of one client after the other.
#pragma once

#include <string>

#include "lib/daemon/daemon.h"
#include "services/trivial-rewrite/resolver.h"

namespace postrider::rewrite {

class Service {
  public:
    explicit Service(const Settings& settings);

    // One request body to one reply body; a table that cannot be asked is "failed", never a wrong answer.
    Task<std::string> answer(std::string request) const;

    std::string rewrite(const std::string& rule, const std::string& address) const;
    std::string rewrite_external(const std::string& rule, const std::string& address) const;

  private:
    SpellingRules spelling_;
    Completion local_, remote_;
    Resolver resolver_;
};

// For the daemon's description.
void open_tables(Settings& settings);
Task<> serve_client(daemon::Connection connection, const Settings& settings);

}  // namespace postrider::rewrite

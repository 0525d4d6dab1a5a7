// lib/tables/types/server_choice.h - which of several servers is asked next, and which are left alone for a
// while.
//
// Servers on this machine (unix:) before others, those that work before those that failed long enough ago to
// be tried again; among equals by chance, or in the order given.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace postrider::tables {

class ServerChoice {
  public:
    using Clock = std::chrono::steady_clock;
    enum class Order { random, as_given };

    ServerChoice(std::vector<std::string> names, Order order, std::chrono::seconds retry_interval);

    // One that is not in `tried`; nothing when all others failed lately.
    std::optional<std::size_t> pick(const std::set<std::size_t>& tried, Clock::time_point now);
    void worked(std::size_t server) { servers_[server].state = State::up; }
    void failed(std::size_t server, Clock::time_point now);
    // Has answered, and not failed since.
    bool is_up(std::size_t server) const { return servers_[server].state == State::up; }
    const std::string& name(std::size_t server) const { return servers_[server].name; }
    std::size_t size() const { return servers_.size(); }

  private:
    enum class State { untried, up, down };
    struct Server {
        std::string name;
        bool local = false;
        State state = State::untried;
        Clock::time_point down_since{};
    };
    // The smaller the better; nothing: not now.
    std::optional<int> rank(const Server& server, Clock::time_point now) const;

    std::vector<Server> servers_;
    Order order_;
    std::chrono::seconds retry_interval_;
};

}  // namespace postrider::tables

// lib/tables/types/server_choice.cc - which of several servers is asked next.
#include "lib/tables/types/server_choice.h"

#include <random>

namespace postrider::tables {

ServerChoice::ServerChoice(std::vector<std::string> names, Order order, std::chrono::seconds retry_interval)
    : order_(order), retry_interval_(retry_interval) {
    for (std::string& name : names) {
        Server server;
        server.local = name.starts_with("unix:");
        server.name = std::move(name);
        servers_.push_back(std::move(server));
    }
}

std::optional<int> ServerChoice::rank(const Server& server, Clock::time_point now) const {
    if (server.state == State::down && now - server.down_since < retry_interval_) return std::nullopt;
    const int working = server.state == State::up ? 0 : 1;
    // In the order given, one that was never tried is as good as one that works.
    if (order_ == Order::as_given) return server.state == State::down ? 1 : 0;
    return (server.local ? 0 : 2) + working;
}

std::optional<std::size_t> ServerChoice::pick(const std::set<std::size_t>& tried, Clock::time_point now) {
    std::vector<std::size_t> best;
    std::optional<int> best_rank;
    for (std::size_t i = 0; i < servers_.size(); ++i) {
        if (tried.count(i) != 0) continue;
        const std::optional<int> mine = rank(servers_[i], now);
        if (!mine || (best_rank && *mine > *best_rank)) continue;
        if (!best_rank || *mine < *best_rank) best.clear();
        best_rank = mine;
        best.push_back(i);
    }
    if (best.empty()) return std::nullopt;
    if (order_ == Order::as_given) return best.front();
    static thread_local std::minstd_rand random{std::random_device{}()};
    return best[std::uniform_int_distribution<std::size_t>(0, best.size() - 1)(random)];
}

void ServerChoice::failed(std::size_t server, Clock::time_point now) {
    servers_[server].state = State::down;
    servers_[server].down_since = now;
}

}  // namespace postrider::tables

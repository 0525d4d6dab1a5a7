// services/anvil/counters.cc - how often which client did what.
#include "services/anvil/counters.h"

#include <fmt/core.h>

#include <vector>

#include "lib/base/local_time.h"

namespace postrider::anvil {

namespace {

// An idle client is remembered for this long.
constexpr auto idle_limit = std::chrono::seconds(100);
constexpr const char* rate_names[event_count] = {"connection", "message", "recipient", "newtls", "auth"};

std::string time_text(std::time_t when) {
    return local_time("%b %e %H:%M:%S", when);
}

}  // namespace

int Counters::Client::total() const {
    int all = 0;
    for (const auto& [process, number] : connections) all += number;
    return all;
}

void Counters::Highest::note(int now_number, const std::string& name) {
    if (now_number <= number) return;
    number = now_number;
    client = name;
    when = std::time(nullptr);
}

Counters::Client& Counters::find(const std::string& name, Clock::time_point now) {
    const auto [at, is_new] = clients_.try_emplace(name);
    Client& client = at->second;
    if (is_new || now - client.since >= time_unit_) {
        client.rates.fill(0);
        client.since = now;
    }
    if (is_new) highest_size_.note(static_cast<int>(clients_.size()), "");
    return client;
}

Counters::Numbers Counters::numbers(const Client& client) const {
    Numbers result;
    result.connections = client.total();
    result.rates = client.rates;
    return result;
}

Counters::Numbers Counters::connect(const std::string& name, int process, Clock::time_point now) {
    Client& client = find(name, now);
    ++client.connections[process];
    highest_connections_.note(client.total(), name);
    return count(name, Event::connection, now);
}

void Counters::disconnect(const std::string& name, int process) {
    const auto at = clients_.find(name);
    if (at == clients_.end()) return;
    auto& connections = at->second.connections;
    const auto held = connections.find(process);
    if (held != connections.end() && --held->second <= 0) connections.erase(held);
}

Counters::Numbers Counters::count(const std::string& name, Event event, Clock::time_point now) {
    Client& client = find(name, now);
    const auto index = static_cast<std::size_t>(event);
    ++client.rates[index];
    highest_rates_[index].note(client.rates[index], name);
    return numbers(client);
}

Counters::Numbers Counters::look_up(const std::string& name, Clock::time_point now) {
    const auto at = clients_.find(name);
    if (at == clients_.end()) return Numbers();
    return numbers(find(name, now));
}

void Counters::forget_old(Clock::time_point now, const std::function<bool(int process)>& is_alive) {
    const auto keep_for = std::max<Clock::duration>(idle_limit, time_unit_);
    for (auto at = clients_.begin(); at != clients_.end();) {
        std::erase_if(at->second.connections, [&](const auto& held) { return !is_alive(held.first); });
        const bool old = at->second.connections.empty() && now - at->second.since >= keep_for;
        at = old ? clients_.erase(at) : std::next(at);
    }
}

std::vector<std::string> Counters::take_highest(const std::string& unit_text) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < event_count; ++i) {
        Highest& highest = highest_rates_[i];
        if (highest.number > 0)
            lines.push_back(fmt::format("statistics: max {} rate {}/{} for ({}) at {}", rate_names[i],
                                        highest.number, unit_text, highest.client, time_text(highest.when)));
        if (i == 0 && highest_connections_.number > 0)
            lines.push_back(fmt::format("statistics: max connection count {} for ({}) at {}",
                                        highest_connections_.number, highest_connections_.client,
                                        time_text(highest_connections_.when)));
        highest = Highest();
    }
    highest_connections_ = Highest();
    if (highest_size_.number > 0)
        lines.push_back(fmt::format("statistics: max cache size {} at {}", highest_size_.number,
                                    time_text(highest_size_.when)));
    highest_size_ = Highest();
    return lines;
}

}  // namespace postrider::anvil

// services/anvil/counters.h - how often which client did what.
//
// A plain data structure: the caller says what time it is.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace postrider::anvil {

// What is counted per time unit.
enum class Event { connection, message, recipient, new_tls, auth };
inline constexpr std::size_t event_count = 5;

using Clock = std::chrono::steady_clock;

class Counters {
  public:
    explicit Counters(std::chrono::seconds time_unit) : time_unit_(time_unit) {}

    // One client, now.
    struct Numbers {
        int connections = 0;                   // open ones
        std::array<int, event_count> rates{};  // events in the current time unit
    };

    // `process` serves the connection; 0: nobody in particular.
    Numbers connect(const std::string& client, int process, Clock::time_point now);
    void disconnect(const std::string& client, int process);
    Numbers count(const std::string& client, Event event, Clock::time_point now);
    Numbers look_up(const std::string& client, Clock::time_point now);

    // Forgets the connections of processes that are gone, and clients without connections whose time unit
    // has ended.
    void forget_old(Clock::time_point now, const std::function<bool(int process)>& is_alive);
    std::size_t size() const { return clients_.size(); }

    // The highest numbers since the last call, as log lines; `unit_text` is "60s".
    std::vector<std::string> take_highest(const std::string& unit_text);

  private:
    struct Client {
        std::map<int, int> connections;  // by process
        std::array<int, event_count> rates{};
        Clock::time_point since;
        int total() const;
    };
    struct Highest {
        int number = 0;
        std::string client;
        std::time_t when = 0;
        void note(int now_number, const std::string& name);
    };
    Client& find(const std::string& client, Clock::time_point now);
    Numbers numbers(const Client& client) const;

    std::chrono::seconds time_unit_;
    std::unordered_map<std::string, Client> clients_;
    std::array<Highest, event_count> highest_rates_;
    Highest highest_connections_;
    Highest highest_size_;
};

}  // namespace postrider::anvil

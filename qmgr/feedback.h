// qmgr/feedback.h - how much one delivery moves the concurrency window of a destination.
#pragma once

#include <optional>
#include <string_view>

namespace postrider::qmgr {

// A feedback amount of main.cf: "1", "1/8", "1/concurrency", "1/sqrt_concurrency"; between 0 and 1.
class Feedback {
  public:
    enum class Divisor { none, concurrency, sqrt_concurrency };
    Feedback() = default;
    Feedback(double amount, Divisor divisor) : amount_(amount), divisor_(divisor) {}
    static std::optional<Feedback> parse(std::string_view text);
    Divisor divisor() const { return divisor_; }
    // The amount at this window.
    double at(int window) const;

  private:
    double amount_ = 1;
    Divisor divisor_ = Divisor::none;
};

}  // namespace postrider::qmgr

// qmgr/feedback.cc - see feedback.h.
#include "qmgr/feedback.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

#include "lib/base/text.h"

namespace postrider::qmgr {
namespace {

std::optional<double> parse_amount(std::string_view text) {
    const std::string number(trim(text));
    if (number.empty()) return std::nullopt;
    char* end = nullptr;
    const double value = std::strtod(number.c_str(), &end);
    if (*end != 0 || !(value >= 0)) return std::nullopt;
    return value;
}

}  // namespace

std::optional<Feedback> Feedback::parse(std::string_view text) {
    const std::size_t slash = text.find('/');
    const std::optional<double> amount = parse_amount(text.substr(0, slash));
    if (!amount) return std::nullopt;
    if (slash == std::string_view::npos) {
        if (*amount > 1) return std::nullopt;
        return Feedback(*amount, Divisor::none);
    }
    const std::string_view divisor = trim(text.substr(slash + 1));
    if (equals_ignoring_case(divisor, "concurrency") && *amount <= 1)
        return Feedback(*amount, Divisor::concurrency);
    if (equals_ignoring_case(divisor, "sqrt_concurrency") && *amount <= 1)
        return Feedback(*amount, Divisor::sqrt_concurrency);
    const std::optional<double> number = parse_amount(divisor);
    if (!number || *number <= 0 || *amount > *number) return std::nullopt;
    return Feedback(*amount / *number, Divisor::none);
}

double Feedback::at(int window) const {
    const double concurrency = std::max(window, 1);
    switch (divisor_) {
        case Divisor::none:
            return amount_;
        case Divisor::concurrency:
            return amount_ / concurrency;
        case Divisor::sqrt_concurrency:
            return amount_ / std::sqrt(concurrency);
    }
    return amount_;
}

}  // namespace postrider::qmgr

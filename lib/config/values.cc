// lib/config/values.cc - texts of main.cf as times, booleans and compatibility levels.
#include <fmt/core.h>

#include <limits>

#include "lib/base/text.h"
#include "lib/config/settings.h"

namespace postrider::config {

namespace {

long seconds_in(char unit) {
    switch (unit) {
        case 's':
            return 1;
        case 'm':
            return 60;
        case 'h':
            return 60L * 60;
        case 'd':
            return 24L * 60 * 60;
        case 'w':
            return 7L * 24 * 60 * 60;
        default:
            return 0;
    }
}

}  // namespace

Result<Seconds> parse_time(std::string_view text, char default_unit) {
    const Error wrong{fmt::format("bad time value or unit: {}", text)};
    std::string_view digits = text;
    char unit = default_unit;
    if (!digits.empty() && !is_digit(digits.back())) {
        unit = to_lower(digits.back());
        digits.remove_suffix(1);
    }
    const auto count = all_digits(digits) ? parse_int(digits) : std::nullopt;
    const long scale = seconds_in(unit);
    if (!count || scale == 0 || *count > std::numeric_limits<int>::max() / scale) return wrong;
    return Seconds(*count * scale);
}

Result<bool> parse_boolean(std::string_view text) {
    if (equals_ignoring_case(text, "yes")) return true;
    if (equals_ignoring_case(text, "no")) return false;
    return Error{fmt::format("bad boolean value: {}", text)};
}

Result<long> parse_compatibility_level(std::string_view text) {
    constexpr long step = 1000;  // more than any part of a release number
    const Error wrong{fmt::format("malformed compatibility level syntax: \"{}\"", text)};
    const auto parts = split(text, '.');
    if (parts.size() > 3) return wrong;
    long level = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        const auto part = i < parts.size() ? parse_int(parts[i]) : 0;
        if (!part || *part < 0 || *part >= step || (i < parts.size() && !all_digits(parts[i]))) return wrong;
        level = level * step + *part;
    }
    return level;
}

}  // namespace postrider::config

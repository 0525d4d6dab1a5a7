// lib/delivery/log_line.cc - see log_line.h.
#include "lib/delivery/log_line.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>

#include "lib/base/text.h"
#include "lib/mail/address.h"

namespace postrider::delivery {
namespace {

constexpr int significant_digits = 2;
constexpr std::int64_t million = 1'000'000;

std::int64_t power_of_ten(int exponent) {
    std::int64_t value = 1;
    while (exponent-- > 0) value *= 10;
    return value;
}

int digits_of(std::int64_t value) {
    int digits = 1;
    while (value >= 10) {
        value /= 10;
        ++digits;
    }
    return digits;
}

// How many places behind the point are worth showing.
int places_of(std::int64_t microseconds, int limit) {
    const std::int64_t seconds = microseconds / million;
    if (seconds > 0) return std::clamp(significant_digits - digits_of(seconds), 0, limit);
    if (microseconds == 0) return 0;
    const int leading_zeros = 6 - digits_of(microseconds);
    return std::min(limit, leading_zeros + significant_digits);
}

std::string shown_address(std::string_view address, bool external) {
    return external ? mail::quote_address(address) : std::string(address);
}

// The four legs of the way: before qmgr, in qmgr, connecting, delivering.
std::string delays(const StatusLine& line) {
    const Stamps& stamps = line.stamps;
    const std::int64_t active = stamps.active_entry != 0 ? stamps.active_entry : line.now;
    const std::int64_t agent = stamps.agent_start != 0 ? stamps.agent_start : line.now;
    const std::int64_t connected = stamps.connect_done != 0 ? stamps.connect_done : agent;
    return fmt::format("{}/{}/{}/{}", format_delay(active - stamps.arrival, line.decimals),
                       format_delay(agent - active, line.decimals),
                       format_delay(connected - agent, line.decimals),
                       format_delay(line.now - connected, line.decimals));
}

}  // namespace

std::string format_delay(std::int64_t microseconds, int decimals) {
    microseconds = std::max<std::int64_t>(microseconds, 0);
    const int places = places_of(microseconds, std::clamp(decimals, 0, 6));
    const std::int64_t unit = power_of_ten(6 - places);
    const std::int64_t rounded = (microseconds + unit / 2) / unit;
    const std::int64_t scale = power_of_ten(places);
    std::string text = fmt::format("{}", rounded / scale);
    if (rounded % scale == 0) return text;
    std::string fraction = fmt::format("{:0{}}", rounded % scale, places);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return text + "." + fraction;
}

std::string status_line(const StatusLine& line, const Recipient& recipient, const Outcome& outcome,
                        std::string_view word) {
    std::string text =
        fmt::format("{}: to=<{}>", line.queue_id, shown_address(recipient.recipient, line.external));
    const std::string& original = recipient.original_recipient;
    if (!original.empty() && !equals_ignoring_case(original, recipient.recipient))
        text += fmt::format(", orig_to=<{}>", shown_address(original, line.external));
    text += fmt::format(", relay={}", outcome.relay);
    if (!outcome.connection_use.empty()) text += fmt::format(", conn_use={}", outcome.connection_use);
    text += fmt::format(", delay={}, delays={}", format_delay(line.now - line.stamps.arrival, line.decimals),
                        delays(line));
    if (!outcome.tls.empty()) text += fmt::format(", tls={}", outcome.tls);
    text += fmt::format(", dsn={}, status={} ({})", outcome.status, word, outcome.reason);
    return text;
}

std::int64_t now_in_microseconds() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

}  // namespace postrider::delivery

// lib/delivery/quota_account.cc - the text of Maildir++'s accounts: limits, sums, sizes in file names.
#include "lib/delivery/quota_account.h"

#include <fmt/core.h>

#include <vector>

#include "lib/base/text.h"

namespace postrider::delivery {

std::optional<QuotaLimit> parse_quota_limit(std::string_view text) {
    QuotaLimit limit;
    bool has_bytes = false;
    bool has_messages = false;
    for (std::string_view part : split(trim(text), ',')) {
        part = trim(part);
        if (part.empty()) return std::nullopt;
        const char kind = is_digit(part.back()) ? 'S' : part.back();
        if (!is_digit(part.back())) part.remove_suffix(1);
        const auto number = all_digits(part) ? parse_int(part) : std::nullopt;
        bool& seen = kind == 'S' ? has_bytes : has_messages;
        if (!number || (kind != 'S' && kind != 'C') || seen) return std::nullopt;
        seen = true;
        (kind == 'S' ? limit.bytes : limit.messages) = *number;
    }
    return limit;
}

std::string quota_limit_text(const QuotaLimit& limit) {
    if (limit.messages == 0) return fmt::format("{}S", limit.bytes);
    if (limit.bytes == 0) return fmt::format("{}C", limit.messages);
    return fmt::format("{}S,{}C", limit.bytes, limit.messages);
}

std::optional<std::int64_t> size_in_name(std::string_view name) {
    const std::size_t mark = name.find(",S=");
    if (mark == std::string_view::npos) return std::nullopt;
    std::string_view digits = name.substr(mark + 3);
    digits = digits.substr(0, digits.find_first_of(":,"));
    return all_digits(digits) ? parse_int(digits) : std::nullopt;
}

bool QuotaUsage::add(std::int64_t more_bytes, std::int64_t more_messages) {
    return !__builtin_add_overflow(bytes, more_bytes, &bytes) &&
           !__builtin_add_overflow(messages, more_messages, &messages);
}

bool QuotaUsage::leaves_room(std::int64_t size, const QuotaLimit& limit) const {
    QuotaUsage then = *this;
    if (!then.add(size, 1)) return false;
    return (limit.bytes == 0 || then.bytes <= limit.bytes) &&
           (limit.messages == 0 || then.messages <= limit.messages);
}

std::optional<QuotaAccount> parse_quota_account(std::string_view text) {
    if (text.empty() || text.back() != '\n') return std::nullopt;
    text.remove_suffix(1);
    QuotaAccount account;
    bool first = true;
    for (const std::string_view line : split(text, '\n')) {
        if (first) {
            first = false;
            const auto limit = parse_quota_limit(line);
            if (!limit) return std::nullopt;
            account.limit = *limit;
            continue;
        }
        const std::vector<std::string> words = split_words(line, " \t");
        if (words.size() != 2) return std::nullopt;
        const auto bytes = parse_int(words[0]);
        const auto messages = parse_int(words[1]);
        if (!bytes || !messages || !account.usage.add(*bytes, *messages)) return std::nullopt;
        ++account.lines;
    }
    if (account.usage.bytes < 0 || account.usage.messages < 0) return std::nullopt;
    return account;
}

}  // namespace postrider::delivery

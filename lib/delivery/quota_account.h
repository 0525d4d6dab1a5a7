// lib/delivery/quota_account.h - the text of Maildir++'s accounts: limits, sums, sizes in file names.
//
// All of it may be a stranger's: nothing here trusts a number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace postrider::delivery {

// 0: no limit.
struct QuotaLimit {
    std::int64_t bytes = 0;
    std::int64_t messages = 0;
    bool none() const { return bytes == 0 && messages == 0; }
    bool operator==(const QuotaLimit&) const = default;
};

// "1000000S,500C", in any order, each once; a bare number is bytes.
std::optional<QuotaLimit> parse_quota_limit(std::string_view text);
std::string quota_limit_text(const QuotaLimit& limit);
// The size that a Maildir++ writer put into the name of a message: "...,S=1234:2,S".
std::optional<std::int64_t> size_in_name(std::string_view name);

// What is in a Maildir, or in an account of it.
struct QuotaUsage {
    std::int64_t bytes = 0;
    std::int64_t messages = 0;
    // False when the sums would overflow.
    bool add(std::int64_t more_bytes, std::int64_t more_messages);
    bool leaves_room(std::int64_t size, const QuotaLimit& limit) const;
};

// The content of a maildirsize file; nothing when it must not be believed.
struct QuotaAccount {
    QuotaLimit limit;
    QuotaUsage usage;
    int lines = 0;  // behind that of the limit
};
std::optional<QuotaAccount> parse_quota_account(std::string_view text);

}  // namespace postrider::delivery

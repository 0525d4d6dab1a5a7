// lib/queue/queue_id.cc - the names of messages.
#include "lib/queue/queue_id.h"

#include <fmt/core.h>

#include <algorithm>

#include "lib/base/text.h"

namespace postrider::queue {

namespace {

// Digits and consonants: no words appear by accident.  Base 51 goes without the last one, 'z'.
constexpr std::string_view alphabet = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
constexpr std::uint64_t time_base = 52;
constexpr std::uint64_t inode_base = 51;
constexpr char separator = 'z';
constexpr std::size_t seconds_width = 6;
constexpr std::size_t microseconds_width = 4;
constexpr std::size_t hex_microseconds_width = 5;

std::string encode(std::uint64_t number, std::uint64_t base, std::size_t width) {
    std::string out;
    do {
        out += alphabet[number % base];
        number /= base;
    } while (number > 0);
    while (out.size() < width) out += alphabet[0];
    std::reverse(out.begin(), out.end());
    return out;
}

std::optional<std::uint64_t> decode(std::string_view text, std::uint64_t base) {
    if (text.empty()) return std::nullopt;
    std::uint64_t number = 0;
    for (const char c : text) {
        const std::size_t digit = alphabet.find(c);
        if (digit >= base) return std::nullopt;
        if (number > (UINT64_MAX - digit) / base) return std::nullopt;
        number = number * base + digit;
    }
    return number;
}

// Where the inode's separator of a long ID stands; nothing in any other name.
std::optional<std::size_t> long_separator(std::string_view id) {
    const std::size_t at = id.rfind(separator);
    if (at == std::string_view::npos || at < seconds_width + microseconds_width) return std::nullopt;
    return at;
}

std::optional<QueueIdParts> parse_long_id(std::string_view id, std::size_t at) {
    const auto seconds = decode(id.substr(0, at - microseconds_width), time_base);
    const auto microseconds = decode(id.substr(at - microseconds_width, microseconds_width), time_base);
    const auto inode = decode(id.substr(at + 1), inode_base);
    if (!seconds || !microseconds || !inode) return std::nullopt;
    QueueIdParts parts;
    parts.form = IdForm::long_form;
    parts.seconds = static_cast<std::int64_t>(*seconds);
    parts.microseconds = static_cast<std::int64_t>(*microseconds);
    parts.inode = static_cast<ino_t>(*inode);
    return parts;
}

}  // namespace

bool is_queue_id(std::string_view name) {
    if (name.empty() || name.size() > 255) return false;
    return std::all_of(name.begin(), name.end(), [](char c) { return is_alnum(c) || c == '_'; });
}

std::string make_queue_id(IdForm form, std::int64_t seconds, std::int64_t microseconds, ino_t inode) {
    if (form == IdForm::short_form) return fmt::format("{:05X}{:X}", microseconds, inode);
    return encode(static_cast<std::uint64_t>(seconds), time_base, seconds_width) +
           encode(static_cast<std::uint64_t>(microseconds), time_base, microseconds_width) + separator +
           encode(inode, inode_base, 1);
}

std::optional<QueueIdParts> parse_queue_id(std::string_view id) {
    if (const auto at = long_separator(id)) return parse_long_id(id, *at);
    if (id.size() <= hex_microseconds_width) return std::nullopt;
    const auto is_hex = [](char c) { return is_digit(c) || (c >= 'A' && c <= 'F'); };
    if (!std::all_of(id.begin(), id.end(), is_hex)) return std::nullopt;
    const auto microseconds = parse_unsigned(id.substr(0, hex_microseconds_width), 16);
    const auto inode = parse_unsigned(id.substr(hex_microseconds_width), 16);
    if (!microseconds || !inode) return std::nullopt;
    QueueIdParts parts;
    parts.microseconds = static_cast<std::int64_t>(*microseconds);
    parts.inode = static_cast<ino_t>(*inode);
    return parts;
}

std::string hash_key(std::string_view id) {
    const auto at = long_separator(id);
    if (!at) return std::string(id);
    const auto microseconds = decode(id.substr(*at - microseconds_width, microseconds_width), time_base);
    return fmt::format("{:05X}", microseconds.value_or(0));
}

}  // namespace postrider::queue

// lib/mail/dsn.h - what a sender asks to be told about, RFC 3461.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace postrider::mail {

// NOTIFY, as stored in queue files: a set of bits; 0 means "not said".
namespace notify {
inline constexpr int never = 1;  // excludes the others
inline constexpr int success = 2;
inline constexpr int failure = 4;
inline constexpr int delay = 8;
}  // namespace notify

// RET, as stored in queue files; 0 means "not said".
namespace ret {
inline constexpr int full = 1;
inline constexpr int headers = 2;
}  // namespace ret

// "SUCCESS,DELAY" in any case; nothing when a word is unknown or `never` is mixed with others.
std::optional<int> parse_notify(std::string_view text);
// The same, and a word that nobody knows is logged.
std::optional<int> read_notify(std::string_view text);
// "FULL" or "HDRS".
std::optional<int> parse_ret(std::string_view text);
// The words for the bits, in the order NEVER SUCCESS FAILURE DELAY; "" for 0.
std::string notify_words(int bits);
std::string ret_word(int value);

// The bits make sense: none, `never` alone, or any of the others.
bool is_valid_notify(long bits);

// ORCPT's "type;address" as stored in queue files for an address without one: `rfc822;` or `utf-8;`.
std::string original_recipient_for(std::string_view internal_address);
// An address of type utf-8 as the value of ORCPT: characters that are not plain as \x{HEX}, RFC 6533 3.
std::string uxtext_encode(std::string_view text);

}  // namespace postrider::mail

// lib/base/text.h - small things done with text; ASCII unless said otherwise.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/result.h"

namespace postrider {

// ASCII lower and upper case; other bytes stay.
char to_lower(char c);
std::string lower(std::string_view text);
std::string upper(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);
bool starts_with_ignoring_case(std::string_view text, std::string_view start);
bool ends_with_ignoring_case(std::string_view text, std::string_view end);

bool is_space(char c);  // space, \t \n \v \f \r
bool is_digit(char c);
bool is_alpha(char c);
bool is_alnum(char c);
bool is_printable(char c);               // 0x20..0x7e
bool all_digits(std::string_view text);  // false for ""

// Without white space at one or both ends.
std::string_view trim(std::string_view text);
std::string_view trim_left(std::string_view text);
std::string_view trim_right(std::string_view text);

// The pieces between single separator characters; empty pieces are kept.
std::vector<std::string_view> split(std::string_view text, char separator);
// The words between runs of any of `separators`; no empty words.
std::vector<std::string> split_words(std::string_view text, std::string_view separators = " \t\r\n,");
// As split_words, but `{ ... }` is one word, its outer braces kept, nesting respected.
std::vector<std::string> split_words_with_braces(std::string_view text,
                                                 std::string_view separators = " \t\r\n,");
// What is in the braces around a text; an error when there is more behind them, or no closing brace.
Result<std::string> inside_braces(std::string_view text);
std::string join(const std::vector<std::string>& parts, std::string_view between);

std::string replace_all(std::string_view text, std::string_view from, std::string_view to);
// Control characters and DEL become `substitute`; with `ascii_only` so do bytes above 0x7e.
std::string printable(std::string_view text, char substitute = '?', bool ascii_only = false);
// \r \n \t and other control characters as C escapes, for log lines that show input.
std::string escape_controls(std::string_view text);
// C escapes such as \b \0 \007 \\ as the characters they stand for.
std::string undo_escapes(std::string_view text);

// A decimal number that fills the whole text; nothing on any other text or overflow.
std::optional<std::int64_t> parse_int(std::string_view text);
std::optional<std::uint64_t> parse_unsigned(std::string_view text, int base = 10);

std::string base64_encode(std::string_view bytes);
std::optional<std::string> base64_decode(std::string_view text);
// Nothing but characters of base64 and its padding, wherever that stands.
bool is_base64_text(std::string_view text);
// RFC 3461 4 xtext: `+` `=` and non-printables as +HH.
std::string xtext_encode(std::string_view text);
std::optional<std::string> xtext_decode(std::string_view text);
// Bytes as upper-case hexadecimal.
std::string hex_encode(std::string_view bytes);
std::optional<std::string> hex_decode(std::string_view text);

bool is_ascii(std::string_view text);
bool is_valid_utf8(std::string_view text);

}  // namespace postrider

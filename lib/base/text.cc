// lib/base/text.cc - small things done with text.
#include "lib/base/text.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

namespace postrider {

char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = to_lower(c);
    return out;
}

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    return out;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (to_lower(a[i]) != to_lower(b[i])) return false;
    return true;
}

bool starts_with_ignoring_case(std::string_view text, std::string_view start) {
    return text.size() >= start.size() && equals_ignoring_case(text.substr(0, start.size()), start);
}

bool ends_with_ignoring_case(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && equals_ignoring_case(text.substr(text.size() - end.size()), end);
}

bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_alnum(char c) {
    return is_alpha(c) || is_digit(c);
}
bool is_printable(char c) {
    return c >= 0x20 && c <= 0x7e;
}

bool all_digits(std::string_view text) {
    for (char c : text)
        if (!is_digit(c)) return false;
    return !text.empty();
}

std::string_view trim_left(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    return text;
}

std::string_view trim_right(std::string_view text) {
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::string_view trim(std::string_view text) {
    return trim_left(trim_right(text));
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t at = text.find(separator);
        if (at == std::string_view::npos) break;
        parts.push_back(text.substr(0, at));
        text.remove_prefix(at + 1);
    }
    parts.push_back(text);
    return parts;
}

std::vector<std::string> split_words(std::string_view text, std::string_view separators) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while ((at = text.find_first_not_of(separators, at)) != std::string_view::npos) {
        const std::size_t end = std::min(text.find_first_of(separators, at), text.size());
        words.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

std::vector<std::string> split_words_with_braces(std::string_view text, std::string_view separators) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while ((at = text.find_first_not_of(separators, at)) != std::string_view::npos) {
        std::size_t end = at;
        int depth = 0;
        while (end < text.size()) {
            const char c = text[end];
            if (c == '{') ++depth;
            if (c == '}' && depth > 0) --depth;
            if (depth == 0 && separators.find(c) != std::string_view::npos) break;
            ++end;
        }
        words.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

Result<std::string> inside_braces(std::string_view text) {
    int depth = 0;
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        if (text[at] == '{') ++depth;
        if (text[at] == '}' && --depth == 0) break;
    }
    if (at == text.size()) return Error{fmt::format("missing '}}' in \"{}\"", text)};
    if (!trim(text.substr(at + 1)).empty())
        return Error{fmt::format("syntax error after '}}' in \"{}\"", text)};
    return std::string(trim(text.substr(1, at - 1)));
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) out += between;
        out += parts[i];
    }
    return out;
}

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
    if (from.empty()) return std::string(text);
    std::string out;
    for (;;) {
        const std::size_t at = text.find(from);
        if (at == std::string_view::npos) break;
        out += text.substr(0, at);
        out += to;
        text.remove_prefix(at + from.size());
    }
    out += text;
    return out;
}

namespace {

// How many bytes the first character has, when it is good UTF-8 (RFC 3629); otherwise 0.
std::size_t utf8_length(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    std::size_t more = 0;
    std::uint32_t code = 0;
    std::uint32_t least = 0;
    if (lead < 0x80) {
        return 1;
    } else if (lead >= 0xc2 && lead < 0xe0) {
        more = 1, code = lead & 0x1f, least = 0x80;
    } else if (lead >= 0xe0 && lead < 0xf0) {
        more = 2, code = lead & 0x0f, least = 0x800;
    } else if (lead >= 0xf0 && lead < 0xf5) {
        more = 3, code = lead & 0x07, least = 0x10000;
    } else {
        return 0;
    }
    if (more >= text.size()) return 0;
    for (std::size_t i = 1; i <= more; ++i) {
        const auto next = static_cast<unsigned char>(text[i]);
        if ((next & 0xc0) != 0x80) return 0;
        code = code << 6 | (next & 0x3f);
    }
    if (code < least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return 0;
    return more + 1;
}

}  // namespace

std::string printable(std::string_view text, char substitute, bool ascii_only) {
    std::string out(text);
    for (std::size_t at = 0; at < out.size();) {
        const auto byte = static_cast<unsigned char>(out[at]);
        const std::size_t length = byte < 0x80 || ascii_only ? 1 : utf8_length(text.substr(at));
        if (length == 0 || (length == 1 && !is_printable(out[at]))) out[at] = substitute;
        at += std::max<std::size_t>(length, 1);
    }
    return out;
}

std::string undo_escapes(std::string_view text) {
    static constexpr std::string_view letters = "abfnrtv";
    static constexpr std::string_view meanings = "\a\b\f\n\r\t\v";
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\' || at + 1 == text.size()) {
            out += text[at];
            continue;
        }
        const char c = text[++at];
        if (const std::size_t letter = letters.find(c); letter != std::string_view::npos) {
            out += meanings[letter];
        } else if (c >= '0' && c <= '7') {
            int value = 0;
            std::size_t digits = 0;
            for (; digits < 3 && at < text.size() && text[at] >= '0' && text[at] <= '7'; ++digits, ++at)
                value = value * 8 + (text[at] - '0');
            --at;
            out += static_cast<char>(value);
        } else {
            out += c;
        }
    }
    return out;
}

std::string escape_controls(std::string_view text) {
    std::string out;
    for (char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\r') {
            out += "\\r";
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (c >= '\a' && c <= '\f') {  // \n and \t are done
            out += '\\';
            out += "ab..vf"[c - '\a'];
        } else if (c == '\\') {
            out += "\\\\";
        } else if (byte < 0x20 || byte >= 0x7f) {
            out += fmt::format("\\{:03o}", byte);
        } else {
            out += c;
        }
    }
    return out;
}

std::optional<std::int64_t> parse_int(std::string_view text) {
    std::int64_t value = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value);
    if (parsed.ec != std::errc() || parsed.ptr != end || text.empty()) return std::nullopt;
    return value;
}

std::optional<std::uint64_t> parse_unsigned(std::string_view text, int base) {
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value, base);
    if (parsed.ec != std::errc() || parsed.ptr != end || text.empty()) return std::nullopt;
    return value;
}

namespace {
constexpr char base64_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr char hex_digits[] = "0123456789ABCDEF";

int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

}  // namespace

std::string base64_encode(std::string_view bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t n = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j)
            group = group << 8 | (j < n ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j) out += j <= n ? base64_alphabet[group >> (18 - 6 * j) & 63] : '=';
    }
    return out;
}

std::optional<std::string> base64_decode(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 4) {
        std::uint32_t group = 0;
        int padding = 0;
        for (std::size_t j = 0; j < 4; ++j) {
            const char c = text[i + j];
            std::uint32_t value = 0;
            if (c == '=' && i + 4 == text.size() && j >= 2) {
                ++padding;
            } else {
                const char* at = c == '\0' ? nullptr : std::char_traits<char>::find(base64_alphabet, 64, c);
                if (at == nullptr || padding > 0) return std::nullopt;
                value = static_cast<std::uint32_t>(at - base64_alphabet);
            }
            group = group << 6 | value;
        }
        for (int j = 0; j < 3 - padding; ++j) out += static_cast<char>(group >> (16 - 8 * j) & 255);
    }
    return out;
}

bool is_base64_text(std::string_view text) {
    const auto belongs = [](char c) {
        return is_digit(c) || is_alpha(c) || c == '+' || c == '/' || c == '=';
    };
    return std::all_of(text.begin(), text.end(), belongs);
}

std::string xtext_encode(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (c > 32 && c < 127 && c != '+' && c != '=') {
            out += c;
        } else {
            out += '+';
            out += hex_digits[static_cast<unsigned char>(c) >> 4];
            out += hex_digits[static_cast<unsigned char>(c) & 15];
        }
    }
    return out;
}

std::optional<std::string> xtext_decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '+') {
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = hex_value(text[i + 1]);
        const int low = hex_value(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high << 4 | low);
        i += 2;
    }
    return out;
}

std::string hex_encode(std::string_view bytes) {
    std::string out;
    for (char c : bytes) {
        out += hex_digits[static_cast<unsigned char>(c) >> 4];
        out += hex_digits[static_cast<unsigned char>(c) & 15];
    }
    return out;
}

std::optional<std::string> hex_decode(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const std::optional<std::uint64_t> byte = parse_unsigned(text.substr(i, 2), 16);
        if (!byte) return std::nullopt;
        bytes.push_back(static_cast<char>(*byte));
    }
    return bytes;
}

bool is_ascii(std::string_view text) {
    for (char c : text)
        if (static_cast<unsigned char>(c) > 0x7f) return false;
    return true;
}

bool is_valid_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace postrider

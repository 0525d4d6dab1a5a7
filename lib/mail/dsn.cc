// lib/mail/dsn.cc - NOTIFY, RET and ORCPT.
#include "lib/mail/dsn.h"

#include <fmt/core.h>

#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::mail {

namespace {

struct Word {
    std::string_view name;
    int bit;
};
constexpr Word notify_table[] = {{"NEVER", notify::never},
                                 {"SUCCESS", notify::success},
                                 {"FAILURE", notify::failure},
                                 {"DELAY", notify::delay}};
constexpr Word ret_table[] = {{"FULL", ret::full}, {"HDRS", ret::headers}};

template <std::size_t N>
int bit_of(const Word (&table)[N], std::string_view name) {
    for (const Word& word : table)
        if (equals_ignoring_case(word.name, name)) return word.bit;
    return 0;
}

}  // namespace

std::optional<int> parse_notify(std::string_view text) {
    int bits = 0;
    for (const std::string& word : split_words(text)) {
        const int bit = bit_of(notify_table, word);
        if (bit == 0) return std::nullopt;
        bits |= bit;
    }
    if (bits == 0 || !is_valid_notify(bits)) return std::nullopt;
    return bits;
}

std::optional<int> read_notify(std::string_view text) {
    for (const std::string& word : split_words(text))
        if (bit_of(notify_table, word) == 0)
            log::warning("unknown DSN NOTIFY command value \"{}\" in \"{}\"", word, text);
    return parse_notify(text);
}

std::optional<int> parse_ret(std::string_view text) {
    const int value = bit_of(ret_table, text);
    if (value == 0) return std::nullopt;
    return value;
}

std::string notify_words(int bits) {
    std::string out;
    for (const Word& word : notify_table) {
        if (!(bits & word.bit)) continue;
        if (!out.empty()) out += ',';
        out += word.name;
    }
    return out;
}

std::string ret_word(int value) {
    for (const Word& word : ret_table)
        if (word.bit == value) return std::string(word.name);
    return "";
}

bool is_valid_notify(long bits) {
    constexpr long all = notify::never | notify::success | notify::failure | notify::delay;
    return bits >= 0 && (bits & ~all) == 0 && ((bits & notify::never) == 0 || bits == notify::never);
}

std::string original_recipient_for(std::string_view internal_address) {
    // Compat: in internal form, without quotes.
    return (is_ascii(internal_address) ? "rfc822;" : "utf-8;") + std::string(internal_address);
}

std::string uxtext_encode(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        if (lead > ' ' && lead < 0x7f && lead != '+' && lead != '=' && lead != '\\') {
            out += text[at++];
            continue;
        }
        // Bytes that follow the lead byte of a character carry six bits each.
        const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
        unsigned code = more == 0 ? lead : lead & (0x3fU >> more);
        ++at;
        for (int i = 0; i < more && at < text.size(); ++i, ++at)
            code = code << 6 | (static_cast<unsigned char>(text[at]) & 0x3fU);
        out += fmt::format("\\x{{{:X}}}", code);
    }
    return out;
}

}  // namespace postrider::mail

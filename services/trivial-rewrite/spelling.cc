// services/trivial-rewrite/spelling.cc - how an address is written.
#include "services/trivial-rewrite/spelling.h"

#include <algorithm>
#include <iterator>

#include "lib/mail/address.h"

namespace postrider::rewrite {

namespace {

mail::Token special(char c) {
    mail::Token token;
    token.kind = mail::Token::Kind::special;
    token.text = std::string(1, c);
    return token;
}

void append_text(Tokens& address, std::string_view text) {
    Tokens more = mail::scan_tokens(text);
    std::move(more.begin(), more.end(), std::back_inserter(address));
}

// site!user -> user@site, at the first `!`.
void swap_bang(Tokens& address, std::size_t bang) {
    const auto at = address.begin() + static_cast<std::ptrdiff_t>(bang);
    Tokens swapped(at + 1, address.end());
    swapped.push_back(special('@'));
    swapped.insert(swapped.end(), address.begin(), at);
    address = std::move(swapped);
}

void find_domain(Tokens& address, const SpellingRules& rules, const Completion& completion) {
    if (const std::size_t bang = find_first(address, '!'); rules.bang_path && bang != npos) {
        swap_bang(address, bang);
    } else if (const std::size_t percent = find_last(address, '%'); rules.percent_hack && percent != npos) {
        address[percent] = special('@');
    } else if (rules.append_origin && !completion.origin.empty()) {
        address.push_back(special('@'));
        append_text(address, completion.origin);
    }
}

// The domain is a single word without dots.
bool lacks_dot(const Tokens& address, std::size_t at) {
    return at != npos && at + 1 < address.size() &&
           std::none_of(address.begin() + static_cast<std::ptrdiff_t>(at), address.end(),
                        [](const mail::Token& token) {
                            return token.is('.') || token.kind == mail::Token::Kind::literal;
                        });
}

}  // namespace

Tokens address_tokens(std::string_view internal) {
    return mail::scan_tokens(mail::quote_address(internal));
}

std::size_t find_last(const Tokens& tokens, char wanted) {
    for (std::size_t at = tokens.size(); at-- > 0;)
        if (tokens[at].is(wanted)) return at;
    return npos;
}

std::size_t find_first(const Tokens& tokens, char wanted) {
    for (std::size_t at = 0; at < tokens.size(); ++at)
        if (tokens[at].is(wanted)) return at;
    return npos;
}

void strip_final_dot(Tokens& address) {
    if (address.size() < 2 || !address.back().is('.')) return;
    const mail::Token& before = address[address.size() - 2];
    if (!before.is('.') && !before.is('@')) address.pop_back();
}

void rewrite_spelling(Tokens& address, const SpellingRules& rules, const Completion& completion) {
    if (address.empty()) return;
    if (address.size() == 1) {
        // RFC 5321 4.5.5: the null address stays what it is; a lone `@` means the same.
        if (address.front().is('@')) address.clear();
        if (address.empty() ||
            (address.front().kind == mail::Token::Kind::quoted && address.front().text.empty()))
            return;
    }
    // Compat: a route with nothing behind it is kept.
    if (const std::size_t colon = find_first(address, ':');
        address.front().is('@') && colon != npos && colon + 1 < address.size())
        address.erase(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(colon) + 1);
    if (find_last(address, '@') == npos) find_domain(address, rules, completion);
    // Compat: an address that ends in `@` is left alone, so that messages show what is wrong with it.
    if (rules.append_domain && !completion.domain.empty() && lacks_dot(address, find_last(address, '@'))) {
        address.push_back(special('.'));
        append_text(address, completion.domain);
    }
    strip_final_dot(address);
}

}  // namespace postrider::rewrite

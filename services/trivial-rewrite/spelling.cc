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
        address[percent].text = "@";
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

Tokens split_operators(const Tokens& tokens) {
    Tokens out;
    for (const mail::Token& token : tokens) {
        if (token.kind != mail::Token::Kind::atom || token.text.find_first_of("%!") == std::string::npos) {
            out.push_back(token);
            continue;
        }
        std::string_view rest = token.text;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find_first_of("%!"), rest.size());
            if (end > 0) {
                mail::Token atom = token;
                atom.text = rest.substr(0, end);
                out.push_back(std::move(atom));
            }
            if (end < rest.size()) out.push_back(special(rest[end]));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return out;
}

Tokens address_tokens(std::string_view internal) {
    return split_operators(mail::scan_tokens(mail::quote_address(internal)));
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
    mail::strip_route(address);
    if (find_last(address, '@') == npos) find_domain(address, rules, completion);
    // Compat: an address that ends in `@` is left alone, so that messages show what is wrong with it.
    if (rules.append_domain && !completion.domain.empty() && lacks_dot(address, find_last(address, '@'))) {
        address.push_back(special('.'));
        append_text(address, completion.domain);
    }
    strip_final_dot(address);
}

}  // namespace postrider::rewrite

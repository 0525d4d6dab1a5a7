// services/trivial-rewrite/spelling.h - how an address is written: routing operators and missing parts.
//
// Works on the tokens of an external address. No tables, no I/O.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/mail/rfc822.h"

namespace postrider::rewrite {

// What completes an incomplete address; empty: leave it.
struct Completion {
    std::string origin;  // user -> user@origin
    std::string domain;  // user@host -> user@host.domain
};

struct SpellingRules {
    bool percent_hack = true;
    bool bang_path = true;
    bool append_origin = true;
    bool append_domain = false;
};

using Tokens = mail::Tokens;

// The tokens of an internal address.
Tokens address_tokens(std::string_view internal);

// Rewrites to user@domain: drops a source route, applies one routing operator, completes, strips a final dot.
void rewrite_spelling(Tokens& address, const SpellingRules& rules, const Completion& completion);

// The last token that is this operator; npos when there is none.
std::size_t find_last(const Tokens& tokens, char special);
std::size_t find_first(const Tokens& tokens, char special);
inline constexpr std::size_t npos = static_cast<std::size_t>(-1);

// Strips one dot at the end, unless what is before it is a dot or an `@`.
void strip_final_dot(Tokens& address);

}  // namespace postrider::rewrite

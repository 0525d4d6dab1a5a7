// lib/mail/rfc822.h - address lists as people and programs write them: header fields, command lines, alias
// values.
//
// The reader is tolerant: groups, comments, quoted strings, domain literals, source routes, phrases and
// obsolete forms pass, and no input is an error.  What is not an address (phrases, comments, punctuation) is
// kept, so that a list with one address rewritten can be written back.  RFC 5322 3.4 and 4.4.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::mail {

struct Token {
    enum class Kind {
        atom,
        quoted,     // text without the quotes
        literal,    // text without the brackets
        comment,    // "(text)" as it was written
        special,    // one character: of RFC 5322, or one of the routing operators ! % and of |
        group_end,  // the colon behind the name of a group
    };
    Kind kind = Kind::atom;
    // Of atoms, quoted strings and literals what is meant, without backslashes.
    std::string text;

    bool is(char special) const { return kind == Kind::special && text[0] == special; }
    bool is_word() const { return kind == Kind::atom || kind == Kind::quoted; }
};
using Tokens = std::vector<Token>;

inline constexpr std::size_t no_token_limit = static_cast<std::size_t>(-1);

// The tokens of a text, at most `limit`; white space only separates.
Tokens scan_tokens(std::string_view text, std::size_t limit = no_token_limit);

// Whether words next to each other are written with a space between them.
enum class Words { together, apart };
// Tokens of one address in internal form: unquoted, source route kept.
std::string internal_form(const Tokens& tokens, Words words = Words::apart);
// Tokens of one address in external form, each quoted as it needs by itself.
std::string external_form(const Tokens& tokens, Words words = Words::apart);

// One member of a list: an address, or a token between addresses.
struct ListItem {
    bool is_address = false;
    // For an address its tokens (without "<>"); otherwise a phrase word, a comment, or punctuation.
    Tokens tokens;
    Words words = Words::together;

    // The address in internal form, with its source route.
    std::string address() const { return internal_form(tokens, words); }
    // The address as trivial-rewrite(8) is asked about it.
    std::string external() const { return external_form(tokens, words); }
    // Puts another address (external or internal form) in its place.
    void set_external(std::string_view external);
    void set_address(std::string_view internal);
};

struct AddressList {
    std::vector<ListItem> items;
    bool truncated = false;  // the token limit was met: the rest is dropped

    // The list as text, each part that may start a new line of a folded header in a piece of its own:
    // joined with " " the pieces are the whole.
    std::vector<std::string> pieces() const;
    // The list on one line.
    std::string text() const;
};

AddressList parse_address_list(std::string_view text, std::size_t token_limit = no_token_limit);

// Only the addresses of a list, in internal form; `<>` and empty members are left out.
std::vector<std::string> addresses_in(std::string_view text, std::size_t token_limit = no_token_limit);
// The same in the form in which trivial-rewrite(8) is asked about them.
std::vector<std::string> external_addresses_in(std::string_view text);

// Content of a quoted string with its backslashes undone, and a text as quoted string (with the quotes).
std::string unquote(std::string_view quoted);
std::string quote_string(std::string_view text);
// A phrase that is a display name: as it is when it consists of atoms, else as a quoted string.
std::string quote_phrase(std::string_view text);

}  // namespace postrider::mail

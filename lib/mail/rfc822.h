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
        quoted,   // text without the quotes, backslashes kept
        literal,  // "[1.2.3.4]", brackets kept
        comment,  // "(text)", parentheses kept
        special,  // one character
    };
    Kind kind = Kind::atom;
    std::string text;
    bool space_before = false;

    bool is(char special) const { return kind == Kind::special && text[0] == special; }
    bool is_word() const { return kind == Kind::atom || kind == Kind::quoted; }
};

// The tokens of a text, at most `limit`; white space separates and is only remembered as space_before.
std::vector<Token> scan_tokens(std::string_view text, std::size_t limit = static_cast<std::size_t>(-1));
// Tokens of one address in internal form: quotes and comments gone, source route kept.
std::string internal_form(const std::vector<Token>& tokens);
// Tokens of one address in external form: as written, without comments and white space that separates
// nothing.
std::string external_form(const std::vector<Token>& tokens);
// Takes the source route `@a,@b:` off the front of an address, RFC 5321 4.1.2.
void strip_route(std::vector<Token>& address);

// One member of a list: an address, or the text between addresses.
struct ListItem {
    bool is_address = false;
    // For an address its tokens (without "<>"); otherwise phrase words, comments, or one of "< > , : ;".
    std::vector<Token> tokens;
    bool space_before = false;

    // The address in internal form, without a source route; "" for `<>`.
    std::string address() const;
    // Puts another address (internal form) in its place.
    void set_address(std::string_view internal);
};

struct AddressList {
    std::vector<ListItem> items;
    bool truncated = false;  // the token limit was met: the rest is dropped

    // The list as text, each address that starts a new line of a folded header in a piece of its own:
    // joined with " " the pieces are the whole.
    std::vector<std::string> pieces() const;
    // The list on one line.
    std::string text() const;
};

AddressList parse_address_list(std::string_view text, std::size_t token_limit = static_cast<std::size_t>(-1));

// Only the addresses of a list, in internal form; `<>` and empty members are left out.
std::vector<std::string> addresses_in(std::string_view text,
                                      std::size_t token_limit = static_cast<std::size_t>(-1));

// Content of a quoted string with its backslashes undone, and a text as quoted string (with the quotes).
std::string unquote(std::string_view quoted);
std::string quote_string(std::string_view text);
// A phrase that is a display name: as it is when it consists of atoms, else as a quoted string.
std::string quote_phrase(std::string_view text);

}  // namespace postrider::mail

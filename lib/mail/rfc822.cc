// lib/mail/rfc822.cc - address lists: scanner, grouping into addresses and other text, writing back.
#include "lib/mail/rfc822.h"

#include <algorithm>
#include <iterator>

#include "lib/base/text.h"
#include "lib/mail/address.h"

namespace postrider::mail {

namespace {

// RFC 5322 3.2.3, and the operators of older networks: not all the world is RFC 5322.
constexpr std::string_view operators = "()<>@,;:\\\".[]|%!";

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool ends_atom(char c) {
    return is_blank(c) || (c != '\\' && operators.find(c) != std::string_view::npos);
}

// Reads one text from the front of `rest_`, token by token.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    bool next(Token& token) {
        while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
        token.text.clear();
        if (rest_.empty()) return false;
        const char c = rest_.front();
        if (c == '(') {
            comment(token);
        } else if (c == '"') {
            enclosed(token, Token::Kind::quoted, '"');
        } else if (c == '[') {
            enclosed(token, Token::Kind::literal, ']');
        } else if (ends_atom(c)) {
            token.kind = Token::Kind::special;
            token.text = c;
            rest_.remove_prefix(1);
        } else {
            atom(token);
        }
        return true;
    }

  private:
    // A backslash makes the next character part of the word, outside quotes too: obsolete, seen in the wild.
    // White space inside a word counts as a space each.
    template <class End>
    void collect(std::string& text, End&& is_end) {
        std::size_t at = 0;
        for (; at < rest_.size(); ++at) {
            char c = rest_[at];
            if (c == '\\') {
                if (++at == rest_.size()) break;
                c = rest_[at];
            } else if (is_end(c)) {
                break;
            }
            text += is_blank(c) ? ' ' : c;
        }
        rest_.remove_prefix(std::min(at, rest_.size()));
    }

    void atom(Token& token) {
        collect(token.text, ends_atom);
        const bool plain = std::none_of(token.text.begin(), token.text.end(), [](char c) {
            return c == ' ' || is_control(c) || operators.find(c) != std::string_view::npos;
        });
        token.kind = plain ? Token::Kind::atom : Token::Kind::quoted;
    }

    void enclosed(Token& token, Token::Kind kind, char end) {
        token.kind = kind;
        rest_.remove_prefix(1);
        collect(token.text, [end](char c) { return c == end; });
        if (!rest_.empty()) rest_.remove_prefix(1);
    }

    void comment(Token& token) {
        token.kind = Token::Kind::comment;
        std::size_t at = 1;
        int depth = 1;
        for (; at < rest_.size() && depth > 0; ++at) {
            if (rest_[at] == '\\')
                ++at;
            else if (rest_[at] == '(')
                ++depth;
            else if (rest_[at] == ')')
                --depth;
        }
        at = std::min(at, rest_.size());
        token.text = rest_.substr(0, at);
        rest_.remove_prefix(at);
    }

    std::string_view rest_;
};

Token special(char c) {
    Token token;
    token.kind = Token::Kind::special;
    token.text = std::string(1, c);
    return token;
}

bool is_operand(const Token& token) {
    return token.kind != Token::Kind::special && token.kind != Token::Kind::group_end;
}

// Turns tokens into items.  It works from the end of the text to its beginning: only then is it known, when
// a word or a colon is met, whether it belongs to a phrase or a group name or is part of an address.
class Grouper {
  public:
    explicit Grouper(AddressList& list) : list_(list) {}

    void run(Tokens tokens) {
        tokens_ = std::move(tokens);
        left_ = tokens_.size();
        while (left_ > 0) {
            Token& token = tokens_[left_ - 1];
            if (token.kind == Token::Kind::comment) {
                text(take());  // behind the address it was written in or before
            } else if (token.is(';')) {
                address(Comma::added);
                text(take());
                in_group_ = true;
                follows_operator_ = true;
            } else if (token.is(':') && in_group_) {
                group_name();
            } else if (token.is('>')) {
                angle_address();
            } else if (token.is(',')) {
                address(Comma::none);
                text(take());
                follows_operator_ = true;
            } else if (token.kind == Token::Kind::special) {
                address_.push_back(take());
                follows_operator_ = true;
            } else {
                // Two words without an operator between them are two addresses whose writer forgot the comma.
                if (!follows_operator_) address(Comma::added);
                address_.push_back(take());
                follows_operator_ = false;
            }
        }
        address(Comma::none);
        std::reverse(list_.items.begin(), list_.items.end());
    }

  private:
    enum class Comma { none, added };

    Token take() { return std::move(tokens_[--left_]); }

    void text(Token token) {
        ListItem item;
        item.tokens.push_back(std::move(token));
        list_.items.push_back(std::move(item));
    }

    // What was gathered is an address; perhaps a comma is put in before it.
    void address(Comma comma) {
        if (address_.empty()) return;
        std::reverse(address_.begin(), address_.end());
        ListItem item;
        item.is_address = true;
        item.tokens = std::move(address_);
        address_.clear();
        list_.items.push_back(std::move(item));
        if (comma == Comma::added) text(special(','));
    }

    void group_name() {
        address(Comma::none);
        Token colon = take();
        colon.kind = Token::Kind::group_end;
        text(std::move(colon));
        while (left_ > 0 && !tokens_[left_ - 1].is(',')) text(take());
    }

    // From `>` back to `<` an address; before that a phrase.
    void angle_address() {
        address(Comma::added);
        Token close = take();
        Tokens inside;
        while (left_ > 0 && !tokens_[left_ - 1].is('<')) {
            if (tokens_[left_ - 1].kind == Token::Kind::comment)
                comments_.push_back(take());
            else
                inside.push_back(take());
        }
        text(std::move(close));
        for (Token& comment : comments_) text(std::move(comment));
        comments_.clear();
        address_ = std::move(inside);
        address(Comma::none);
        while (left_ > 0 && !ends_phrase(tokens_[left_ - 1])) text(take());
        follows_operator_ = true;
    }

    static bool ends_phrase(const Token& token) {
        return token.is('>') || token.is(';') || token.is(',') || token.is(':');
    }

    AddressList& list_;
    Tokens tokens_;
    std::size_t left_ = 0;  // tokens not looked at yet
    Tokens address_;        // of the address being read, the last token first
    Tokens comments_;
    bool in_group_ = false;
    // What stands behind the token being read is no word: a word here goes on with the address.
    bool follows_operator_ = true;
};

std::string external_text(const Token& token) {
    std::string out;
    switch (token.kind) {
        case Token::Kind::quoted:
            return quote_string(token.text);
        case Token::Kind::literal:
            out = '[';
            for (char c : token.text) {
                if (c == '\\' || c == '\r' || c == '\n') out += '\\';
                out += c;
            }
            return out + ']';
        default:
            return token.text;
    }
}

std::string internal_text(const Token& token) {
    return token.kind == Token::Kind::literal ? "[" + token.text + "]" : token.text;
}

// Whether one space separates two tokens, or items of a list, that are written next to each other.
bool has_space_between(bool operand, const Token& token, bool next_operand, const Token& next) {
    return token.kind == Token::Kind::group_end || next.is('<') || (operand && next_operand);
}

std::string written_address(const ListItem& item) {
    const std::string internal = item.address();
    return internal.empty() ? "\"\"" : quote_address(internal);
}

template <class Write>
std::string written(const Tokens& tokens, Words words, Write&& write) {
    std::string out;
    const Token* previous = nullptr;
    for (const Token& token : tokens) {
        if (previous && words == Words::apart && !previous->is(',') &&
            has_space_between(is_operand(*previous), *previous, is_operand(token), token))
            out += ' ';
        out += write(token);
        previous = &token;
    }
    return out;
}

}  // namespace

Tokens scan_tokens(std::string_view text, std::size_t limit) {
    Tokens tokens;
    Scanner scanner(text);
    Token token;
    while (tokens.size() < limit && scanner.next(token)) tokens.push_back(token);
    return tokens;
}

std::string internal_form(const Tokens& tokens, Words words) {
    return written(tokens, words, internal_text);
}

std::string external_form(const Tokens& tokens, Words words) {
    std::string out = written(tokens, words,
                              [](const Token& token) { return token.is(',') ? ", " : external_text(token); });
    return out;
}

void ListItem::set_external(std::string_view external) {
    tokens = scan_tokens(external);
    words = Words::apart;
}

void ListItem::set_address(std::string_view internal) {
    set_external(quote_address(internal));
}

std::vector<std::string> AddressList::pieces() const {
    static const Token none;
    std::vector<std::string> out(1);
    const ListItem* previous = nullptr;
    for (const ListItem& item : items) {
        const Token& token = item.is_address ? none : item.tokens.front();
        const bool operand = item.is_address || is_operand(token);
        if (previous) {
            const Token& before = previous->is_address ? none : previous->tokens.front();
            if (before.is(','))
                out.emplace_back();
            else if (has_space_between(previous->is_address || is_operand(before), before, operand, token))
                out.back() += ' ';
        }
        out.back() += item.is_address ? written_address(item) : external_text(token);
        previous = &item;
    }
    if (previous && !previous->is_address && previous->tokens.front().is(',')) out.emplace_back();
    return out;
}

std::string AddressList::text() const {
    return join(pieces(), " ");
}

AddressList parse_address_list(std::string_view text, std::size_t token_limit) {
    AddressList list;
    Tokens tokens;
    Scanner scanner(text);
    Token token;
    while (scanner.next(token)) {
        if (tokens.size() >= token_limit) {
            list.truncated = true;
            break;
        }
        tokens.push_back(token);
    }
    Grouper(list).run(std::move(tokens));
    return list;
}

std::vector<std::string> addresses_in(std::string_view text, std::size_t token_limit) {
    std::vector<std::string> out;
    for (const ListItem& item : parse_address_list(text, token_limit).items) {
        if (!item.is_address) continue;
        std::string address = item.address();
        if (!address.empty()) out.push_back(std::move(address));
    }
    return out;
}

std::vector<std::string> external_addresses_in(std::string_view text) {
    std::vector<std::string> out;
    for (const ListItem& item : parse_address_list(text).items)
        if (item.is_address) out.push_back(item.external());
    return out;
}

std::string unquote(std::string_view quoted) {
    std::string out;
    out.reserve(quoted.size());
    for (std::size_t at = 0; at < quoted.size(); ++at) {
        if (quoted[at] == '\\' && at + 1 < quoted.size()) ++at;
        out += quoted[at];
    }
    return out;
}

std::string quote_string(std::string_view text) {
    std::string out = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\' || c == '\r') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string quote_phrase(std::string_view text) {
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
        return c == ' ' || c == '\t' ||
               (!is_control(c) && std::string_view("()<>@,;:\\\".[]").find(c) == std::string_view::npos);
    });
    return plain ? std::string(text) : quote_string(text);
}

}  // namespace postrider::mail

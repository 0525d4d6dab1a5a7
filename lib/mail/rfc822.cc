// lib/mail/rfc822.cc - address lists: scanner, grouping into addresses and other text, writing back.
#include "lib/mail/rfc822.h"

#include <algorithm>

#include "lib/base/text.h"
#include "lib/mail/address.h"

namespace postrider::mail {

namespace {

constexpr std::string_view specials = "()<>@,;:\\\".[]";

bool ends_atom(char c) {
    return is_space(c) || specials.find(c) != std::string_view::npos;
}

// Reads one text from the front of `rest_`, token by token.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    bool next(Token& token) {
        token.text.clear();
        token.space_before = skip_space();
        if (rest_.empty()) return false;
        switch (rest_.front()) {
            case '(':
                comment(token);
                break;
            case '"':
                quoted(token);
                break;
            case '[':
                literal(token);
                break;
            case '\\':
                atom(token);
                break;
            default:
                if (ends_atom(rest_.front())) {
                    token.kind = Token::Kind::special;
                    token.text = take(1);
                } else {
                    atom(token);
                }
        }
        return true;
    }

  private:
    bool skip_space() {
        const std::size_t before = rest_.size();
        rest_ = trim_left(rest_);
        return rest_.size() != before;
    }

    std::string take(std::size_t length) {
        std::string taken(rest_.substr(0, length));
        rest_.remove_prefix(taken.size());
        return taken;
    }

    // A backslash outside quotes makes the next character part of the word; obsolete, seen in the wild.
    void atom(Token& token) {
        token.kind = Token::Kind::atom;
        std::size_t length = 0;
        while (length < rest_.size() && (rest_[length] == '\\' || !ends_atom(rest_[length])))
            length += rest_[length] == '\\' ? 2 : 1;
        token.text = take(length);
    }

    void quoted(Token& token) {
        token.kind = Token::Kind::quoted;
        std::size_t at = 1;
        while (at < rest_.size() && rest_[at] != '"') at += rest_[at] == '\\' ? 2 : 1;
        at = std::min(at, rest_.size());
        token.text = rest_.substr(1, at - 1);
        rest_.remove_prefix(std::min(at + 1, rest_.size()));
    }

    void literal(Token& token) {
        token.kind = Token::Kind::literal;
        std::size_t at = 1;
        while (at < rest_.size() && rest_[at] != ']') at += rest_[at] == '\\' ? 2 : 1;
        token.text = take(at + 1);
        if (token.text.back() != ']') token.text += ']';
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
        token.text = take(at);
        // Close what the writer left open, or the rest of the header would vanish in it.
        token.text.append(static_cast<std::size_t>(depth), ')');
    }

    std::string_view rest_;
};

bool is_text_for_spacing(const Token& token) {
    return token.is_word() || token.kind == Token::Kind::literal;
}

bool is_trivial(const std::vector<Token>& run) {
    return std::all_of(run.begin(), run.end(),
                       [](const Token& token) { return token.kind == Token::Kind::comment; });
}

// Turns tokens into items, one member of the list at a time.
class Grouper {
  public:
    explicit Grouper(AddressList& list) : list_(list) {}

    void run(std::vector<Token> tokens) {
        for (std::size_t at = 0; at < tokens.size(); ++at) {
            Token& token = tokens[at];
            if (token.is('<')) {
                at = angle(tokens, at);
            } else if ((token.is(',') && !goes_on_route(tokens, at)) || token.is(';')) {
                end_of_member(false);
                punctuation(std::move(token));
            } else if (token.is(':') && !in_route()) {
                end_of_member(true);
                punctuation(std::move(token));
            } else {
                member_.push_back(std::move(token));
            }
        }
        end_of_member(false);
    }

  private:
    // `@a,@b:user@c` without the angle brackets: the colon does not name a group.
    bool in_route() const { return !member_.empty() && member_.front().is('@'); }
    bool goes_on_route(const std::vector<Token>& tokens, std::size_t comma) const {
        return in_route() && comma + 1 < tokens.size() && tokens[comma + 1].is('@');
    }

    void add_text(Token token) {
        ListItem item;
        item.space_before = token.space_before;
        item.tokens.push_back(std::move(token));
        list_.items.push_back(std::move(item));
    }
    void punctuation(Token token) {
        token.space_before = false;
        add_text(std::move(token));
    }

    void add_address(std::vector<Token> tokens, bool space_before) {
        ListItem item;
        item.is_address = true;
        item.space_before = space_before;
        item.tokens = std::move(tokens);
        list_.items.push_back(std::move(item));
    }

    // From `<` to `>` (or the end, or something that cannot be inside): an address; what came before is a
    // phrase.
    std::size_t angle(std::vector<Token>& tokens, std::size_t at) {
        for (Token& token : member_) add_text(std::move(token));
        member_.clear();
        add_text(tokens[at]);
        std::vector<Token> address, comments;
        std::size_t end = at + 1;
        for (; end < tokens.size() && !tokens[end].is('>'); ++end) {
            // A comma only belongs inside with a source route; otherwise the writer forgot the `>`.
            if (tokens[end].is(',') && (address.empty() || !address.front().is('@'))) break;
            (tokens[end].kind == Token::Kind::comment ? comments : address).push_back(tokens[end]);
        }
        const bool closed = end < tokens.size() && tokens[end].is('>');
        add_address(std::move(address), false);
        for (Token& token : comments) add_text(std::move(token));
        Token close;
        close.kind = Token::Kind::special;
        close.text = ">";
        add_text(std::move(close));
        had_angle_ = true;
        return closed ? end : end - 1;
    }

    void end_of_member(bool group_name) {
        if (group_name || had_angle_ || is_trivial(member_)) {
            for (Token& token : member_) add_text(std::move(token));
        } else {
            bare_address();
        }
        member_.clear();
        had_angle_ = false;
    }

    // Without angle brackets everything but the comments is address.  Two words without an operator between
    // them are two addresses whose writer forgot the comma: it is put in.
    void bare_address() {
        std::vector<Token> address, comments;
        for (Token& token : member_) {
            if (token.kind == Token::Kind::comment) {
                comments.push_back(std::move(token));
                continue;
            }
            if (!address.empty() && is_text_for_spacing(address.back()) && is_text_for_spacing(token)) {
                finish_bare(address, comments);
                Token comma;
                comma.kind = Token::Kind::special;
                comma.text = ",";
                add_text(std::move(comma));
            }
            address.push_back(std::move(token));
        }
        finish_bare(address, comments);
    }

    // An address and the comments around it, which go behind it.
    void finish_bare(std::vector<Token>& address, std::vector<Token>& comments) {
        const bool space_before = address.front().space_before;
        add_address(std::move(address), space_before);
        address.clear();
        for (Token& token : comments) {
            token.space_before = true;
            add_text(std::move(token));
        }
        comments.clear();
    }

    AddressList& list_;
    std::vector<Token> member_;
    bool had_angle_ = false;
};

// `Joe<joe@x>` is written with a space.
bool is_angle_after_phrase(const ListItem& item, const ListItem* previous) {
    return previous && !item.is_address && item.tokens.front().is('<') && !previous->is_address &&
           previous->tokens.front().kind != Token::Kind::special;
}

std::string token_text(const Token& token) {
    return token.kind == Token::Kind::quoted ? "\"" + token.text + "\"" : token.text;
}

}  // namespace

std::vector<Token> scan_tokens(std::string_view text, std::size_t limit) {
    std::vector<Token> tokens;
    Scanner scanner(text);
    Token token;
    while (tokens.size() < limit && scanner.next(token)) tokens.push_back(token);
    return tokens;
}

std::string internal_form(const std::vector<Token>& tokens) {
    std::string out;
    const Token* previous = nullptr;
    for (const Token& token : tokens) {
        if (token.kind == Token::Kind::comment) continue;
        if (previous && is_text_for_spacing(*previous) && is_text_for_spacing(token)) out += ' ';
        out += token.kind == Token::Kind::literal || token.kind == Token::Kind::special ? token.text
                                                                                        : unquote(token.text);
        previous = &token;
    }
    return out;
}

std::string external_form(const std::vector<Token>& tokens) {
    std::string out;
    const Token* previous = nullptr;
    for (const Token& token : tokens) {
        if (token.kind == Token::Kind::comment) continue;
        if (previous && is_text_for_spacing(*previous) && is_text_for_spacing(token)) out += ' ';
        out += token_text(token);
        previous = &token;
    }
    return out;
}

void strip_route(std::vector<Token>& address) {
    if (address.empty() || !address.front().is('@')) return;
    const auto colon =
        std::find_if(address.begin(), address.end(), [](const Token& token) { return token.is(':'); });
    // Compat: Postfix keeps the route when nothing follows it.
    if (colon == address.end() || colon + 1 == address.end()) return;
    address.erase(address.begin(), colon + 1);
}

std::string ListItem::address() const {
    std::vector<Token> copy = tokens;
    strip_route(copy);
    return internal_form(copy);
}

void ListItem::set_address(std::string_view internal) {
    const bool space = !tokens.empty() && tokens.front().space_before;
    tokens = scan_tokens(quote_address(internal));
    if (!tokens.empty()) tokens.front().space_before = space;
}

std::vector<std::string> AddressList::pieces() const {
    std::vector<std::string> out(1);
    bool after_comma = false;
    const ListItem* previous = nullptr;
    for (const ListItem& item : items) {
        if (after_comma) {
            out.emplace_back();
            after_comma = false;
        } else if (item.space_before || is_angle_after_phrase(item, previous)) {
            if (!out.back().empty()) out.back() += ' ';
        }
        previous = &item;
        out.back() += item.is_address ? external_form(item.tokens) : token_text(item.tokens.front());
        after_comma = !item.is_address && item.tokens.front().is(',');
    }
    return out;
}

std::string AddressList::text() const {
    return join(pieces(), " ");
}

AddressList parse_address_list(std::string_view text, std::size_t token_limit) {
    AddressList list;
    std::vector<Token> tokens;
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
        return c == ' ' || c == '\t' || (static_cast<unsigned char>(c) > 0x20 && c != 0x7f && !ends_atom(c));
    });
    return plain ? std::string(text) : quote_string(text);
}

}  // namespace postrider::mail

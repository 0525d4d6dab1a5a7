// local/destination_list.cc - the entries of aliases(5), .forward and :include: lists.
#include "lib/base/text.h"
#include "lib/mail/rfc822.h"
#include "local/destination.h"

namespace postrider::local {

namespace {

constexpr std::string_view include_prefix = ":include:";

bool ends_word(char c) {
    return is_space(c) || c == ',';
}

bool starts_special(std::string_view text) {
    if (text.empty()) return false;
    return text[0] == '|' || text[0] == '/' || text[0] == '~' ||
           starts_with_ignoring_case(text, include_prefix);
}

// Reads one list from the front, entry by entry.
class List {
  public:
    explicit List(std::string_view text) : rest_(text) {}

    std::vector<Destination> entries() {
        for (;;) {
            while (!rest_.empty() && (ends_word(rest_.front()) || rest_.front() == '>'))
                rest_.remove_prefix(1);
            if (rest_.empty()) return std::move(entries_);
            if (!special_entry()) addresses();
        }
    }

  private:
    void add(Destination::Kind kind, std::string text) {
        Destination one;
        one.kind = kind;
        one.text = std::move(text);
        entries_.push_back(std::move(one));
    }

    // A command, a file or a list: one word, parts of which may be quoted.  False, and nothing taken, when
    // an address comes.
    bool special_entry() {
        if (rest_.front() != '"' && !starts_special(rest_)) return false;
        std::string word;
        std::size_t at = 0;
        while (at < rest_.size() && !ends_word(rest_[at])) {
            if (rest_[at] != '"') {
                word += rest_[at++];
                continue;
            }
            std::size_t end = at + 1;
            while (end < rest_.size() && rest_[end] != '"') end += rest_[end] == '\\' ? 2 : 1;
            end = std::min(end, rest_.size());
            word += mail::unquote(rest_.substr(at + 1, end - at - 1));
            at = std::min(end + 1, rest_.size());
        }
        if (!starts_special(word)) return false;
        rest_.remove_prefix(at);
        // `| command`: the word is the next one.
        if (word == "|" && !trim(rest_).empty() && trim(rest_).front() != ',') return command_word();
        if (word[0] == '|') {
            add(Destination::Kind::command, word.substr(1));
        } else if (word[0] == '/') {
            add(Destination::Kind::file, std::move(word));
        } else if (word[0] == '~') {
            add(Destination::Kind::home_file, word.substr(1));
        } else {
            add(Destination::Kind::include, word.substr(include_prefix.size()));
        }
        return true;
    }

    bool command_word() {
        rest_ = trim_left(rest_);
        std::size_t at = 0;
        while (at < rest_.size() && !ends_word(rest_[at])) ++at;
        add(Destination::Kind::command, std::string(rest_.substr(0, at)));
        rest_.remove_prefix(at);
        return true;
    }

    // Addresses with whatever belongs to them, up to the next comma.
    void addresses() {
        const std::string_view piece = take_piece();
        const bool mailbox_only = piece.front() == '\\';
        for (std::string& address : mail::addresses_in(mailbox_only ? piece.substr(1) : piece))
            add(mailbox_only ? Destination::Kind::mailbox_only : Destination::Kind::address,
                std::move(address));
    }

    // Up to a comma outside quotes and comments.
    std::string_view take_piece() {
        bool quoted = false;
        int comments = 0;
        std::size_t at = 0;
        for (; at < rest_.size(); ++at) {
            const char c = rest_[at];
            if (c == '\\') {
                ++at;
            } else if (c == '"' && comments == 0) {
                quoted = !quoted;
            } else if (quoted) {
                continue;
            } else if (c == '(') {
                ++comments;
            } else if (c == ')' && comments > 0) {
                --comments;
            } else if (c == ',' && comments == 0) {
                break;
            }
        }
        const std::string_view piece = rest_.substr(0, at);
        rest_.remove_prefix(piece.size());
        return piece;
    }

    std::string_view rest_;
    std::vector<Destination> entries_;
};

}  // namespace

std::vector<Destination> parse_destinations(std::string_view line) {
    return List(line).entries();
}

std::vector<Destination> parse_list_file(std::string_view content) {
    std::vector<Destination> all;
    while (!content.empty()) {
        const std::size_t end = std::min(content.find('\n'), content.size());
        const std::string_view line = content.substr(0, end);
        content.remove_prefix(std::min(end + 1, content.size()));
        // Compat: a comment starts in the first column, and every line is a list of its own.
        if (line.starts_with('#')) continue;
        for (Destination& one : parse_destinations(line)) all.push_back(std::move(one));
    }
    return all;
}

}  // namespace postrider::local

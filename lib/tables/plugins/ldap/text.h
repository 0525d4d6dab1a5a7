// lib/tables/plugins/ldap/text.h - the parts of ldap tables that need no server: which attributes count in
// which entry, how a key is quoted, where servers are.
#pragma once

#include <strings.h>

#include <optional>
#include <string>

#include "lib/tables/types/plugin.h"

namespace postrider::tables::plugin {

// The attributes that are asked for, each once.
struct Attributes {
    enum class Kind {
        terminal,  // values; an entry that has one is not followed, and gives nothing else
        leaf,      // values, but only of entries without a special attribute
        normal,    // values
        special,   // names (DN or URL) of further entries
    };

    explicit Attributes(const Options& options) {
        add(options.words("terminal_result_attribute"), Kind::terminal);
        add(options.words("leaf_result_attribute"), Kind::leaf);
        add(options.words("result_attribute", "maildrop"), Kind::normal);
        add(options.words("special_result_attribute"), Kind::special);
    }

    // Whether an attribute means anything in such an entry.
    static bool counts(Kind kind, bool entry_is_terminal, bool entry_is_leaf) {
        if (entry_is_terminal) return kind == Kind::terminal;
        return kind != Kind::leaf || entry_is_leaf;
    }
    // Of an attribute as the server calls it; nothing: not one of ours.
    std::optional<Kind> kind_of(const std::string& name) const {
        for (std::size_t i = 0; i < names.size(); ++i)
            if (strcasecmp(names[i].c_str(), name.c_str()) == 0) return kinds[i];
        return std::nullopt;
    }

    std::vector<std::string> names;
    std::vector<Kind> kinds;

  private:
    void add(const std::vector<std::string>& more, Kind kind) {
        for (const std::string& name : more) {
            bool known = false;
            for (const std::string& other : names) known = known || other == name;
            if (known) continue;
            names.push_back(name);
            kinds.push_back(kind);
        }
    }
};

// Part of a search filter; RFC 4515 3.
inline std::string quote_filter(const std::string& text) {
    static const char digits[] = "0123456789abcdef";
    std::string out;
    for (const char c : text) {
        if (c == '*' || c == '(' || c == ')' || c == '\\' || c == '\0') {
            const auto byte = static_cast<unsigned char>(c);
            out += '\\';
            out += digits[byte >> 4];
            out += digits[byte & 15];
        } else {
            out += c;
        }
    }
    return out;
}

// Part of a distinguished name; RFC 4514 2.4.
inline std::string quote_name(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool edge = i == 0 || i + 1 == text.size();
        if (std::string_view(",+\"\\<>;=").find(c) != std::string_view::npos || (c == ' ' && edge) ||
            (c == '#' && i == 0))
            out += '\\';
        out += c;
    }
    return out;
}

// "host", "host:port", "ldap://host:port", ... as the library wants them.
inline std::vector<std::string> ldap_uris(const std::vector<std::string>& hosts, const std::string& port) {
    std::vector<std::string> uris;
    for (const std::string& host : hosts) {
        if (host.find("://") != std::string::npos) {
            uris.push_back(host);
        } else {
            const std::size_t last = host.rfind(':');
            const bool has_port =
                last != std::string::npos && (host.find(':') == last || (last > 0 && host[last - 1] == ']'));
            uris.push_back("ldap://" + host + (has_port ? "" : ":" + port));
        }
    }
    return uris;
}

}  // namespace postrider::tables::plugin

// lib/tables/match_list.cc - lists of hosts, domains and networks.
#include "lib/tables/match_list.h"

#include <fmt/core.h>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/logical_lines.h"
#include "lib/tables/address_lookup.h"
#include "lib/tables/network.h"

namespace postrider::tables {

struct MatchList::Item {
    bool negated = false;
    std::string text;
    TablePtr table;
    std::optional<NetworkPattern> network;
    std::string broken;  // why the item cannot be asked
};

namespace {

constexpr int deepest_file = 20;

bool looks_like_address(std::string_view text) {
    return text.find_first_not_of("0123456789./[]:abcdefABCDEF") == std::string_view::npos;
}

// A network or address literal: in brackets, or IPv4 digits and dots.
bool is_network_text(std::string_view text) {
    if (text.empty()) return false;
    if (text.front() == '[') return looks_like_address(text);
    return text.find_first_not_of("0123456789./") == std::string_view::npos &&
           text.find_first_of("0123456789") != std::string_view::npos;
}

}  // namespace

MatchList::MatchList(std::string_view parameter, std::string_view value, ListKind kind,
                     const Settings& settings)
    : parameter_(parameter), kind_(kind) {
    parents_match_ = parent_style(parameter, settings) == ParentStyle::bare;
    add(value, false, settings, 0);
}

MatchList::MatchList(const Parameter<std::string>& parameter, ListKind kind, const Settings& settings)
    : MatchList(parameter.name(), settings[parameter], kind, settings) {}

void MatchList::add(std::string_view value, bool negated, const Settings& settings, int depth) {
    for (const std::string& word : split_words_with_braces(value)) {
        std::string_view text = word;
        bool no = negated;
        while (!text.empty() && text.front() == '!') {
            no = !no;
            text.remove_prefix(1);
        }
        if (text.empty()) {
            log::warning("{}: no pattern after '!'", parameter_);
            continue;
        }
        if (text.front() == '/') {
            add_file(std::string(text), no, settings, depth);
            continue;
        }
        auto item = std::make_shared<Item>();
        item->negated = no;
        item->text = text;
        if (text.front() != '[' && text.find(':') != std::string_view::npos) {
            item->table = open_table(item->text, settings);
        } else if ((kind_ == ListKind::hosts || kind_ == ListKind::addresses) && is_network_text(text)) {
            Result<NetworkPattern> network = NetworkPattern::parse(text);
            if (network) {
                item->network = *network;
            } else {
                item->broken = network.error();
                log::warning("{}: {}", parameter_, network.error());
            }
        }
        items_.push_back(std::move(item));
    }
}

void MatchList::add_file(const std::string& path, bool negated, const Settings& settings, int depth) {
    const Result<std::string> text = read_file(path);
    if (!text || depth >= deepest_file) {
        auto item = std::make_shared<Item>();
        item->broken = text ? "files nested too deep: " + path : text.error();
        log::warning("{}: {}", parameter_, item->broken);
        items_.push_back(std::move(item));
        return;
    }
    for (const config::LogicalLine& line : config::logical_lines(*text))
        add(line.text, negated, settings, depth + 1);
}

Task<Match> MatchList::matches(std::string name) const {
    std::string no_address;
    Match answer = co_await matches(std::move(name), std::move(no_address));
    co_return answer;
}

Task<Match> MatchList::matches(std::string name, std::string address) const {
    for (const std::shared_ptr<const Item>& item : items_) {
        const Match answer = co_await match_item(item, name, address);
        if (answer == Match::no) continue;
        if (answer == Match::try_again) co_return answer;
        co_return item->negated ? Match::no : Match::yes;
    }
    co_return Match::no;
}

Task<Match> MatchList::match_item(std::shared_ptr<const Item> item, std::string name,
                                  std::string address) const {
    if (!item->broken.empty()) {
        *reason_ = fmt::format("{}: {}", parameter_, item->broken);
        co_return Match::try_again;
    }
    if (item->table) {
        const Match answer = co_await match_table(item->table, std::move(name), std::move(address));
        co_return answer;
    }
    if (item->network) co_return item->network->contains(ip_bytes(address)) ? Match::yes : Match::no;
    if (kind_ != ListKind::addresses && !name.empty() && match_name(item->text, name)) co_return Match::yes;
    co_return !address.empty() && equals_ignoring_case(item->text, address) ? Match::yes : Match::no;
}

Task<Match> MatchList::match_table(TablePtr table, std::string name, std::string address) const {
    std::vector<std::string> keys;
    if (!name.empty() && kind_ != ListKind::addresses) {
        keys.push_back(name);
        const bool whole_only = kind_ == ListKind::strings || table->key_kind() == KeyKind::pattern;
        if (!whole_only) {
            const ParentStyle style = parents_match_ ? ParentStyle::bare : ParentStyle::dotted;
            for (std::string& parent : parent_domains(name, style)) keys.push_back(std::move(parent));
        }
    }
    if (!address.empty()) keys.push_back(std::move(address));
    for (const std::string& key : keys) {
        LookupResult answer = co_await table->find(key);
        if (answer.found == Found::yes) co_return Match::yes;
        if (answer.found == Found::try_again) {
            *reason_ = fmt::format("{}: {}", parameter_, answer.reason);
            log::warning("{}: {}: table lookup problem", parameter_, table->name());
            co_return Match::try_again;
        }
    }
    co_return Match::no;
}

bool MatchList::match_name(const std::string& pattern, const std::string& name) const {
    if (equals_ignoring_case(pattern, name)) return true;
    if (kind_ == ListKind::strings || name.size() <= pattern.size()) return false;
    if (!ends_with_ignoring_case(name, pattern)) return false;
    return pattern.front() == '.' ? !parents_match_
                                  : parents_match_ && name[name.size() - pattern.size() - 1] == '.';
}

}  // namespace postrider::tables

// lib/tables/match_list.h - lists of hosts, domains and networks, e.g. mynetworks, mydestination,
// relay_domains.
//
// Items are tried in order and the first that matches decides; `!item` decides for "no".  An item is a
// literal, a /file with more items, or a type:table.  "Try again" of a table ends the search.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lib/config/settings.h"
#include "lib/tables/table.h"

namespace postrider::tables {

enum class Match { yes, no, try_again };

// What the items of a list are.
enum class ListKind {
    strings,    // whole strings, ignoring case (mydestination, virtual_mailbox_domains)
    domains,    // host names and domains: parents match as parent_domain_matches_subdomains says
                // (relay_domains)
    hosts,      // as domains, and addresses and networks (mynetworks, debug_peer_list)
    addresses,  // addresses and networks only
};

class MatchList {
  public:
    MatchList() = default;
    // `value` is expanded.  `parameter` is the main.cf name: for messages and for
    // parent_domain_matches_subdomains.
    MatchList(std::string_view parameter, std::string_view value, ListKind kind, const Settings& settings);
    MatchList(const Parameter<std::string>& parameter, ListKind kind, const Settings& settings);

    bool empty() const { return items_.empty(); }
    // strings and domains.
    Task<Match> matches(std::string name) const;
    // hosts: either may be empty when it is not known.  addresses: the name is ignored.
    Task<Match> matches(std::string name, std::string address) const;
    // Why the last answer of this list was try_again, for the log.
    const std::string& reason() const { return *reason_; }

  private:
    struct Item;
    void add(std::string_view value, bool negated, const Settings& settings, int depth);
    void add_file(const std::string& path, bool negated, const Settings& settings, int depth);
    Task<Match> match_item(std::shared_ptr<const Item> item, std::string name, std::string address) const;
    Task<Match> match_table(TablePtr table, std::string name, std::string address) const;
    bool match_name(const std::string& pattern, const std::string& name) const;

    std::string parameter_;
    ListKind kind_ = ListKind::strings;
    bool parents_match_ = false;
    std::vector<std::shared_ptr<const Item>> items_;
    std::shared_ptr<std::string> reason_ = std::make_shared<std::string>();
};

}  // namespace postrider::tables

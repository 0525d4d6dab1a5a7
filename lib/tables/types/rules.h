// lib/tables/types/rules.h - what cidr, regexp and pcre tables share: numbered rules from a file or from
// main.cf, and if/endif.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/result.h"
#include "lib/config/logical_lines.h"

namespace postrider::tables {

// The pieces of `{ {a b}, c, type:{d} }`: split at commas and white space outside braces; the braces around a
// whole piece are dropped, or kept.  Nothing when the text is not in balanced braces.
enum class InnerBraces { dropped, kept };
std::optional<std::vector<std::string>> braced_items(std::string_view text,
                                                     InnerBraces inner = InnerBraces::dropped);

// The rules of a pattern table: logical lines of the file `argument`, or the items of `{...}`; and who owns
// them.  `type` is that of the table, for the error.
struct RuleSource {
    std::vector<config::LogicalLine> lines;
    uid_t owner = 0;
};
Result<RuleSource> read_rules(const std::string& argument, std::string_view type);

enum class RuleKind { match, begin_if, end_if };

// Goes through rules as if/endif say.  `Rule` has `kind` and `skip_to` (the index of its endif, for
// begin_if); `matches(rule)` tests one.  Returns the first matching RuleKind::match rule, or nullptr.
template <class Rule, class Matches>
const Rule* first_match(const std::vector<Rule>& rules, Matches matches) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const Rule& rule = rules[i];
        if (rule.kind == RuleKind::end_if) continue;
        const bool matched = matches(rule);
        if (rule.kind == RuleKind::match && matched) return &rule;
        if (rule.kind == RuleKind::begin_if && !matched) i = rule.skip_to;
    }
    return nullptr;
}

// Fills in skip_to; warns about an if without endif as "PREFIX, line N: ...".
void warn_unclosed_if(std::string_view prefix, int line);
template <class Rule>
void connect_ifs(std::vector<Rule>& rules, std::string_view prefix) {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (rules[i].kind == RuleKind::begin_if) open.push_back(i);
        if (rules[i].kind == RuleKind::end_if && !open.empty()) {
            rules[open.back()].skip_to = i;
            open.pop_back();
        }
    }
    for (; !open.empty(); open.pop_back()) {  // the innermost first
        rules[open.back()].skip_to = rules.size();
        warn_unclosed_if(prefix, rules[open.back()].line);
    }
}

// The keyword (`if`, `endif`) at the start of a rule, lower case; empty for any other rule.  `rest` is what
// follows it.
std::string_view rule_keyword(std::string_view line, std::string_view& rest);

}  // namespace postrider::tables

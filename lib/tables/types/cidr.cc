// lib/tables/types/cidr.cc - the table type cidr: networks and hosts, first match wins.
//
// A rule is "[!]NETWORK RESULT"; "if [!]NETWORK" ... "endif" guards rules.  Keys that are no IP address are
// in no such table.

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/tables/file_values.h"
#include "lib/tables/network.h"
#include "lib/tables/open.h"
#include "lib/tables/types/rules.h"

namespace postrider::tables {

namespace {

struct Rule {
    RuleKind kind = RuleKind::match;
    bool negated = false;
    NetworkPattern network;
    std::string value;
    int line = 0;
    std::size_t skip_to = 0;
};

class CidrTable : public DirectTable {
  public:
    CidrTable(const std::string& name, std::vector<Rule> rules, uid_t owner)
        : DirectTable(name), rules_(std::move(rules)), owner_(owner) {}

    LookupResult look_up(const std::string& key) override {
        const std::string address = ip_bytes(key);
        if (address.empty()) return LookupResult::miss();
        // "Not in this network" says nothing of addresses of the other family.
        const Rule* rule = first_match(rules_, [&](const Rule& tried) {
            return tried.network.is_same_family(address) && tried.network.contains(address) != tried.negated;
        });
        return rule != nullptr ? LookupResult::hit(rule->value) : LookupResult::miss();
    }
    KeyKind key_kind() const override { return KeyKind::pattern; }
    std::optional<uid_t> owner() const override { return owner_; }

  private:
    std::vector<Rule> rules_;
    uid_t owner_;
};

// Reads "[!]NETWORK" off the front of `text`, or as all of it.
Result<void> parse_network(std::string_view& text, Rule& rule, bool is_all) {
    while (!text.empty() && (text.front() == '!' || is_space(text.front()))) {
        if (text.front() == '!') rule.negated = !rule.negated;
        text.remove_prefix(1);
    }
    if (text.empty()) return Error{"no address pattern"};
    std::size_t end = is_all ? text.size() : 0;
    while (end < text.size() && !is_space(text[end])) ++end;
    const std::string_view pattern = text.substr(0, end);
    text = trim(text.substr(end));
    Result<NetworkPattern> network = NetworkPattern::parse(pattern);
    if (!network) return Error{network.error()};
    rule.network = *network;
    return {};
}

// One line as a rule, or why it is none.
Result<Rule> parse_rule(const config::LogicalLine& line, bool inside_if) {
    Rule rule;
    rule.line = line.first_line;
    std::string_view rest;
    const std::string_view keyword = rule_keyword(line.text, rest);
    if (keyword == "endif") {
        if (!rest.empty()) return Error{"garbage after ENDIF: skipping this rule"};
        if (!inside_if) return Error{"ENDIF without IF: skipping this rule"};
        rule.kind = RuleKind::end_if;
        return rule;
    }
    if (keyword == "if") rule.kind = RuleKind::begin_if;
    if (Result<void> parsed = parse_network(rest, rule, keyword == "if"); !parsed)
        return Error{parsed.error() + ": skipping this rule"};
    if (keyword == "if") return rule;
    if (rest.empty()) return Error{"no lookup result: skipping this rule"};
    rule.value = rest;
    return rule;
}

}  // namespace

Result<TablePtr> open_cidr(const std::string& name, const std::string& argument, const OpenContext& context) {
    const Result<RuleSource> source = read_rules(argument, "cidr");
    if (!source) return Error{source.error()};
    const std::string prefix = "cidr map " + argument;
    std::vector<Rule> rules;
    int depth = 0;
    for (const config::LogicalLine& line : source->lines) {
        Result<Rule> rule = parse_rule(line, depth > 0);
        if (rule && rule->kind == RuleKind::match) {
            std::string problem;
            rule->value = table_value(rule->value, context, problem);
            if (!problem.empty()) rule = Error{problem + ": skipping this rule"};
        }
        if (!rule) {
            log::warning("{}, line {}: {}", prefix, line.first_line, rule.error());
            continue;
        }
        if (rule->kind == RuleKind::begin_if) ++depth;
        if (rule->kind == RuleKind::end_if) --depth;
        rules.push_back(std::move(*rule));
    }
    connect_ifs(rules, prefix);
    return TablePtr(std::make_shared<CidrTable>(name, std::move(rules), source->owner));
}

}  // namespace postrider::tables

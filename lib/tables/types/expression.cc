// lib/tables/types/expression.cc - tables of regular expressions, whatever the library behind them.
#include "lib/tables/types/expression.h"

#include <fmt/core.h>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/tables/file_values.h"
#include "lib/tables/types/rules.h"

namespace postrider::tables {

namespace {

struct Rule {
    RuleKind kind = RuleKind::match;
    bool negated = false;
    std::unique_ptr<Expression> expression;
    std::vector<ResultPart> result;
    int line = 0;
    std::size_t skip_to = 0;
};

class ExpressionTable : public DirectTable {
  public:
    ExpressionTable(const std::string& name, std::string prefix, std::vector<Rule> rules, uid_t owner,
                    bool utf8)
        : DirectTable(name),
          prefix_(std::move(prefix)),
          rules_(std::move(rules)),
          owner_(owner),
          utf8_(utf8) {}

    LookupResult look_up(const std::string& key) override {
        if (utf8_ && !is_ascii(key) && !is_valid_utf8(key)) return LookupResult::miss();
        std::vector<std::string_view> groups;
        const Rule* rule =
            first_match(rules_, [&](const Rule& tried) { return matches(tried, key, groups); });
        if (rule == nullptr) return LookupResult::miss();
        std::string value;
        for (const ResultPart& part : rule->result) {
            if (part.group < 0) {
                value += part.text;
            } else if (static_cast<std::size_t>(part.group) < groups.size()) {
                value += groups[static_cast<std::size_t>(part.group)];
            }
        }
        return LookupResult::hit(std::move(value));
    }
    KeyKind key_kind() const override { return KeyKind::pattern; }
    std::optional<uid_t> owner() const override { return owner_; }

  private:
    bool matches(const Rule& rule, const std::string& key, std::vector<std::string_view>& groups) const {
        const Result<bool> matched = rule.expression->match(key, groups);
        if (matched) return *matched != rule.negated;
        log::warning("{}, line {}: {}", prefix_, rule.line, matched.error());
        return false;
    }

    std::string prefix_;
    std::vector<Rule> rules_;
    uid_t owner_;
    bool utf8_;
};

// Reads lines into rules and warns about those it cannot use.
class RuleReader {
  public:
    RuleReader(std::string prefix, const ExpressionKind& kind, const OpenContext& context)
        : prefix_(std::move(prefix)), kind_(kind), context_(context) {}

    void read(const config::LogicalLine& line) {
        std::string_view rest;
        const std::string_view keyword = rule_keyword(line.text, rest);
        if (keyword == "endif") return read_end(line, rest);
        if (keyword == "if") return read_if(line, rest);
        if (is_alnum(line.text.front())) return warn(line, "ignoring unrecognized request");
        Result<Rule> rule = read_match(line);
        if (rule) {
            rules_.push_back(std::move(*rule));
        } else {
            warn(line, rule.error());
        }
    }

    std::vector<Rule> finish() {
        connect_ifs(rules_, prefix_);
        return std::move(rules_);
    }

  private:
    void warn(const config::LogicalLine& line, std::string_view text) {
        log::warning("{}, line {}: {}", prefix_, line.first_line, text);
    }

    void read_end(const config::LogicalLine& line, std::string_view rest) {
        if (depth_ == 0) return warn(line, "ignoring ENDIF without matching IF");
        if (!rest.empty()) warn(line, "ignoring extra text after ENDIF");
        --depth_;
        Rule rule;
        rule.kind = RuleKind::end_if;
        rule.line = line.first_line;
        rules_.push_back(std::move(rule));
    }

    void read_if(const config::LogicalLine& line, std::string_view rest) {
        Result<Pattern> pattern = read_pattern(line, rest);
        if (!pattern) return warn(line, pattern.error());
        const std::string_view extra = pattern->text.rest;
        if (!extra.empty()) {
            warn(line, fmt::format("ignoring extra text after IF statement: \"{}\"", extra));
            warn(line, "do not prepend whitespace to statements between IF and ENDIF");
        }
        Result<Rule> rule = compile(line, *pattern, RuleKind::begin_if);
        if (!rule) return warn(line, rule.error());
        ++depth_;
        rules_.push_back(std::move(*rule));
    }

    struct Pattern {
        PatternText text;
        std::uint32_t options = 0;
    };

    Result<Pattern> read_pattern(const config::LogicalLine& line, std::string_view text) {
        Result<PatternText> parsed = parse_pattern(text);
        if (!parsed) {
            const bool unclosed = parsed.error().starts_with("no closing");
            return Error{
                fmt::format("{}: {} this rule", parsed.error(), unclosed ? kind_.unclosed : "skipping")};
        }
        std::vector<std::string> remarks;
        const Result<std::uint32_t> options = kind_.read_flags(parsed->flags, remarks);
        for (const std::string& remark : remarks) warn(line, remark);
        if (!options) return Error{options.error()};
        Pattern pattern;
        pattern.text = std::move(*parsed);
        pattern.options = *options;
        return pattern;
    }

    Result<Rule> compile(const config::LogicalLine& line, const Pattern& pattern, RuleKind kind) {
        Rule rule;
        rule.kind = kind;
        rule.line = line.first_line;
        rule.negated = pattern.text.negated;
        Result<std::unique_ptr<Expression>> expression =
            kind_.compile(pattern.text.pattern, pattern.options, context_.utf8);
        if (!expression) return Error{expression.error()};
        rule.expression = std::move(*expression);
        return rule;
    }

    // Compat: what is wrong with the result is told first, then what is wrong with the expression.
    Result<Rule> read_match(const config::LogicalLine& line) {
        Result<Pattern> pattern = read_pattern(line, line.text);
        if (!pattern) return Error{pattern.error()};
        if (pattern->text.rest.empty()) warn(line, "no replacement text: using empty string");
        std::string problem;
        const std::string text = table_value(std::string(pattern->text.rest), context_, problem);
        if (!problem.empty()) return Error{problem + ": skipping this rule"};
        ResultText result = parse_result(text);
        if (!explain(line, result, text)) return Error{"bad replacement syntax: skipping this rule"};
        if (result.most_group > 0 && !context_.groups_in_results)
            return Error{"regular expression substitution is not allowed: skipping this rule"};
        if (result.most_group > 0 && pattern->text.negated)
            return Error{"$number found in negative match replacement text: skipping this rule"};
        Result<Rule> rule = compile(line, *pattern, RuleKind::match);
        if (!rule) return rule;
        if (result.most_group > rule->expression->group_count())
            return Error{
                fmt::format("out of range replacement index \"{}\": skipping this rule", result.most_group)};
        rule->result = std::move(result.parts);
        return rule;
    }

    // False: the result cannot be used, and the log has the reason.
    bool explain(const config::LogicalLine& line, const ResultText& result, std::string_view text) {
        switch (result.problem) {
            case ResultProblem::none:
                return true;
            case ResultProblem::unclosed_name:
                log::warning("truncated macro reference: \"{}\"", text);
                return false;
            case ResultProblem::no_name:
                log::warning("empty macro name: \"{}\"", text);
                return false;
            case ResultProblem::no_number:
                warn(line, fmt::format("non-numeric replacement index \"{}\"", result.name));
                return false;
            case ResultProblem::bad_number:
                warn(line, fmt::format("{} replacement index \"{}\"", kind_.out_of_range, result.name));
                return false;
        }
        return false;
    }

    std::string prefix_;
    const ExpressionKind& kind_;
    const OpenContext& context_;
    std::vector<Rule> rules_;
    int depth_ = 0;
};

}  // namespace

Result<TablePtr> open_expressions(const std::string& name, const std::string& argument,
                                  const OpenContext& context, const ExpressionKind& kind) {
    const Result<RuleSource> source = read_rules(argument, kind.type);
    if (!source) return Error{source.error()};
    const std::string prefix = fmt::format("{} map {}", kind.type, argument);
    RuleReader reader(prefix, kind, context);
    for (const config::LogicalLine& line : source->lines) {
        if (!line.text.empty()) reader.read(line);
    }
    return TablePtr(
        std::make_shared<ExpressionTable>(name, prefix, reader.finish(), source->owner, context.utf8));
}

}  // namespace postrider::tables

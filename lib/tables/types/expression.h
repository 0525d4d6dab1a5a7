// lib/tables/types/expression.h - tables of regular expressions, whatever the library behind them.
//
// A rule is "[!]/PATTERN/FLAGS RESULT"; "if [!]/PATTERN/FLAGS" ... "endif" guards rules.  The result may name
// the pattern's groups: $1, ${1}, $(1); $$ is a dollar sign.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/result.h"
#include "lib/tables/open.h"
#include "lib/tables/types/pattern_text.h"

namespace postrider::tables {

// One compiled regular expression.
class Expression {
  public:
    virtual ~Expression() = default;
    // Whether the subject matches; `groups` gets the groups (0: the whole match), empty where unset.  The
    // error is a reason for the log; the subject then counts as not matching.
    virtual Result<bool> match(const std::string& subject, std::vector<std::string_view>& groups) const = 0;
    virtual int group_count() const = 0;
};

// The library behind a table type, and the words in which the type speaks of what it cannot use.
struct ExpressionKind {
    std::string_view type;
    std::string_view unclosed;      // what becomes of a rule whose pattern has no end
    std::string_view out_of_range;  // said of $0
    // The options that the letters behind a pattern mean; remarks go to `remarks`.  Both errors end a warning
    // "... map FILE, line N: ", after which the rule is skipped.
    Result<std::uint32_t> (*read_flags)(std::string_view flags, std::vector<std::string>& remarks);
    Result<std::unique_ptr<Expression>> (*compile)(const std::string& pattern, std::uint32_t options,
                                                   bool utf8);
};

Result<TablePtr> open_expressions(const std::string& name, const std::string& argument,
                                  const OpenContext& context, const ExpressionKind& kind);

}  // namespace postrider::tables

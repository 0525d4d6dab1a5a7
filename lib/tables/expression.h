// lib/tables/expression.h - tables of regular expressions, whatever the library behind them.
//
// A rule is "[!]/PATTERN/FLAGS RESULT"; "if [!]/PATTERN/FLAGS" ... "endif" guards rules.  The result may name
// the pattern's groups: $1, ${1}, $(1); $$ is a dollar sign.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/result.h"
#include "lib/tables/open.h"
#include "lib/tables/pattern_text.h"

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

// Compiles a pattern.  The error ends a warning "... map FILE, line N: ", after which the rule is skipped.
using Compile = Result<std::unique_ptr<Expression>> (*)(const std::string& pattern, std::string_view flags,
                                                        bool utf8);

Result<TablePtr> open_expressions(const std::string& name, const std::string& argument,
                                  const OpenContext& context, std::string_view type, Compile compile);

}  // namespace postrider::tables

// lib/tables/types/pattern_text.h - the text of a rule with a regular expression: "[!]/PATTERN/FLAGS RESULT".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/base/result.h"

namespace postrider::tables {

// "[!]/PATTERN/FLAGS" at the start of a rule.
struct PatternText {
    bool negated = false;
    std::string pattern;
    std::string_view flags;
    std::string_view rest;
};
// The error ends a warning about the rule.
Result<PatternText> parse_pattern(std::string_view text);

// The parts of a result text; `group` is used when it is not negative.
struct ResultPart {
    std::string text;
    int group = -1;
};
// Parses $1 and the like.  Of text that is none, `problem` has the reason.
enum class ResultProblem { none, unclosed_name, no_name, no_number, bad_number };
struct ResultText {
    std::vector<ResultPart> parts;
    ResultProblem problem = ResultProblem::none;
    std::string_view name;  // of the group that makes the problem; in the text
    int most_group = 0;     // the highest number asked for
};
ResultText parse_result(std::string_view text);

}  // namespace postrider::tables

// lib/config/value_problem.h - why a value of main.cf cannot be used, told instead of fatal.
#pragma once

#include <optional>
#include <string>

#include "lib/config/settings.h"

namespace postrider::config {

struct ValueProblem {
    std::string text;         // "bad boolean configuration: soft_bounce = maybe"
    std::string remedy;       // "write yes or no"
    std::string detail = {};  // of a broken $ expression: what is wrong where
};

// What Settings::require_valid() would be fatal about; nothing when the value can be used.
std::optional<ValueProblem> problem_with(const Settings& settings, const ParameterInfo& parameter);

}  // namespace postrider::config

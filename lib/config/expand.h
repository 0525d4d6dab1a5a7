// lib/config/expand.h - the $ language of main.cf.
//
//   $name ${name} $(name)          the value of name, nothing when it is undefined
//   ${name?text} ${name?{text}}    text when name has a value that is not empty
//   ${name:text} ${name:{text}}    text when it has none
//   ${name?{a}:{b}}                one or the other
//   ${{a} == {b} ? {c} : {d}}      also != < <= >= >, and <level ... for compatibility levels
//   ${domain_to_ascii{text}}       the text, which must be ASCII
//   $$                             one dollar sign
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/result.h"

namespace postrider::config {

// What a name stands for.
struct Definition {
    std::string text;
    bool literal = false;  // true: the text is taken as it is; a '$' in it means nothing
};
using Definitions = std::function<std::optional<Definition>(std::string_view name)>;

// What becomes of $name without a definition.  In ${name?text} it is never an error.
enum class Undefined { nothing, error };

// The text with everything replaced.  The error is Postfix's wording: "empty macro name", "truncated macro
// reference", "unreasonable macro call nesting" (a name that stands for itself), ...; of an undefined name it
// is empty.
Result<std::string> expand_definitions(std::string_view text, const Definitions& definitions,
                                       Undefined undefined = Undefined::nothing);

// What a text refers to, in whichever branch, and what is wrong with its syntax.
struct ScannedText {
    std::vector<std::string>
        names;            // in order; a name may come more than once, those behind an error are missing
    std::string problem;  // empty when all is well
};
ScannedText scan_names(std::string_view text);

}  // namespace postrider::config

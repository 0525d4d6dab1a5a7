// commands/postfix/check/finding.h - what `postfix check` has found, one line each.
#pragma once

#include <string>
#include <vector>

namespace postrider::postfix::check {

// An error stops mail, loses it or opens the door; a warning is a mistake with an effect of its own; a note
// is what only --strict tells: it may be meant.
enum class Severity { note, warning, error };

struct Finding {
    Severity severity = Severity::warning;
    std::string kind;  // "unknown-parameter": a word for programs
    std::string file;  // what to open in an editor; "" when it is about the machine
    int line = 0;      // 0: the whole file, or a default
    std::string parameter;
    std::string text;    // what is wrong, with the offending text
    std::string remedy;  // what to do about it
    // Postfix has this line too: plain `postfix check` prints `text` and nothing else.
    bool of_postfix = false;
};
using Findings = std::vector<Finding>;

}  // namespace postrider::postfix::check

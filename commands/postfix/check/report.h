// commands/postfix/check/report.h - findings for people, one line each in the log, and for programs, as JSON
// lines.
#pragma once

#include <string>

#include "commands/postfix/check/finding.h"

namespace postrider::postfix::check {

// "FILE, line N: TEXT; REMEDY".
std::string as_line(const Finding& finding);
// {"severity": "error", "kind": "open-relay", "file": ..., "line": ..., "parameter": ..., "text": ...,
// "remedy": ...}
std::string as_json(const Finding& finding);

}  // namespace postrider::postfix::check

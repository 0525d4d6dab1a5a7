// commands/postfix/check/report.cc - findings for people and for programs.
#include "commands/postfix/check/report.h"

#include <fmt/core.h>

#include "lib/base/json.h"

namespace postrider::postfix::check {

namespace {

const char* name_of(Severity severity) {
    switch (severity) {
        case Severity::note:
            return "note";
        case Severity::warning:
            return "warning";
        case Severity::error:
            return "error";
    }
    return "error";
}

}  // namespace

std::string as_line(const Finding& finding) {
    if (finding.of_postfix) return finding.text;
    std::string line;
    if (!finding.file.empty()) line = finding.file;
    if (finding.line > 0) line += fmt::format(", line {}", finding.line);
    if (!line.empty()) line += ": ";
    line += finding.text;
    if (!finding.remedy.empty()) line += "; " + finding.remedy;
    return line;
}

std::string as_json(const Finding& finding) {
    JsonObject object;
    object.add("severity", name_of(finding.severity));
    object.add("kind", finding.kind);
    if (!finding.file.empty()) object.add("file", finding.file);
    if (finding.line > 0) object.add("line", static_cast<std::int64_t>(finding.line));
    if (!finding.parameter.empty()) object.add("parameter", finding.parameter);
    object.add("text", finding.text);
    object.add("remedy", finding.remedy);
    return object.text();
}

}  // namespace postrider::postfix::check

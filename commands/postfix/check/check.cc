// commands/postfix/check/check.cc - `postfix check`: all checks, one after the other, and what is told of
// them.
#include "commands/postfix/check/check.h"

#include <fmt/core.h>

#include <algorithm>

#include "commands/postconf/declared.h"
#include "commands/postfix/check/checks.h"
#include "commands/postfix/check/report.h"
#include "commands/postfix/checks.h"
#include "commands/postfix/layout.h"
#include "lib/base/log.h"
#include "lib/config/checks.h"

namespace postrider::postfix::check {

namespace {

struct Options {
    bool strict = false;
    bool json = false;
};

Options parse_options(const std::vector<std::string>& words) {
    Options options;
    for (const std::string& word : words) {
        if (word == "--strict")
            options.strict = true;
        else if (word == "--json")
            options.json = true;
        else
            fatal_status(64, "usage: postfix check [--strict] [--json]");
    }
    return options;
}

void tell(const Finding& finding) {
    const std::string line = as_line(finding);
    switch (finding.severity) {
        case Severity::error:
            log::error("{}", line);
            break;
        case Severity::warning:
            log::warning("{}", line);
            break;
        case Severity::note:
            log::info("note: {}", line);
            break;
    }
}

// What every program says of this main.cf when it starts, this one too.
bool is_told_already(const Finding& finding) {
    return finding.kind == "duplicate-parameter";
}

}  // namespace

Findings find_all(const Instance& instance) {
    postconf::declare_all_parameters();
    Configuration configuration(instance);
    Findings findings;
    check_values(configuration, findings);
    check_addresses(configuration, findings);
    check_names(configuration, findings);
    check_services(configuration, findings);
    check_commands(configuration, findings);
    check_endpoints(configuration, findings);
    check_conflicts(configuration, findings);
    check_tls_conflicts(configuration, findings);
    check_restrictions(configuration, findings);
    check_relay(configuration, findings);
    check_openings(configuration, findings);
    check_tables(configuration, findings);
    check_certificates(configuration, findings);
    check_confinement(configuration, findings);
    std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
        return a.file != b.file ? a.file < b.file : a.line < b.line;
    });
    return findings;
}

int run(const Instance& instance, const std::vector<std::string>& words) {
    const Options options = parse_options(words);
    require_complete_installation(instance);
    Findings findings = find_all(instance);
    // Nothing can be looked up or repaired with values that cannot be used.
    const bool readable = std::none_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.kind == "bad-value" && finding.severity == Severity::error;
    });
    if (readable) {
        config::check_global_parameters(instance.settings);
        if (instance.privileged) look_up_accounts(instance);
        create_missing(instance);
        repair_queue(instance);
        check_files(instance, findings);
    }
    bool failed = false;
    for (const Finding& finding : findings) {
        if (finding.severity == Severity::note && !options.strict) continue;
        failed = failed || finding.severity == Severity::error ||
                 (options.strict && finding.severity == Severity::warning);
        if (options.json)
            fmt::print("{}\n", as_json(finding));
        else if (!is_told_already(finding))
            tell(finding);
    }
    return failed ? 1 : 0;
}

}  // namespace postrider::postfix::check

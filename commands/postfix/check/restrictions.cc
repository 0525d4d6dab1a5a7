// commands/postfix/check/restrictions.cc - unknown restrictions, and those that are never reached.
#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "commands/postfix/check/checks.h"
#include "commands/postfix/check/quiet.h"
#include "commands/postfix/check/smtpd_lists.h"
#include "commands/postfix/check/spelling.h"
#include "commands/postfix/check/table_content.h"
#include "lib/base/text.h"
#include "smtpd/access/parameters.h"

namespace postrider::postfix::check {

namespace {

constexpr int deepest = 20;

// Words of a static: answer, as access(5) understands them.
bool decides(std::string_view answer) {
    const std::vector<std::string> words = split_words(answer);
    if (words.empty()) return false;
    const std::string word = upper(words.front());
    return word == "OK" || word == "RELAY" || word == "REJECT" || word == "DEFER" || word == "PERMIT" ||
           word == "DISCARD" || word == "HANGUP";
}

// Whatever client comes, the list ends here.
bool always_ends(const Step& step, const Rules& rules, Stage stage, int depth = 0) {
    if (step.warn_only || !step.mistake.empty()) return false;
    if (step.is_class) {
        const List* list = depth < deepest ? rules.find_class(step.name) : nullptr;
        if (list == nullptr) return false;
        for (const Step& inner : *list)
            if (always_ends(inner, rules, stage, depth + 1)) return true;
        return false;
    }
    const std::string name = lower(step.name);
    if (name == "permit" || name == "reject" || name == "defer") return true;
    const bool about_client = name == "check_client_access";
    const bool about_recipient =
        name == "check_recipient_access" && (stage == Stage::recipient || stage == Stage::relay);
    if ((about_client || about_recipient) && step.argument.starts_with("static:"))
        return decides(std::string_view(step.argument).substr(7));
    return false;
}

class Lists {
  public:
    Lists(const Configuration& configuration, Findings& findings)
        : configuration_(configuration), findings_(findings) {}

    void look_at(const Service& service, const Rules& rules) {
        for (const NamedList& one : restriction_lists)
            look_at(service, rules, rules.*one.list, one.parameter, one.stage);
        for (const std::string& name : service.settings.words(smtpd::smtpd_restriction_classes)) {
            if (!service.settings.explicit_value(name)) {
                add(Severity::error, "smtpd_restriction_classes", &service,
                    fmt::format("restriction class {} is not defined", name),
                    fmt::format("add \"{} = ...\", or take it out of smtpd_restriction_classes", name));
                continue;
            }
            if (smtpd::access::find_keyword(name) != nullptr)
                add(Severity::warning, "smtpd_restriction_classes", &service,
                    fmt::format("restriction class {} has the name of a restriction, which wins", name),
                    "give the class another name");
            if (const List* list = rules.find_class(name)) look_at(service, rules, *list, name, Stage::data);
        }
    }

  private:
    void look_at(const Service& service, const Rules& rules, const List& list, std::string_view parameter,
                 Stage stage) {
        const Step* end = nullptr;
        std::set<std::string> seen;
        for (const Step& step : list) {
            mistake(service, step, parameter);
            if (end != nullptr) {
                add(Severity::warning, parameter, &service,
                    fmt::format("{} in {} is never reached: {} before it always decides", written(step),
                                parameter, written(*end)),
                    "move it before that, or remove it");
                break;
            }
            if (!step.warn_only && !seen.insert(lower(written(step))).second)
                add(Severity::note, parameter, &service,
                    fmt::format("{} is in {} twice: the second has no effect", written(step), parameter),
                    "remove one of the two");
            results(service, rules, step, parameter, stage);
            if (always_ends(step, rules, stage)) end = &step;
        }
    }

    // The results of a table that can be read: words of access(5), or restrictions again.
    void results(const Service& service, const Rules& rules, const Step& step, std::string_view parameter,
                 Stage stage) {
        static constexpr std::string_view actions[] = {
            "OK",      "RELAY",  "REJECT", "DEFER", "DEFER_IF_REJECT", "DEFER_IF_PERMIT", "DUNNO",
            "DISCARD", "FILTER", "HOLD",   "BCC",   "REDIRECT",        "PREPEND",         "WARN",
            "INFO",    "HANGUP"};
        if (!step.name.ends_with("_access") || !step.mistake.empty()) return;
        const auto content = table_content(step.argument, service.settings);
        if (!content) return;
        for (const auto& [key, value] : *content) {
            const std::vector<std::string> words = split_words(value);
            if (words.empty() || is_digit(words.front().front())) continue;
            if (std::find(std::begin(actions), std::end(actions), upper(words.front())) != std::end(actions))
                continue;
            for (const Step& inner : rules.parse(value, stage, smtpd::access::Tables::forbidden)) {
                if (!inner.mistake.starts_with("unknown")) continue;
                std::vector<std::string_view> known(std::begin(actions), std::end(actions));
                const auto restrictions = restriction_names();
                known.insert(known.end(), restrictions.begin(), restrictions.end());
                add(Severity::error, parameter, &service,
                    fmt::format("{}: \"{} {}\" in {}: {}", parameter, key, value, step.argument,
                                inner.mistake),
                    did_you_mean(words.front(), known, "correct it: mail is answered with 451 here"));
                return;
            }
        }
    }

    void mistake(const Service& service, const Step& step, std::string_view parameter) {
        if (equals_ignoring_case(step.name, "permit_naked_ip_address"))
            add(Severity::error, parameter, &service,
                fmt::format("{} in {} is no longer supported: mail is answered with 451 here", step.name,
                            parameter),
                "use check_helo_access with a table, or permit_mynetworks");
        if (step.mistake.empty()) return;
        std::string remedy = "correct it: mail is answered with 451 here";
        if (step.mistake.starts_with("unknown"))
            remedy = did_you_mean(step.name, restriction_names(), remedy);
        add(Severity::error, parameter, &service, fmt::format("{}: {}", parameter, step.mistake), remedy);
    }

    // What main.cf says is the same for many services: told once.
    void add(Severity severity, std::string_view parameter, const Service* service, std::string text,
             std::string remedy) {
        Finding finding = configuration_.about(severity, "restriction", parameter, service, std::move(text),
                                               std::move(remedy));
        if (told_.insert(fmt::format("{}:{}:{}", finding.file, finding.line, finding.text)).second)
            findings_.push_back(std::move(finding));
    }

    const Configuration& configuration_;
    Findings& findings_;
    std::set<std::string> told_;
};

}  // namespace

std::vector<std::string_view> restriction_names() {
    using namespace smtpd::access;
    std::vector<std::string_view> names{"warn_if_reject"};
    for (const auto family :
         {generic_keywords(), client_keywords(), certificate_keywords(), helo_keywords(), sender_keywords(),
          recipient_keywords(), table_keywords(), dns_keywords(), blocklist_keywords(), policy_keywords(),
          verify_keywords(), sender_login_keywords()})
        for (const Keyword& keyword : family) names.push_back(keyword.name);
    return names;
}

std::string written(const Step& step) {
    const std::string name = step.warn_only ? "warn_if_reject " + step.name : step.name;
    return step.argument.empty() ? name : name + " " + step.argument;
}

void check_restrictions(const Configuration& configuration, Findings& findings) {
    Lists lists(configuration, findings);
    for (const Service* service : configuration.running("smtpd")) {
        if (!service->usable) continue;
        const Quiet quiet;
        const Rules rules(service->settings);
        lists.look_at(*service, rules);
    }
}

}  // namespace postrider::postfix::check

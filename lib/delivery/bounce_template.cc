// lib/delivery/bounce_template.cc - see bounce_template.h.
#include "lib/delivery/bounce_template.h"

#include <fmt/core.h>

#include <algorithm>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/delivery/parameters.h"
#include "lib/mail/address.h"
#include "lib/mail/parameters.h"

namespace postrider::delivery {
namespace {

constexpr std::array<std::string_view, 4> template_names = {"failure_template", "delay_template",
                                                            "success_template", "verify_template"};
constexpr std::array<std::string_view, 4> text_names = {"expanded_failure_text", "expanded_delay_text",
                                                        "expanded_success_text", "expanded_verify_text"};

constexpr std::string_view failure_text =
    R"(This is the mail system at host $myhostname.

Your message could not be delivered to one or more of its recipients.
The reasons are below, and your message is attached.

If you need help, write to postmaster and include this report; the
text of your own message can be left out.

                   The mail system
)";

constexpr std::string_view delay_text =
    R"(This is the mail system at host $myhostname.

####################################################################
# THIS IS ONLY A WARNING. YOU NEED NOT SEND YOUR MESSAGE AGAIN.    #
####################################################################

Your message has not been delivered for $delay_warning_time_hours hour(s) now.
It stays in the queue, and delivery will be tried until it is
$maximal_queue_lifetime_days day(s) old.

If you need help, write to postmaster and include this report; the
text of your own message can be left out.

                   The mail system
)";

constexpr std::string_view success_text =
    R"(This is the mail system at host $myhostname.

Your message has been delivered to the recipients below. Where it
left this system for another one, that system may or may not tell
you more about it.

                   The mail system
)";

constexpr std::string_view verify_text =
    R"(This is the mail system at host $myhostname.

Here is the mail delivery status report that you asked for.

                   The mail system
)";

BounceTemplate built_in(std::string_view subject, std::string_view postmaster_subject,
                        std::string_view text) {
    BounceTemplate made;
    made.subject = subject;
    made.postmaster_subject = postmaster_subject;
    made.text = text;
    return made;
}

// "Name: value" of a template's head; false when it is none that templates have.
bool take_header(BounceTemplate& into, std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return false;
    const std::string name = lower(trim(line.substr(0, colon)));
    const std::string value(trim(line.substr(colon + 1)));
    if (name == "charset")
        into.charset = value;
    else if (name == "from")
        into.from = value;
    else if (name == "subject")
        into.subject = value;
    else if (name == "postmaster-subject")
        into.postmaster_subject = value;
    else
        return false;
    return true;
}

// The lines between `NAME = <<EOF` and `EOF`: headers, an empty line, text.  The error tells why the template
// is of no use.
Result<void> take_lines(BounceTemplate& into, const std::vector<std::string_view>& lines,
                        std::string_view kind) {
    BounceTemplate made = into;
    made.text.clear();
    std::size_t i = 0;
    for (; i < lines.size() && !lines[i].empty(); ++i) {
        if (take_header(made, lines[i])) continue;
        const std::size_t colon = lines[i].find(':');
        // A line that is no header begins the text.
        if (colon == std::string_view::npos) break;
        return Error{
            fmt::format("unknown \"{}\" header label in {} template", trim(lines[i].substr(0, colon)), kind)};
    }
    if (i < lines.size() && lines[i].empty()) ++i;
    for (; i < lines.size(); ++i) made.text += std::string(lines[i]) + "\n";
    if (made.text.empty()) return Error{fmt::format("missing message text in {} template", kind)};
    const std::pair<const char*, const std::string*> headers[] = {
        {"From", &made.from}, {"Subject", &made.subject}, {"Postmaster-Subject", &made.postmaster_subject}};
    for (const auto& [name, value] : headers)
        if (!is_ascii(*value))
            return Error{fmt::format("non-ASCII \"{}\" header value in {} template", name, kind)};
    if (!is_ascii(made.text) && equals_ignoring_case(made.charset, "us-ascii"))
        return Error{fmt::format(
            "8-bit message text in {} template: please specify a charset value other than us-ascii", kind)};
    into = std::move(made);
    return {};
}

// Times in the unit that the name's suffix tells, rounded to the nearest.
std::optional<std::string> time_in_units(std::string_view name, std::string_view parameter, long seconds) {
    if (name.substr(0, parameter.size()) != parameter || name.size() <= parameter.size()) return std::nullopt;
    const std::string_view suffix = name.substr(parameter.size());
    const std::array<std::pair<std::string_view, long>, 5> units = {
        {{"_seconds", 1}, {"_minutes", 60}, {"_hours", 3600}, {"_days", 86400}, {"_weeks", 604800}}};
    for (const auto& [unit, length] : units)
        if (suffix == unit) return fmt::format("{}", (seconds + length / 2) / length);
    return std::nullopt;
}

// Names of this host are shown as people write them.
std::string readable_domain(const Settings& settings, const std::string& domain) {
    if (!settings[config::smtputf8_enable]) return domain;
    return mail::domain_to_utf8(domain).value_or(domain);
}

}  // namespace

BounceTemplates::BounceTemplates()
    : templates_{
          built_in("Undelivered Mail Returned to Sender", "Postmaster Copy: Undelivered Mail", failure_text),
          built_in("Delayed Mail (still being retried)", "Postmaster Warning: Delayed Mail", delay_text),
          built_in("Successful Mail Delivery Report", "", success_text),
          built_in("Mail Delivery Status Report", "", verify_text)} {}

const BounceTemplate& BounceTemplates::operator[](TemplateKind kind) const {
    return templates_.at(static_cast<std::size_t>(kind));
}

std::vector<std::string> BounceTemplates::read(std::string_view text) {
    const std::vector<std::string_view> lines = split(text, '\n');
    std::vector<std::string> problems;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string_view line = trim(lines[i]);
        if (line.empty() || line.front() == '#') continue;
        const std::size_t equals = line.find('=');
        const std::string_view name = trim(line.substr(0, equals));
        std::string_view rest = equals == std::string_view::npos ? "" : trim(line.substr(equals + 1));
        // The mark may stand in a line of its own.
        if (equals != std::string_view::npos && rest.empty() && i + 1 < lines.size()) rest = trim(lines[++i]);
        if (rest.substr(0, 2) != "<<" || trim(rest.substr(2)).empty()) {
            problems.push_back(fmt::format(", line {}: expected NAME = <<EOF -- ignoring this line", i + 1));
            continue;
        }
        const std::string_view mark = trim(rest.substr(2));
        std::vector<std::string_view> inner;
        for (++i; i < lines.size() && trim_right(lines[i]) != mark; ++i) inner.push_back(lines[i]);
        if (i == lines.size()) {
            problems.push_back(fmt::format(", line {}: missing \"{}\" end marker", i, mark));
            while (!inner.empty() && inner.back().empty()) inner.pop_back();
        }
        const auto known = std::find(template_names.begin(), template_names.end(), name);
        if (known == template_names.end()) {
            problems.push_back(
                fmt::format(", line {}: unknown template name: {} -- ignoring this template", i + 1, name));
            continue;
        }
        const auto kind = static_cast<std::size_t>(known - template_names.begin());
        const Result<void> taken = take_lines(templates_[kind], inner, name.substr(0, name.find('_')));
        if (!taken) problems.push_back(fmt::format(": {} -- ignoring this template", taken.error()));
    }
    return problems;
}

BounceTemplates load_bounce_templates(const Settings& settings) {
    BounceTemplates templates;
    const std::string& file = settings[bounce_template_file];
    if (file.empty()) return templates;
    const Result<std::string> text = read_file(file);
    if (!text) {
        log::warning("bounce_template_file: {}; using the built-in templates", text.error());
        return templates;
    }
    for (const std::string& problem : templates.read(*text)) log::warning("{}{}", file, problem);
    return templates;
}

std::string expand_template(const BounceTemplate& notice, const Settings& settings) {
    const config::NameLookup names = [&settings](std::string_view name) -> std::optional<std::string> {
        if (name == "myhostname") return readable_domain(settings, settings[config::myhostname]);
        if (name == "mydomain") return readable_domain(settings, settings[config::mydomain]);
        const auto delay = time_in_units(name, "delay_warning_time",
                                         static_cast<long>(settings[mail::delay_warning_time].count()));
        if (delay) return delay;
        return time_in_units(name, "maximal_queue_lifetime",
                             static_cast<long>(settings[maximal_queue_lifetime].count()));
    };
    return settings.expand(notice.text, names);
}

std::string show_templates(const BounceTemplates& templates, const Settings& settings) {
    std::string shown;
    for (std::size_t kind = 0; kind < template_names.size(); ++kind) {
        const BounceTemplate& one = templates[static_cast<TemplateKind>(kind)];
        const std::string from = one.from.empty() ? default_bounce_from(settings) : one.from;
        shown += fmt::format("{}{} = <<EOF\nCharset: {}\nFrom: {}\nSubject: {}\n", shown.empty() ? "" : "\n",
                             template_names[kind], one.charset, from, one.subject);
        if (!one.postmaster_subject.empty())
            shown += fmt::format("Postmaster-Subject: {}\n", one.postmaster_subject);
        shown += "\n" + one.text + "EOF\n";
    }
    return shown;
}

std::string show_expanded_templates(const BounceTemplates& templates, const Settings& settings) {
    std::string shown;
    for (std::size_t kind = 0; kind < text_names.size(); ++kind)
        shown += fmt::format("{}{} = <<EOF\n{}EOF\n", shown.empty() ? "" : "\n", text_names[kind],
                             expand_template(templates[static_cast<TemplateKind>(kind)], settings));
    return shown;
}

std::string default_bounce_from(const Settings& settings) {
    const bool standard = settings[mail::header_from_format] != "obsolete";
    return standard ? "Mail Delivery System <MAILER-DAEMON>" : "MAILER-DAEMON (Mail Delivery System)";
}

}  // namespace postrider::delivery

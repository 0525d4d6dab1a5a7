// lib/delivery/bounce_template.cc - see bounce_template.h.
#include "lib/delivery/bounce_template.h"

#include <fmt/core.h>

#include <algorithm>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/expand.h"
#include "lib/config/global_parameters.h"
#include "lib/config/main_cf.h"
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

BounceTemplate built_in(std::string_view kind, std::string_view subject, std::string_view postmaster_subject,
                        std::string_view text) {
    BounceTemplate made;
    made.kind = kind;
    made.subject = subject;
    made.postmaster_subject = postmaster_subject;
    made.text = text;
    return made;
}

// The first of the lines, which loses it.
std::string_view take_line(std::string_view& lines) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    return line;
}

// "Name: value" of a template's head.
struct Header {
    std::string name;
    std::string value;
};
std::optional<Header> parse_header(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    const std::string_view name = trim_right(line.substr(0, colon));
    const bool one_word = std::none_of(name.begin(), name.end(), [](char c) { return is_space(c); });
    if (name.empty() || !one_word) return std::nullopt;
    return Header{std::string(name), std::string(trim_left(line.substr(colon + 1)))};
}

// Takes over one header.  The error tells why the template is of no use.
Result<void> take_header(BounceTemplate& into, const Header& header) {
    struct Known {
        std::string_view name;
        std::string* value;
    };
    const Known all[] = {{"Charset", &into.charset},
                         {"From", &into.from},
                         {"Subject", &into.subject},
                         {"Postmaster-Subject", &into.postmaster_subject}};
    const auto* known = std::find_if(std::begin(all), std::end(all), [&](const Known& one) {
        return equals_ignoring_case(one.name, header.name);
    });
    const auto problem = [&](std::string_view what, std::string_view part, std::string_view name) {
        return Error{fmt::format("{} \"{}\" header {} in {} template", what, name, part, into.kind)};
    };
    if (known == std::end(all)) return problem("unknown", "label", header.name);
    if (trim(header.value).empty()) return problem("empty", "value", known->name);
    if (!is_ascii(header.value)) return problem("non-ASCII", "value", known->name);
    if (known->value == &into.postmaster_subject && into.postmaster_subject.empty())
        return problem("inapplicable", "label", known->name);
    *known->value = header.value;
    return {};
}

// The lines of a template: headers, an empty line, text.  A line that is no header begins the text.  The
// error is one line, or all that is to be said.
Result<void> take_lines(BounceTemplate& into, std::string_view lines) {
    while (!lines.empty()) {
        const std::optional<Header> header = parse_header(lines.substr(0, lines.find('\n')));
        if (!header) break;
        take_line(lines);
        const Result<void> taken = take_header(into, *header);
        if (!taken) return taken;
    }
    while (!lines.empty() && trim(lines.substr(0, lines.find('\n'))).empty()) take_line(lines);
    into.text = lines;
    if (into.text.empty()) return Error{fmt::format("missing message text in {} template", into.kind)};
    if (!is_ascii(into.text) && equals_ignoring_case(into.charset, "us-ascii"))
        return Error{
            fmt::format("8-bit message text in {} template\n"
                        "please specify a charset value other than us-ascii\n"
                        "-- ignoring this template for now",
                        into.kind)};
    return {};
}

// What stands between the markers of each template; the last one of a kind counts.
Result<void> read_bodies(std::string_view text, const std::string& file,
                         std::array<std::optional<std::string>, 4>& bodies,
                         std::vector<std::string>& problems) {
    // Compat: a line that is wrong has the number of the one behind it.
    int number = 1;
    const auto next_line = [&] {
        ++number;
        return take_line(text);
    };
    const auto here = [&] { return fmt::format("{}, line {}", file, number); };
    while (!text.empty()) {
        const std::string_view line = next_line();
        if (trim(line).empty() || line.front() == '#') continue;
        const Result<config::NameAndValue> entry = config::parse_assignment(line);
        if (!entry) return Error{fmt::format("{}: {}: \"{}\"", here(), entry.error(), line)};
        // `NAME = text` is a template of one line.
        std::string body = entry->value.empty() ? "" : entry->value + "\n";
        if (entry->value.starts_with("<<")) {
            body.clear();
            const std::string_view mark = trim(std::string_view(entry->value).substr(2));
            if (mark.empty()) return Error{here() + ": missing end marker after <<"};
            bool ended = false;
            while (!ended && !text.empty()) {
                const std::string_view inner = next_line();
                ended = inner == mark;
                if (!ended) body += std::string(inner) + "\n";
            }
            if (!ended) problems.push_back(fmt::format("{}: missing \"{}\" end marker", here(), mark));
        }
        const auto known = std::find(template_names.begin(), template_names.end(), entry->name);
        if (known != template_names.end())
            bodies.at(static_cast<std::size_t>(known - template_names.begin())) = std::move(body);
        else
            problems.push_back(
                fmt::format("{}: unknown template name: {} -- ignoring this template", here(), entry->name));
    }
    return {};
}

// A time in the unit that the name's suffix tells, rounded down.
struct TimeName {
    std::string_view parameter;
    long seconds;
};
Result<std::string> time_in_units(std::string_view name, const TimeName& time, const BounceTemplate& notice) {
    constexpr long excessive = 1000;
    const std::string_view suffix = name.substr(time.parameter.size() + 1);
    const std::array<std::pair<std::string_view, long>, 5> units = {
        {{"seconds", 1}, {"minutes", 60}, {"hours", 3600}, {"days", 86400}, {"weeks", 604800}}};
    for (const auto& [unit, length] : units) {
        if (suffix != unit) continue;
        const long result = time.seconds / length;
        const bool zero = result == 0 && time.seconds > 0;
        if (zero)
            log::warning("{}: zero result in {} template conversion of parameter \"{}\"", notice.origin,
                         notice.kind, name);
        if (result >= excessive)
            log::warning("{}: excessive result \"{}\" in {} template conversion of parameter \"{}\"",
                         notice.origin, result, notice.kind, name);
        if (zero || result >= excessive)
            log::warning("please {} time unit \"{}\" of \"{}\" in {} template", zero ? "reduce" : "increase",
                         unit, name, notice.kind);
        return fmt::format("{}", result);
    }
    return Error{fmt::format("unrecognized suffix \"{}\" in parameter \"{}\"", suffix, name)};
}

// Names of this host are shown as people write them.
std::string readable_domain(const Settings& settings, const std::string& domain) {
    if (!settings[config::smtputf8_enable]) return domain;
    return mail::domain_to_utf8(domain).value_or(domain);
}

}  // namespace

BounceTemplates::BounceTemplates()
    : templates_{built_in("failure", "Undelivered Mail Returned to Sender",
                          "Postmaster Copy: Undelivered Mail", failure_text),
                 built_in("delay", "Delayed Mail (still being retried)", "Postmaster Warning: Delayed Mail",
                          delay_text),
                 built_in("success", "Successful Mail Delivery Report", "", success_text),
                 built_in("verify", "Mail Delivery Status Report", "", verify_text)} {}

const BounceTemplate& BounceTemplates::operator[](TemplateKind kind) const {
    return templates_.at(static_cast<std::size_t>(kind));
}

Result<void> BounceTemplates::read(std::string_view text, const std::string& file,
                                   std::vector<std::string>& problems) {
    std::array<std::optional<std::string>, 4> bodies;
    const Result<void> read = read_bodies(text, file, bodies, problems);
    if (!read) return read;
    for (std::size_t kind = 0; kind < bodies.size(); ++kind) {
        if (!bodies[kind]) continue;
        BounceTemplate made = templates_[kind];
        made.origin = file;
        const Result<void> taken = take_lines(made, *bodies[kind]);
        if (taken) templates_[kind] = std::move(made);
        if (taken) continue;
        const bool complete = taken.error().find('\n') != std::string::npos;
        const std::string problem =
            file + ": " + taken.error() + (complete ? "" : " -- ignoring this template");
        for (const std::string_view line : split(problem, '\n')) problems.emplace_back(line);
    }
    return {};
}

BounceTemplates load_bounce_templates(const Settings& settings, BadTemplate what_then) {
    BounceTemplates templates;
    const std::string& file = settings[bounce_template_file];
    if (file.empty()) return templates;
    const Result<std::string> text = read_file(file);
    if (!text) {
        log::warning("bounce_template_file: {}; using the built-in templates", text.error());
        return templates;
    }
    std::vector<std::string> problems;
    const Result<void> read = templates.read(*text, file, problems);
    for (const std::string& problem : problems) log::warning("{}", problem);
    if (!read && what_then == BadTemplate::fatal) fatal("{}", read.error());
    if (!read) log::warning("{}; using the built-in templates", read.error());
    return templates;
}

Result<std::string> expand_template(const BounceTemplate& notice, const Settings& settings) {
    std::string problem;
    const config::Definitions names = [&](std::string_view name) -> std::optional<config::Definition> {
        if (name == "myhostname")
            return config::Definition{readable_domain(settings, settings[config::myhostname]), true};
        if (name == "mydomain")
            return config::Definition{readable_domain(settings, settings[config::mydomain]), true};
        const TimeName times[] = {
            {"delay_warning_time", static_cast<long>(settings[mail::delay_warning_time].count())},
            {"maximal_queue_lifetime", static_cast<long>(settings[maximal_queue_lifetime].count())}};
        for (const TimeName& time : times) {
            if (!name.starts_with(std::string(time.parameter) + "_")) continue;
            const Result<std::string> shown = time_in_units(name, time, notice);
            if (!shown) problem = shown.error();
            return config::Definition{shown ? *shown : "", true};
        }
        const std::optional<std::string> value = settings.value_of(name);
        if (!value) return std::nullopt;
        return config::Definition{*value, true};
    };
    std::string expanded;
    for (std::string_view rest = notice.text; !rest.empty();) {
        const std::string_view line = take_line(rest);
        const Result<std::string> one = config::expand_definitions(line, names, config::Undefined::error);
        if (!one && !one.error().empty()) log::warning("{}", one.error());
        if (!one)
            problem =
                fmt::format("{} in {} template: {}",
                            one.error().empty() ? "undefined $name" : "bad $name syntax", notice.kind, line);
        if (!problem.empty()) return Error{fmt::format("{}: {}", notice.origin, problem)};
        expanded += *one + "\n";
    }
    return expanded;
}

std::string expand_template_or_built_in(const BounceTemplate& notice, const Settings& settings) {
    Result<std::string> text = expand_template(notice, settings);
    if (text) return std::move(*text);
    log::warning("{}; using the built-in text", text.error());
    const BounceTemplates built_in;
    for (const TemplateKind kind :
         {TemplateKind::failure, TemplateKind::delay, TemplateKind::success, TemplateKind::verify})
        if (built_in[kind].kind == notice.kind) return *expand_template(built_in[kind], settings);
    return "";
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
    for (std::size_t kind = 0; kind < text_names.size(); ++kind) {
        const Result<std::string> text =
            expand_template(templates[static_cast<TemplateKind>(kind)], settings);
        if (!text) fatal("{}", text.error());
        shown += fmt::format("{}{} = <<EOF\n{}EOF\n", shown.empty() ? "" : "\n", text_names[kind], *text);
    }
    return shown;
}

std::string default_bounce_from(const Settings& settings) {
    const bool standard = settings[mail::header_from_format] != "obsolete";
    return standard ? "Mail Delivery System <MAILER-DAEMON>" : "MAILER-DAEMON (Mail Delivery System)";
}

}  // namespace postrider::delivery

// lib/milter/settings.cc - the filters that main.cf names.
#include "lib/milter/settings.h"

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/milter/parameters.h"

namespace postrider::milter {

namespace {

Result<Terms> parse_protocol(std::string_view text) {
    std::optional<Terms> terms;
    std::uint32_t more = 0;
    for (const std::string& word : split_words(text)) {
        const auto version = parse_int(word);
        if (version && !terms)
            terms = terms_of_version(static_cast<std::uint32_t>(*version));
        else if (equals_ignoring_case(word, "no_header_reply"))
            more |= protocol::no_header_reply;
        else if (equals_ignoring_case(word, "data_256k"))
            more |= protocol::data_256k;
        else if (equals_ignoring_case(word, "data_1m"))
            more |= protocol::data_256k | protocol::data_1m;
        else
            return Error{"unknown milter protocol option \"" + word + "\""};
    }
    if (!terms)
        return Error{"bad milter protocol version in \"" + std::string(text) + "\": use 2, 3, 4 or 6"};
    terms->protocol |= more;
    return *terms;
}

// Compat: mail waits while the default action or the protocol make no sense; the daemon works.
void take_default_action(FilterSettings& filter, const std::string& value) {
    const auto action = parse_default_action(value);
    filter.bad_default_action = action ? "" : value;
    if (action) {
        filter.default_action = *action;
        return;
    }
    filter.default_action.kind = Verdict::Kind::refuse;
    filter.default_action.reply = "451 4.3.5 Server configuration problem - try again later";
}

void take_protocol(FilterSettings& filter, const std::string& value) {
    const auto terms = parse_protocol(value);
    filter.bad_protocol = terms ? "" : value;
    if (terms) filter.offer = *terms;
}

// One "name=value" of a filter; an error text when it makes no sense.
std::string set_option(FilterSettings& filter, const std::string& name, const std::string& value) {
    const auto take_time = [&](std::chrono::seconds& target) -> std::string {
        const auto time = config::parse_time(value, 's');
        if (!time || time->count() < 1) return "bad value of \"" + name + "\"";
        target = *time;
        return "";
    };
    if (name == "connect_timeout") return take_time(filter.connect_timeout);
    if (name == "command_timeout") return take_time(filter.command_timeout);
    if (name == "content_timeout") return take_time(filter.content_timeout);
    if (name == "default_action") {
        take_default_action(filter, value);
        return "";
    }
    if (name == "protocol") {
        take_protocol(filter, value);
        return "";
    }
    return "unknown attribute \"" + name + "\"";
}

std::string without_braces(std::string_view text) {
    text = trim(text);
    if (text.size() >= 2 && text.front() == '{' && text.back() == '}')
        text = trim(text.substr(1, text.size() - 2));
    return std::string(text);
}

Result<FilterSettings> parse_filter(const std::string& word, const FilterSettings& usual) {
    FilterSettings filter = usual;
    for (const std::string& piece : split_words_with_braces(without_braces(word), ",")) {
        std::string_view part = trim(piece);
        if (part.empty()) continue;
        if (filter.endpoint.empty()) {
            const std::size_t space = part.find_first_of(" \t\r\n");
            filter.endpoint = part.substr(0, space);
            if (space == std::string_view::npos) continue;
            part = trim(part.substr(space));
            if (part.empty()) continue;
        }
        const std::string option = without_braces(part);
        const std::size_t equals = option.find('=');
        if (equals == std::string::npos) return Error{"\"" + option + "\" is no name=value"};
        const std::string problem =
            set_option(filter, std::string(trim(std::string_view(option).substr(0, equals))),
                       std::string(trim(std::string_view(option).substr(equals + 1))));
        if (!problem.empty()) return Error{problem};
    }
    // Compat: sendmail's "local" is our "unix".
    if (filter.endpoint.starts_with("local:")) filter.endpoint = "unix:" + filter.endpoint.substr(6);
    const bool known = filter.endpoint.starts_with("unix:") || filter.endpoint.starts_with("inet:") ||
                       filter.endpoint.starts_with("inet6:");
    if (!known) return Error{"\"" + filter.endpoint + "\" is neither inet:host:port nor unix:path"};
    return filter;
}

}  // namespace

Result<Verdict> parse_default_action(std::string_view name) {
    Verdict verdict;
    const std::string word = lower(name);
    if (word == "accept") return verdict;
    if (word == "quarantine") {
        verdict.kind = Verdict::Kind::hold;
        return verdict;
    }
    verdict.kind = Verdict::Kind::refuse;
    if (word == "reject")
        verdict.reply = "550 5.5.0 Service unavailable";
    else if (word == "tempfail")
        verdict.reply = "451 4.7.1 Service unavailable - try again later";
    else if (word == "shutdown")
        verdict.reply = "421 4.7.1 Service unavailable - try again later";
    else
        return Error{"bad milter default action \"" + std::string(name) +
                     "\": use accept, reject, tempfail, quarantine or shutdown"};
    return verdict;
}

Result<FilterList> parse_filters(std::string_view text, const Settings& settings) {
    FilterSettings usual;
    usual.connect_timeout = settings[milter_connect_timeout];
    usual.command_timeout = settings[milter_command_timeout];
    usual.content_timeout = settings[milter_content_timeout];
    take_default_action(usual, settings[milter_default_action]);
    take_protocol(usual, settings[milter_protocol]);
    FilterList filters;
    for (const std::string& word : split_words_with_braces(text)) {
        Result<FilterSettings> filter = parse_filter(word, usual);
        if (!filter) return Error{filter.error()};
        filters.push_back(std::move(*filter));
    }
    if (filters.size() > filter_limit) return Error{"too many mail filters"};
    return filters;
}

std::string_view bare_name(std::string_view name) {
    if (name.size() >= 2 && name.front() == '{' && name.back() == '}') return name.substr(1, name.size() - 2);
    return name;
}

MacroSettings::MacroSettings(const Settings& settings)
    : hostname(settings[config::myhostname]),
      daemon_name(settings[milter_macro_daemon_name]),
      version(settings[milter_macro_v]) {
    MacroNames lists;
    const auto take = [&](MacroStage stage, const Parameter<std::string>& list) {
        lists[static_cast<std::size_t>(stage)] = split_words(settings[list]);
    };
    take(MacroStage::connect, milter_connect_macros);
    take(MacroStage::helo, milter_helo_macros);
    take(MacroStage::mail, milter_mail_macros);
    take(MacroStage::rcpt, milter_rcpt_macros);
    take(MacroStage::data, milter_data_macros);
    take(MacroStage::end_of_header, milter_end_of_header_macros);
    take(MacroStage::end_of_message, milter_end_of_data_macros);
    take(MacroStage::unknown, milter_unknown_command_macros);
    names = std::make_shared<const MacroNames>(std::move(lists));
    for (const std::string& word : split_words_with_braces(settings[milter_macro_defaults])) {
        std::string text = word;
        // "{ name = value with spaces }" or "name=value" or "{name}=value".
        if (text.front() == '{' && text.back() == '}') text = without_braces(text);
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos)
            fatal("main.cf: milter_macro_defaults: \"{}\" is no name=value", word);
        defaults.insert_or_assign(std::string(bare_name(trim(std::string_view(text).substr(0, equals)))),
                                  std::string(trim(std::string_view(text).substr(equals + 1))));
    }
}

std::string MacroSettings::constant(std::string_view name) const {
    if (name == "j") return hostname;
    if (name == "v") return version;
    if (name == "daemon_name") return daemon_name;
    return "";
}

}  // namespace postrider::milter

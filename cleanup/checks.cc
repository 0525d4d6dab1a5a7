// cleanup/checks.cc - header_checks and body_checks: what a table says about a line, and what becomes of it.
#include <fmt/core.h>

#include "cleanup/message.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/header.h"
#include "lib/mail/status.h"

namespace postrider::cleanup {

namespace cleanup_flag = queue::cleanup_flag;
namespace cleanup_status = queue::cleanup_status;

bool Message::is_checked(const mail::HeaderInfo& info, mail::HeaderClass header_class) const {
    return has(cleanup_flag::filter) && !header_checks(info, header_class).tables.empty();
}

// Headers that describe a body part are the business of mime_header_checks wherever they are.
const Checks& Message::header_checks(const mail::HeaderInfo& info, mail::HeaderClass header_class) const {
    if (info.mime || header_class == mail::HeaderClass::mime) return rules_.checks.mime;
    return header_class == mail::HeaderClass::nested ? rules_.checks.nested : rules_.checks.header;
}

Task<Message::Verdict> Message::check(const Checks& checks, std::string_view kind, std::string text) {
    tables::ListResult answer = co_await checks.tables.find_with_table(text);
    Verdict verdict;
    if (answer.found == tables::Found::try_again) {
        log::warning("{}: {} map lookup problem -- message not accepted, try again later", id_, checks.name);
        fail(cleanup_status::write_error);
    } else if (answer.found == tables::Found::yes) {
        verdict = apply_check(answer.value, kind, text, checks.name);
    }
    co_return verdict;
}

void Message::log_action(std::string_view action, std::string_view kind, std::string_view text,
                         std::string_view why) {
    const auto attribute_or = [this](std::string_view name, std::string_view otherwise) {
        const std::string* value = attribute(name);
        return value ? std::string_view(*value) : otherwise;
    };
    std::string line = fmt::format("{}: {}: {} {:.200} from {};", id_, action, kind, text,
                                   attribute_or("log_message_origin", "local"));
    if (sender_) line += fmt::format(" from=<{}>", mail::quote_address(*sender_));
    if (!last_recipient_.empty()) line += fmt::format(" to=<{}>", mail::quote_address(last_recipient_));
    // Compat: the line about a flaw ends here.
    if (kind == "mime-error") {
        log::info("{}", line);
        return;
    }
    if (const auto value = attribute_or("log_protocol_name", ""); !value.empty())
        line += fmt::format(" proto={}", value);
    if (const auto value = attribute_or("log_helo_name", ""); !value.empty())
        line += fmt::format(" helo=<{}>", value);
    // Compat: of headers that filters bring the colon is there without a reason, too.
    if (!why.empty() || action.starts_with("milter-")) line += fmt::format(": {}", why);
    log::info("{}", line);
}

void Message::reject(std::string_view kind, std::string_view text, std::string_view reason) {
    const mail::StatusText parts =
        mail::split_status(reason.empty() ? "message content rejected" : reason, "5.7.1");
    std::string status = parts.status;
    if (status.front() == '2') {
        log::warning("bad DSN action in {} -- need 4.x.x or 5.x.x", reason);
        status.front() = '4';
    }
    std::string whole = fmt::format("{} {}", status, parts.text);
    log_action("reject", kind, text, whole);
    // One rejection is enough: the rest is not looked at any more.
    flags_ &= ~cleanup_flag::filter;
    fail(status.front() == '4' ? cleanup_status::defer : cleanup_status::content, std::move(whole));
}

Message::Verdict Message::apply_check(const std::string& result, std::string_view kind, std::string_view text,
                                      std::string_view map) {
    const std::size_t end = std::min(result.find_first_of(" \t"), result.size());
    const std::string command = upper(std::string_view(result).substr(0, end));
    const std::string_view argument = trim_left(std::string_view(result).substr(end));
    const bool is_header = kind == "header";
    const auto useless = [&](std::string_view what) {
        log::warning("{}", what);
        return Verdict{};
    };
    if (command == "DUNNO" || command == "OK") return {};
    if (command == "IGNORE") return {Action::drop, ""};
    if (command == "STRIP") {
        log_action("strip", kind, text, argument);
        return {Action::drop, ""};
    }
    if (command == "REJECT") {
        reject(kind, text, argument);
        return {};
    }
    if (command == "WARN" || command == "INFO") {
        log_action(command == "WARN" ? "warning" : "info", kind, text, argument);
        return {};
    }
    if (command == "PASS" || command == "DISCARD") {
        log_action(lower(command), kind, text, argument);
        flags_ &= ~cleanup_flag::filter;
        if (command == "DISCARD") flags_ |= cleanup_flag::discard;
        return {};
    }
    if (command == "HOLD") {
        if (!has(cleanup_flag::hold) && !has(cleanup_flag::discard)) log_action("hold", kind, text, argument);
        flags_ |= cleanup_flag::hold;
        return {};
    }
    if (command == "FILTER") {
        if (argument.empty()) return useless(fmt::format("missing FILTER command argument in {} map", map));
        if (argument.find(':') == std::string_view::npos)
            return useless(
                fmt::format("bad FILTER command {} in {} -- need transport:destination", argument, map));
        log_action("filter", kind, text, argument);
        filter_ = argument;
        return {};
    }
    if (command == "REDIRECT" || command == "BCC") {
        if (argument.find('@') == std::string_view::npos)
            return useless(fmt::format("bad {} \"{}\" in {} map -- need user@domain",
                                       command == "BCC" ? "BCC address" : "REDIRECT target", argument, map));
        log_action(lower(command), kind, text, argument);
        if (command == "BCC") {
            check_copies_.emplace_back(argument);
        } else {
            redirect_ = argument;
            // Compat: nothing that comes after it counts.
            flags_ &= ~cleanup_flag::filter;
        }
        return {};
    }
    if (command == "PREPEND" || command == "REPLACE") {
        if (argument.empty()) return useless(fmt::format("{} action without text in {} map", command, map));
        if (is_header && mail::header_name_length(argument) == 0)
            return useless(
                fmt::format("bad {} header text \"{}\" in {} map -- need \"headername: headervalue\"",
                            command, argument, map));
        log_action(lower(command), kind, text, argument);
        if (command == "REPLACE") return {Action::replace, std::string(argument)};
        if (is_header)
            write_header(argument);
        else
            write_line(argument, true);
        return {};
    }
    return useless(fmt::format("unknown command in {} map: {}", map, result));
}

}  // namespace postrider::cleanup

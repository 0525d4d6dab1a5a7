// smtp/output_checks.cc - smtp_header_checks and its kind.
#include "smtp/output_checks.h"

#include <fmt/core.h>

#include <utility>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/header.h"

namespace postrider::smtp {

namespace {

constexpr std::size_t shown_length = 60;

void log_action(const std::string& queue_id, std::string_view action, std::string_view kind,
                std::string_view text, std::string_view why) {
    std::string line =
        fmt::format("{}: {}: {} {}", queue_id, action, kind, printable(text.substr(0, shown_length)));
    if (!why.empty()) line += fmt::format(": {}", why);
    log::info("{}", line);
}

// Applies one table result: "ACTION argument".
CheckedText apply(std::string text, const std::string& result, std::string_view kind,
                  const std::string& queue_id, std::string_view protocol) {
    const std::string_view trimmed = trim_left(result);  // Compat: spaces at the end of a text stay
    const std::size_t end = std::min(trimmed.find_first_of(" \t"), trimmed.size());
    const std::string action = upper(trimmed.substr(0, end));
    const std::string argument(trim_left(trimmed.substr(end)));
    CheckedText checked;
    checked.text = std::move(text);
    if (action == "DUNNO" || action == "OK" || action == "PASS") return checked;
    if (action == "IGNORE" || action == "STRIP") {
        if (action == "STRIP") log_action(queue_id, "strip", kind, checked.text, argument);
        checked.dropped = true;
    } else if (action == "WARN" || action == "INFO") {
        log_action(queue_id, action == "WARN" ? "warning" : "info", kind, checked.text, argument);
    } else if (action == "REPLACE" || action == "PREPEND") {
        const bool fits = !argument.empty() && (kind == "body" || mail::header_name_length(argument) > 0);
        if (!fits) {
            log::warning("{}: {} needs a text that can stand there", queue_id, action);
            return checked;
        }
        log_action(queue_id, lower(action), kind, checked.text, argument);
        (action == "REPLACE" ? checked.text : checked.prepended) = argument;
    } else {
        log::warning("unsupported command in {}_{}_checks map: {}", protocol, kind, trimmed);
    }
    return checked;
}

}  // namespace

bool OutputChecks::looks_inside() const {
    return !options_.mime_header_check_tables.empty() || !options_.nested_header_check_tables.empty() ||
           !options_.body_check_tables.empty();
}

const tables::TableList& OutputChecks::tables_for(mail::HeaderClass header_class) const {
    if (header_class == mail::HeaderClass::mime) return options_.mime_header_check_tables;
    if (header_class == mail::HeaderClass::nested) return options_.nested_header_check_tables;
    return options_.header_check_tables;
}

Task<Result<CheckedText>> OutputChecks::header(mail::HeaderClass header_class, std::string text,
                                               std::string queue_id) const {
    // Compat: MIME headers are a matter of mime_header_checks wherever they stand.
    const bool is_mime = mail::header_info(mail::split_header(text).name).mime;
    const tables::TableList& tables = tables_for(is_mime ? mail::HeaderClass::mime : header_class);
    Result<CheckedText> checked = co_await check(tables, "header", std::move(text), std::move(queue_id));
    co_return checked;
}

Task<Result<CheckedText>> OutputChecks::body(std::string line, std::string queue_id) const {
    Result<CheckedText> checked =
        co_await check(options_.body_check_tables, "body", std::move(line), std::move(queue_id));
    co_return checked;
}

Task<Result<CheckedText>> OutputChecks::check(const tables::TableList& tables, std::string_view kind,
                                              std::string text, std::string queue_id) const {
    CheckedText unchanged;
    if (tables.empty()) {
        unchanged.text = std::move(text);
        co_return unchanged;
    }
    const tables::LookupResult found = co_await tables.find(text);
    const std::string_view protocol = options_.is_lmtp() ? "lmtp" : "smtp";
    if (found.found == tables::Found::try_again) {
        // Compat: of lmtp, too.
        log::warning("{}: smtp {} checks lookup error", queue_id, kind);
        co_return Error{"table"};
    }
    if (found.found == tables::Found::yes)
        co_return apply(std::move(text), found.value, kind, queue_id, protocol);
    unchanged.text = std::move(text);
    co_return unchanged;
}

}  // namespace postrider::smtp

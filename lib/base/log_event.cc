// lib/base/log_event.cc - a log line taken apart.
#include "lib/base/log_event.h"

#include <algorithm>

#include "lib/base/text.h"

namespace postrider::log {

namespace {

bool is_name_char(char c) {
    return is_alnum(c) || c == '_' || c == '-';
}

// Takes "word: " off the front.
bool take(std::string_view& text, std::string_view start) {
    if (!text.starts_with(start)) return false;
    text.remove_prefix(start.size());
    return true;
}

// Hexadecimal digits, or the consonants and digits of long queue IDs.
bool is_queue_id(std::string_view word) {
    if (word == "NOQUEUE") return true;
    static constexpr std::string_view long_letters = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
    const bool hexadecimal =
        word.size() >= 5 && word.find_first_not_of("0123456789ABCDEF") == std::string_view::npos;
    const bool long_form = word.size() >= 10 &&
                           word.find_first_not_of(long_letters) == std::string_view::npos &&
                           word.find_first_of("0123456789") != std::string_view::npos;
    return hexadecimal || long_form;
}

std::string_view without_brackets(std::string_view value) {
    if (value.size() >= 2 && value.front() == '<' && value.back() == '>')
        return value.substr(1, value.size() - 2);
    return value;
}

// Where a "name=" begins; npos when none does.
std::size_t name_length(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && is_name_char(text[end])) ++end;
    return end > 0 && end < text.size() && text[end] == '=' ? end : std::string_view::npos;
}

void take_level(std::string_view& text, Event& event) {
    for (const std::string_view level : {"warning", "error", "fatal", "panic"}) {
        if (!text.starts_with(level) || !text.substr(level.size()).starts_with(": ")) continue;
        event.level = level;
        text.remove_prefix(level.size() + 2);
        return;
    }
}

void take_queue_id(std::string_view& text, Event& event) {
    const std::size_t colon = text.find(": ");
    if (colon == std::string_view::npos || !is_queue_id(text.substr(0, colon))) return;
    event.queue_id = text.substr(0, colon);
    text.remove_prefix(colon + 2);
}

void add_fields(Event& event, std::string_view text) {
    for (auto& field : parse_fields(text)) event.fields.push_back(std::move(field));
}

// "to=<r>, relay=x, delay=1, ..., status=sent (250 ok)"
void parse_delivery(Event& event, std::string_view text) {
    const std::size_t status = text.find("status=");
    if (status == std::string_view::npos) {
        add_fields(event, text);
        return;
    }
    const std::size_t open = text.find(" (", status);
    add_fields(event, text.substr(0, open));
    if (open == std::string_view::npos) return;
    std::string_view reason = text.substr(open + 2);
    if (reason.ends_with(')')) reason.remove_suffix(1);
    event.fields.emplace_back("reason", reason);
}

void parse_assignments(Event& event, std::string_view text) {
    struct Kind {
        std::string_view start;
        std::string_view kind;
    };
    static constexpr Kind kinds[] = {{"client=", "client"},
                                     {"uid=", "pickup"},
                                     {"message-id=", "message-id"},
                                     {"resent-message-id=", "message-id"},
                                     {"to=", "delivery"}};
    for (const Kind& one : kinds) {
        if (!text.starts_with(one.start)) continue;
        event.kind = one.kind;
        parse_delivery(event, text);
        return;
    }
    if (!text.starts_with("from=")) return;
    event.kind = text.find(", status=") != std::string_view::npos ? "expired" : "queue-active";
    const std::size_t remark = text.find(" (");
    add_fields(event, text.substr(0, remark));
}

// "WHAT: COMMAND from CLIENT: TEXT; from=<> to=<> proto=SMTP helo=<x>"
bool parse_verdict(Event& event, std::string_view text) {
    static constexpr std::string_view verdicts[] = {
        "reject",      "reject_warning", "hold",         "discard",
        "filter",      "redirect",       "bcc",          "warn",
        "info",        "permit",         "hangup",       "milter-reject",
        "milter-hold", "milter-discard", "proxy-reject", "replace",
        "prepend",     "strip",          "delay",        "pass"};
    const std::size_t colon = text.find(": ");
    if (colon == std::string_view::npos) return false;
    const std::string_view verdict = text.substr(0, colon);
    if (std::find(std::begin(verdicts), std::end(verdicts), verdict) == std::end(verdicts)) return false;
    std::string_view rest = text.substr(colon + 2);
    event.kind = verdict;
    const std::size_t from = rest.find(" from ");
    if (from != std::string_view::npos) {
        event.fields.emplace_back("command", rest.substr(0, from));
        rest.remove_prefix(from + 6);
        // "name[2001:db8::1]: 554 ..."; header checks put ";" there.
        const std::size_t bracket = rest.find(']');
        const std::size_t end = rest.find_first_of(":;", bracket == std::string_view::npos ? 0 : bracket);
        event.fields.emplace_back("client", rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view() : trim_left(rest.substr(end + 1));
    }
    const std::size_t facts =
        rest.rfind("; from=") != std::string_view::npos ? rest.rfind("; from=") : rest.rfind("; proto=");
    const std::string_view reply = facts == std::string_view::npos ? rest : rest.substr(0, facts);
    if (!reply.empty()) event.fields.emplace_back("reply", reply);
    if (facts != std::string_view::npos) add_fields(event, rest.substr(facts + 2));
    return true;
}

// "connect from x[a]", "disconnect from x[a] ehlo=1 quit=1 commands=2", "lost connection after DATA from
// x[a]"
bool parse_session(Event& event, std::string_view text) {
    struct Shape {
        std::string_view start;
        std::string_view kind;
    };
    static constexpr Shape shapes[] = {{"connect from ", "connect"},
                                       {"disconnect from ", "disconnect"},
                                       {"lost connection after ", "lost-connection"},
                                       {"timeout after ", "timeout"},
                                       {"too many errors after ", "too-many-errors"},
                                       {"improper command pipelining after ", "improper-pipelining"},
                                       {"CONNECT from ", "screen-connect"},
                                       {"PASS ", "screen-pass"},
                                       {"PREGREET ", "screen-pregreet"},
                                       {"HANGUP ", "screen-hangup"},
                                       {"DNSBL rank ", "screen-dnsbl"},
                                       {"DISCONNECT ", "screen-disconnect"}};
    for (const Shape& shape : shapes) {
        if (!take(text, shape.start)) continue;
        event.kind = shape.kind;
        if (const std::size_t from = text.find(" from "); from != std::string_view::npos) {
            event.fields.emplace_back("command", text.substr(0, from));
            text.remove_prefix(from + 6);
        } else if (const std::size_t of = text.find(" for "); of != std::string_view::npos) {
            event.fields.emplace_back("detail", text.substr(0, of));
            text.remove_prefix(of + 5);
        }
        const std::size_t space = text.find(' ');
        std::string_view client = text.substr(0, space);
        if (client.ends_with(':')) client.remove_suffix(1);
        event.fields.emplace_back("client", client);
        if (space != std::string_view::npos) add_fields(event, text.substr(space + 1));
        return true;
    }
    return false;
}

bool parse_tls(Event& event, std::string_view text) {
    const std::size_t at = text.find(" TLS connection ");
    if (at == std::string_view::npos || text.substr(0, at).find(' ') != std::string_view::npos) return false;
    event.kind = "tls";
    event.fields.emplace_back("trust", text.substr(0, at));
    std::string_view rest = text.substr(at + 16);
    const std::size_t peer = rest.find(' ', rest.find(' ') + 1);
    if (peer == std::string_view::npos) return true;
    rest.remove_prefix(peer + 1);
    const std::size_t end = rest.find(": ");
    event.fields.emplace_back("peer", rest.substr(0, end));
    if (end != std::string_view::npos) event.fields.emplace_back("summary", rest.substr(end + 2));
    return true;
}

bool parse_notification(Event& event, std::string_view text) {
    const std::size_t at = text.find(" notification: ");
    if (at == std::string_view::npos) return false;
    event.kind = "notification";
    event.fields.emplace_back("notification", text.substr(0, at));
    event.fields.emplace_back("new_queue_id", text.substr(at + 15));
    return true;
}

}  // namespace

const std::string* Event::find(std::string_view name) const {
    for (const auto& [known, value] : fields)
        if (known == name) return &value;
    return nullptr;
}

std::vector<std::pair<std::string, std::string>> parse_fields(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> fields;
    while (!text.empty()) {
        text = trim_left(text);
        const std::size_t name = name_length(text);
        if (name == std::string_view::npos) break;
        const std::string_view key = text.substr(0, name);
        text.remove_prefix(name + 1);
        std::size_t end = 0;
        int depth = 0;
        // The value ends where another pair begins.
        for (; end < text.size(); ++end) {
            const char c = text[end];
            if (c == '<' || c == '[') ++depth;
            if ((c == '>' || c == ']') && depth > 0) --depth;
            if (depth > 0) continue;
            if (c == ',' && end + 1 < text.size() && text[end + 1] == ' ') break;
            if (c == ' ' && name_length(text.substr(end + 1)) != std::string_view::npos) break;
        }
        fields.emplace_back(key, without_brackets(text.substr(0, end)));
        text.remove_prefix(std::min(end, text.size()));
        if (text.starts_with(',')) text.remove_prefix(1);
    }
    return fields;
}

Event parse_event(std::string_view text) {
    Event event;
    take_level(text, event);
    take_queue_id(text, event);
    if (event.level == "info" && event.queue_id.empty()) {
        if (take(text, "statistics: ")) {
            event.kind = "statistics";
            event.fields.emplace_back("detail", text);
            return event;
        }
        if (parse_session(event, text) || parse_tls(event, text)) return event;
        return event;
    }
    if (text == "removed" || text.starts_with("removed (")) {
        event.kind = "removed";
        return event;
    }
    if (parse_verdict(event, text) || parse_session(event, text)) return event;
    if (event.level == "info" && (parse_notification(event, text) || parse_tls(event, text))) return event;
    parse_assignments(event, text);
    return event;
}

}  // namespace postrider::log

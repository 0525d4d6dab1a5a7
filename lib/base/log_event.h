// lib/base/log_event.h - a log line taken apart: what happened to which message, and the values in it.
//
// One parser for whoever needs the parts: the JSON format of the log, and commands that read logs.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postrider::log {

struct Event {
    std::string level = "info";  // "warning", "error", "fatal", "panic"
    std::string queue_id;        // "" when the line is about no message; "NOQUEUE" as written
    // "client", "pickup", "message-id", "queue-active", "delivery", "removed", "connect", "disconnect",
    // "reject", "tls", "notification", "statistics" ...; "other" for a line of no known shape.
    std::string kind = "other";
    std::vector<std::pair<std::string, std::string>> fields;  // in their order; values without <> around them

    const std::string* find(std::string_view name) const;
};

// `text` is what stands behind "tag[pid]: ".
Event parse_event(std::string_view text);

// Reads "name=value" pairs, with ", " or " " between them, off the front of `text`: a value ends before the
// next pair, so that it may hold spaces; <...> and [...] are kept together.
std::vector<std::pair<std::string, std::string>> parse_fields(std::string_view text);

}  // namespace postrider::log

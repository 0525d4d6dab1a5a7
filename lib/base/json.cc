// lib/base/json.cc - JSON written.
#include "lib/base/json.h"

#include <fmt/core.h>

#include "lib/base/text.h"

namespace postrider {

std::string json_string(std::string_view text) {
    const std::string safe = is_valid_utf8(text) ? std::string(text) : printable(text, '?', true);
    std::string out = "\"";
    for (const char c : safe) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte == 0x7f) {
            out += fmt::format("\\u{:04X}", byte);
        } else {
            out += c;
        }
    }
    return out + '"';
}

void JsonObject::add_raw(std::string_view name, std::string_view json) {
    if (!members_.empty()) members_ += ", ";
    members_ += json_string(name);
    members_ += ": ";
    members_ += json;
}

}  // namespace postrider

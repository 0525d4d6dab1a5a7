// lib/tables/plugins/mongodb/text.h - the parts of mongodb tables that need no server: JSON made from keys
// and attribute names.
#pragma once

#include <string>

#include "lib/tables/types/plugin.h"

namespace postrider::tables::plugin {

// For the inside of a JSON string; RFC 8259 7.
inline std::string quote_json(const std::string& text) {
    static const char digits[] = "0123456789abcdef";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += std::string("\\u00") + digits[byte >> 4] + digits[byte & 15];
        } else {
            out += c;
        }
    }
    return out;
}

// Asks for these attributes only.
inline std::string projection_of(const std::vector<std::string>& attributes) {
    std::string out = R"({"_id": 0)";
    for (const std::string& name : attributes) out += ", \"" + quote_json(name) + "\": 1";
    return out + "}";
}

}  // namespace postrider::tables::plugin

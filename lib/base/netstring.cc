// lib/base/netstring.cc - see netstring.h.
#include "lib/base/netstring.h"

#include <fmt/core.h>

#include "lib/base/text.h"

namespace postrider {

std::string netstring(std::string_view text) {
    return fmt::format("{}:{},", text.size(), text);
}

std::optional<NetstringLength> parse_netstring_length(std::string_view bytes, std::size_t most) {
    NetstringLength found;
    for (const char c : bytes) {
        ++found.header;
        if (c == ':' && found.header > 1) return found;
        found.broken = !is_digit(c);
        if (!found.broken) found.length = found.length * 10 + static_cast<std::size_t>(c - '0');
        found.broken = found.broken || found.length > most;
        if (found.broken) return found;
    }
    return std::nullopt;
}

std::optional<std::string_view> take_netstring(std::string_view& bytes) {
    const auto found = parse_netstring_length(bytes, bytes.size());
    if (!found || found->broken) return std::nullopt;
    const std::string_view rest = bytes.substr(found->header);
    if (rest.size() <= found->length || rest[found->length] != ',') return std::nullopt;
    bytes = rest.substr(found->length + 1);
    return rest.substr(0, found->length);
}

}  // namespace postrider

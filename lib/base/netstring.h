// lib/base/netstring.h - strings with their length in front, "5:hello,": QMQP and socketmap speak so.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace postrider {

std::string netstring(std::string_view text);

// The length in front of a netstring; nothing while it is incomplete.  `broken` when it is no length, or more
// than `most`.
struct NetstringLength {
    std::size_t length = 0;
    std::size_t header = 0;  // bytes up to and with the colon
    bool broken = false;
};
std::optional<NetstringLength> parse_netstring_length(std::string_view bytes, std::size_t most);

// Takes the netstring in front of `bytes`; nothing when there is none in whole.
std::optional<std::string_view> take_netstring(std::string_view& bytes);

}  // namespace postrider

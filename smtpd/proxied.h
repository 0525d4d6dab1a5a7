// smtpd/proxied.h - the attributes of XCLIENT and XFORWARD.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace postrider::smtpd {

struct ProxiedAttribute {
    std::string name;          // upper case
    std::string value;         // xtext undone
    bool unavailable = false;  // [UNAVAILABLE], [TEMPUNAVAIL]
    bool temporarily = false;  // [TEMPUNAVAIL]
};
// "NAME=value"; nothing when the name is not among `known`, or the value is malformed or too long.
std::optional<ProxiedAttribute> parse_proxied(std::string_view word, std::span<const std::string_view> known);

bool is_proxied_hostname(std::string_view text);
bool is_port(std::string_view text);

}  // namespace postrider::smtpd

// smtpd/proxied.h - the attributes of XCLIENT and XFORWARD.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "lib/base/result.h"
#include "lib/base/socket_address.h"

namespace postrider::smtpd {

struct ProxiedAttribute {
    std::string name;          // upper case
    std::string value;         // xtext undone
    bool unavailable = false;  // [UNAVAILABLE]
    bool temporarily = false;  // [TEMPUNAVAIL]: means something for host names only
};
// "NAME=value".  The error is the text of the 501 reply: no such name among `known`, a malformed value.
Result<ProxiedAttribute> parse_proxied(std::string_view verb, std::string_view word,
                                       std::span<const std::string_view> known);

bool is_proxied_hostname(std::string_view text);
// "192.0.2.1", "IPV6:2001:db8::1".
std::optional<SocketAddress> proxied_address(std::string_view text);
// Compat: any number.
bool is_port(std::string_view text);

}  // namespace postrider::smtpd

// smtpd/proxied.h - the attributes of XCLIENT and XFORWARD.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "lib/base/result.h"

namespace postrider::smtpd {

struct ProxiedAttribute {
    std::string name;          // upper case
    std::string value;         // xtext undone
    bool unavailable = false;  // [UNAVAILABLE], [TEMPUNAVAIL]
    bool temporarily = false;  // [TEMPUNAVAIL]
};
// "NAME=value".  The error is the text of the 501 reply: no such name among `known`, a malformed value.
Result<ProxiedAttribute> parse_proxied(std::string_view verb, std::string_view word,
                                       std::span<const std::string_view> known);

bool is_proxied_hostname(std::string_view text);
bool is_port(std::string_view text);

}  // namespace postrider::smtpd

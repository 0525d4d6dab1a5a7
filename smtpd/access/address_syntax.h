// smtpd/access/address_syntax.h - how complete a domain name is.
#pragma once

#include <string>
#include <string_view>

#include "smtpd/access/check.h"

namespace postrider::smtpd::access {

// "a.example" or an address literal; one trailing dot does not count.
bool is_complete_domain(std::string_view domain);
// Refuses an address without a complete domain (the null address is complete).
Verdict require_complete_domain(Check& check, const std::string& address, std::string_view subject_class);

// Refuses "[...]" in HELO that is no address.
Verdict judge_literal(Check& check, const Subject& subject);

}  // namespace postrider::smtpd::access

// lib/sasl/security.h - what a login mechanism must or must not be: smtpd_sasl_security_options and its kin.
#pragma once

#include <string>
#include <string_view>

#include "lib/base/result.h"

namespace postrider::sasl {

// Bits, each a demand.
namespace security {
inline constexpr unsigned no_plaintext = 1;
inline constexpr unsigned no_active = 2;
inline constexpr unsigned no_dictionary = 4;
inline constexpr unsigned no_anonymous = 8;
inline constexpr unsigned forward_secrecy = 16;
inline constexpr unsigned mutual_auth = 32;
}  // namespace security

// "noanonymous, noplaintext"; the error names the word that is none of the known ones.
Result<unsigned> parse_security_options(std::string_view words);

}  // namespace postrider::sasl

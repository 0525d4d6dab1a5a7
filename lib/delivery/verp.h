// lib/delivery/verp.h - variable envelope return paths: a sender address that names the recipient.
#pragma once

#include <string>

namespace postrider::delivery {

// "list+user=example.com@example.org" for sender list@example.org and recipient user@example.com.
// `original`: what the recipient was called before aliases, which is the name that the sender knows; or
// empty. `delimiters`: the two characters of the V record; `origin` completes a sender without a
// domain; a recipient without one is named as it is.
std::string verp_sender(const std::string& delimiters, const std::string& sender,
                        const std::string& recipient, const std::string& original, const std::string& origin);

}  // namespace postrider::delivery

// lib/delivery/verp.cc - see verp.h.
#include "lib/delivery/verp.h"

#include "lib/mail/address.h"

namespace postrider::delivery {

std::string verp_sender(const std::string& delimiters, const std::string& sender,
                        const std::string& recipient, const std::string& original,
                        const std::string& origin) {
    const char before = delimiters.empty() ? '+' : delimiters[0];
    const char between = delimiters.size() < 2 ? '=' : delimiters[1];
    mail::AddressParts from = mail::split_address(sender);
    const mail::AddressParts to = mail::split_address(original.empty() ? recipient : original);
    if (!from.has_domain) from.domain = origin;
    std::string local = from.local + before + to.local;
    if (to.has_domain) local += between + to.domain;
    return local + "@" + from.domain;
}

}  // namespace postrider::delivery

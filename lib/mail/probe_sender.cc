// lib/mail/probe_sender.cc - the sender of address verification probes.
#include "lib/mail/probe_sender.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/mail/address.h"
#include "lib/mail/probe_sender_parameters.h"

namespace postrider::mail {

namespace {

// The suffix in base 31, without vowels: it must spell nothing.
std::string suffix(std::uint64_t number) {
    static constexpr std::string_view digits = "0123456789BCDFGHJKLMNPQRSTVWXYZ";
    std::string text;
    do {
        text.push_back(digits[number % digits.size()]);
        number /= digits.size();
    } while (number > 0);
    std::reverse(text.begin(), text.end());
    return text;
}

}  // namespace

ProbeSender::ProbeSender(const Settings& settings) : period_(settings[address_verify_sender_ttl].count()) {
    const std::string& address = settings[address_verify_sender];
    if (address.empty() || address == "<>") return;
    const AddressParts parts = split_address(address);
    local_ = parts.local;
    domain_ = parts.domain.empty() ? settings[config::myorigin] : parts.domain;
}

std::string ProbeSender::at(std::time_t now) const {
    if (local_.empty()) return "";
    const std::string changing = period_ > 0 ? suffix(static_cast<std::uint64_t>(now / period_)) : "";
    return local_ + changing + "@" + domain_;
}

bool ProbeSender::matches(const std::string& recipient, std::time_t now) const {
    if (local_.empty()) return false;
    if (period_ == 0) return equals_ignoring_case(recipient, at(now));
    for (const std::time_t shift : {-period_, std::time_t{0}, period_})
        if (equals_ignoring_case(recipient, at(now + shift))) return true;
    return false;
}

}  // namespace postrider::mail

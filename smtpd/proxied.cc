// smtpd/proxied.cc - the attributes of XCLIENT and XFORWARD.
#include "smtpd/proxied.h"

#include "lib/base/text.h"
#include "lib/mail/address.h"

namespace postrider::smtpd {

namespace {
constexpr std::size_t longest_value = 255;
}

Result<ProxiedAttribute> parse_proxied(std::string_view verb, std::string_view word,
                                       std::span<const std::string_view> known) {
    const std::size_t equals = word.find('=');
    if (equals == std::string_view::npos || equals + 1 == word.size())
        return Error{"Error: attribute=value expected"};
    ProxiedAttribute attribute;
    attribute.name = upper(word.substr(0, equals));
    bool is_known = false;
    for (const std::string_view name : known) is_known = is_known || name == attribute.name;
    if (!is_known) return Error{"Bad " + std::string(verb) + " attribute name: " + attribute.name};
    const auto value = xtext_decode(word.substr(equals + 1));
    if (!value || value->empty() || value->size() > longest_value)
        return Error{"Bad " + attribute.name + " syntax: " + std::string(word.substr(equals + 1))};
    attribute.value = printable(*value);
    attribute.temporarily = equals_ignoring_case(attribute.value, "[TEMPUNAVAIL]");
    attribute.unavailable = attribute.temporarily || equals_ignoring_case(attribute.value, "[UNAVAILABLE]");
    return attribute;
}

bool is_proxied_hostname(std::string_view text) {
    return mail::is_valid_hostname(text);
}

bool is_port(std::string_view text) {
    const auto number = parse_int(text);
    return all_digits(text) && number && *number >= 0 && *number <= 65535;
}

}  // namespace postrider::smtpd

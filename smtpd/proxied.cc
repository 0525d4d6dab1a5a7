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
    auto value = xtext_decode(word.substr(equals + 1));
    if (!value && attribute.name == "IDENT") value = word.substr(equals + 1);  // Compat
    if (word.size() - equals - 1 > longest_value) return Error{"Error: attribute value too long"};
    if (!value || value->empty())
        return Error{"Bad " + attribute.name + " syntax: " + std::string(word.substr(equals + 1))};
    // Compat: what follows a NUL is not there; in addresses characters that mean something elsewhere are not.
    attribute.value = printable(std::string_view(*value).substr(0, value->find('\0')));
    if (attribute.name == "ADDR")
        for (char& c : attribute.value)
            if (std::string_view(" <>()\\\";@").find(c) != std::string_view::npos) c = '?';
    attribute.temporarily = equals_ignoring_case(attribute.value, "[TEMPUNAVAIL]");
    attribute.unavailable = equals_ignoring_case(attribute.value, "[UNAVAILABLE]");
    return attribute;
}

bool is_proxied_hostname(std::string_view text) {
    return printable(text, '?', true) == text && mail::is_valid_hostname(text);
}

std::optional<SocketAddress> proxied_address(std::string_view text) {
    constexpr std::string_view ipv6_prefix = "IPV6:";
    const bool ipv6 = starts_with_ignoring_case(text, ipv6_prefix);
    // Brackets and an address of the other kind are not for this place.
    const bool strange = text.find_first_of("[]") != std::string_view::npos;
    if (strange || (text.find(':') != std::string_view::npos) != ipv6) return std::nullopt;
    return SocketAddress::from_ip(text);
}

bool is_port(std::string_view text) {
    return all_digits(text) && parse_int(text);
}

}  // namespace postrider::smtpd

// lib/mail/hostname.cc - host name and address syntax, international names.
#include <arpa/inet.h>
#include <idn2.h>

#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "lib/mail/idna.h"

namespace postrider::mail {

namespace {

constexpr std::size_t label_limit = 63;
constexpr std::size_t name_limit = 255;

bool is_valid_label(std::string_view label) {
    if (label.empty() || label.size() > label_limit || label.front() == '-' || label.back() == '-')
        return false;
    for (char c : label)
        // Compat: underscores are no host names but common in the DNS; Postfix lets them pass.
        if (!is_alnum(c) && c != '-' && c != '_') return false;
    return true;
}

bool is_valid_ascii_hostname(std::string_view name) {
    if (name.empty() || name.size() > name_limit) return false;
    bool numeric = true;
    for (std::string_view label : split(name, '.')) {
        if (!is_valid_label(label)) return false;
        numeric = numeric && all_digits(label);
    }
    return !numeric;  // 1.2.3.4 is an address, not a name
}

bool is_valid_ip_of(int family, std::string_view text) {
    unsigned char bytes[16];
    return inet_pton(family, std::string(text).c_str(), bytes) == 1;
}

// How domains with sharp s and the like are encoded; of one process.
int& idna_variant() {
    static int variant = IDN2_NONTRANSITIONAL;
    return variant;
}

// Takes over a string that libidn2 has allocated.
std::string take(char* text) {
    std::string taken(text);
    idn2_free(text);
    return taken;
}

}  // namespace

bool is_valid_hostname(std::string_view name) {
    if (is_ascii(name)) return is_valid_ascii_hostname(name);
    const auto ascii = domain_to_ascii(name);
    return ascii && is_valid_ascii_hostname(*ascii);
}

bool is_valid_ip(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) return false;
    return is_valid_ip_of(text.find(':') == std::string_view::npos ? AF_INET : AF_INET6, text);
}

bool is_address_literal(std::string_view domain) {
    if (domain.size() < 2 || domain.front() != '[' || domain.back() != ']') return false;
    std::string_view inside = domain.substr(1, domain.size() - 2);
    if (starts_with_ignoring_case(inside, "IPv6:")) return is_valid_ip_of(AF_INET6, inside.substr(5));
    return is_valid_ip_of(AF_INET, inside);  // RFC 5321 4.1.3
}

void set_idna2003_compatibility(bool enabled) {
    idna_variant() = enabled ? IDN2_TRANSITIONAL : IDN2_NONTRANSITIONAL;
}

std::optional<std::string> domain_to_ascii(std::string_view domain) {
    if (is_ascii(domain)) return std::string(domain);
    if (!is_valid_utf8(domain)) return std::nullopt;
    char* ascii = nullptr;
    const int status = idn2_to_ascii_8z(std::string(domain).c_str(), &ascii, IDN2_NFC_INPUT | idna_variant());
    if (status != IDN2_OK) return std::nullopt;
    return take(ascii);
}

std::optional<std::string> domain_to_utf8(std::string_view domain) {
    if (lower(domain).find("xn--") == std::string::npos) {
        if (!is_valid_utf8(domain)) return std::nullopt;
        return std::string(domain);
    }
    char* utf8 = nullptr;
    if (idn2_to_unicode_8z8z(std::string(domain).c_str(), &utf8, idna_variant()) != IDN2_OK)
        return std::nullopt;
    return take(utf8);
}

}  // namespace postrider::mail

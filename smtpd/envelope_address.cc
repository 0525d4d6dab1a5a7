// smtpd/envelope_address.cc - the addresses of MAIL FROM, RCPT TO and VRFY.
#include "smtpd/envelope_address.h"

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "smtpd/parameters.h"

namespace postrider::smtpd {

namespace {

// Compat: without strict_rfc821_envelopes brackets too many, or one too few, are pardoned.
std::string_view without_odd_brackets(std::string_view path) {
    while (path.starts_with("<<") && path.ends_with(">>")) path = path.substr(1, path.size() - 2);
    if (!path.empty() && path.front() != '<' && path.back() == '>') path.remove_suffix(1);
    return path;
}

// An '@' that belongs to no domain: "a@@b.example".
bool has_double_at(std::string_view path) {
    return path.find('"') == std::string_view::npos && path.find("@@") != std::string_view::npos;
}

}  // namespace

std::optional<std::string> read_address(const Session& session, const std::string& path,
                                        NullAddress null_address) {
    const bool strict = session.server.settings[strict_rfc821_envelopes];
    const auto parsed =
        mail::parse_path(strict ? std::string_view(path) : without_odd_brackets(path), strict);
    const bool usable = parsed && !has_double_at(path) && trim(parsed->rest).empty() &&
                        (null_address == NullAddress::allowed || !parsed->address.empty()) &&
                        has_possible_domain(parsed->address);
    if (usable) return parsed->address;
    log::warning("Illegal address syntax from {} in {} command: {}", session.client_label, session.where,
                 printable(path));
    return std::nullopt;
}

bool has_possible_domain(const std::string& address) {
    const std::size_t at = address.rfind('@');
    if (at == std::string::npos) return true;
    std::string_view domain = std::string_view(address).substr(at + 1);
    if (domain.empty()) return false;
    if (domain.size() > 1 && domain.back() == '.') domain.remove_suffix(1);
    // Compat: a[1.2.3.4 without its bracket is completed by the address rewriting.
    if (domain.front() == '[')
        return mail::is_address_literal(std::string(domain) + (domain.back() == ']' ? "" : "]"));
    return mail::is_valid_hostname(domain);
}

Reply check_utf8(const Session& session, const std::string& address, bool declared) {
    if (is_ascii(address)) return Reply();
    const bool allowed = session.server.utf8 && is_valid_utf8(address);
    if (session.server.settings[strict_smtputf8] && !(allowed && declared))
        return Reply(553, "5.6.7", "Must declare SMTPUTF8 to send unicode address");
    return Reply();
}

}  // namespace postrider::smtpd

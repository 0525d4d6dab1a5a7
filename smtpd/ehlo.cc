// smtpd/ehlo.cc - the extensions a client is offered.
#include "smtpd/ehlo.h"

#include "smtpd/parameters.h"
#include "smtpd/tls.h"

namespace postrider::smtpd {

namespace {

unsigned offered(const Session& session) {
    // Compat: a client that a mail filter has refused is offered nothing.
    if (session.refused_by_filter) return extension::enhanced_status & ~session.discarded_extensions;
    unsigned bits = extension::pipelining | extension::size | extension::etrn | extension::enhanced_status |
                    extension::eight_bit_mime | extension::dsn | extension::chunking;
    if (!session.server.settings[disable_vrfy_command]) bits |= extension::vrfy;
    if (may_start_tls(session)) bits |= extension::starttls;
    if (session.may_verp) bits |= extension::verp;
    if (session.may_xclient) bits |= extension::xclient;
    if (session.may_xforward) bits |= extension::xforward;
    if (session.server.utf8) bits |= extension::smtputf8;
    if (offers_login(session)) bits |= extension::auth;
    if (session.server.require_tls && session.in_tls()) bits |= extension::require_tls;
    return bits & ~session.discarded_extensions;
}

// What stands behind the names.
std::string line_of(unsigned bit, const Session& session) {
    switch (bit) {
        case extension::size:
            return session.server.size_limit > 0 ? "SIZE " + std::to_string(session.server.size_limit) : "";
        case extension::auth:
            return auth_keyword(session);
        case extension::xclient:
            return "XCLIENT NAME ADDR PROTO HELO REVERSE_NAME PORT LOGIN DESTADDR DESTPORT";
        case extension::xforward:
            return "XFORWARD NAME ADDR PROTO HELO SOURCE PORT IDENT";
        default:
            return "";
    }
}

}  // namespace

std::string ehlo_text(const Session& session) {
    std::string text = session.server.hostname;
    const auto whole_line = [&session](unsigned bit) { return line_of(bit, session); };
    for (const std::string& line : mail::ehlo_lines(offered(session), whole_line)) text += "\n" + line;
    return text;
}

}  // namespace postrider::smtpd

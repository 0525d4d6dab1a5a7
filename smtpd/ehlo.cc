// smtpd/ehlo.cc - the extensions a client is offered.
#include "smtpd/ehlo.h"

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "smtpd/parameters.h"
#include "smtpd/tls.h"

namespace postrider::smtpd {

namespace {

struct Row {
    const char* name;
    unsigned bit;
};
constexpr Row rows[] = {
    {"PIPELINING", extension::pipelining},
    {"SIZE", extension::size},
    {"VRFY", extension::vrfy},
    {"ETRN", extension::etrn},
    {"STARTTLS", extension::starttls},
    {"AUTH", extension::auth},
    {"XVERP", extension::verp},
    {"XCLIENT", extension::xclient},
    {"XFORWARD", extension::xforward},
    {"ENHANCEDSTATUSCODES", extension::enhanced_status},
    {"8BITMIME", extension::eight_bit_mime},
    {"DSN", extension::dsn},
    {"SMTPUTF8", extension::smtputf8},
    {"CHUNKING", extension::chunking},
    {"REQUIRETLS", extension::require_tls},
    {"SILENT-DISCARD", quiet_discard},
};

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

std::string line_of(const Row& row, const Session& session) {
    switch (row.bit) {
        case extension::size:
            return session.server.size_limit > 0 ? "SIZE " + std::to_string(session.server.size_limit)
                                                 : row.name;
        case extension::auth:
            return auth_keyword(session);
        case extension::xclient:
            return "XCLIENT NAME ADDR PROTO HELO REVERSE_NAME PORT LOGIN DESTADDR DESTPORT";
        case extension::xforward:
            return "XFORWARD NAME ADDR PROTO HELO SOURCE PORT IDENT";
        default:
            return row.name;
    }
}

}  // namespace

unsigned parse_extensions(std::string_view words) {
    unsigned bits = 0;
    for (const std::string& word : split_words(words)) {
        bool known = false;
        for (const Row& row : rows) {
            if (!equals_ignoring_case(word, row.name)) continue;
            bits |= row.bit;
            known = true;
        }
        if (!known) log::warning("unknown EHLO keyword \"{}\" to discard", word);
    }
    return bits;
}

std::string extension_names(unsigned bits) {
    std::string names;
    for (const Row& row : rows)
        if ((bits & row.bit) != 0 && row.bit != quiet_discard)
            names += std::string(names.empty() ? "" : " ") + row.name;
    return names;
}

std::string ehlo_text(const Session& session) {
    std::string text = session.server.hostname;
    const unsigned bits = offered(session);
    for (const Row& row : rows)
        if ((bits & row.bit) != 0) text += "\n" + line_of(row, session);
    return text;
}

}  // namespace postrider::smtpd

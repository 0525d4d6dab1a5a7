// lib/mail/ehlo_keywords.cc - the extensions that SMTP servers of ours announce, RFC 5321 4.1.1.1.
#include "lib/mail/ehlo_keywords.h"

#include "lib/base/text.h"

namespace postrider::mail {

namespace {

struct Row {
    const char* announced;
    unsigned bit;
    const char* word;  // in parameters and the log
};
// In the order of the reply.
constexpr Row rows[] = {
    {"PIPELINING", extension::pipelining, "PIPELINING"},
    {"SIZE", extension::size, "SIZE"},
    {"VRFY", extension::vrfy, "VRFY"},
    {"ETRN", extension::etrn, "ETRN"},
    {"STARTTLS", extension::starttls, "STARTTLS"},
    {"AUTH", extension::auth, "AUTH"},
    {"XVERP", extension::verp, "VERP"},
    {"XCLIENT", extension::xclient, "XCLIENT"},
    {"XFORWARD", extension::xforward, "XFORWARD"},
    {"ENHANCEDSTATUSCODES", extension::enhanced_status, "ENHANCEDSTATUSCODES"},
    {"8BITMIME", extension::eight_bit_mime, "8BITMIME"},
    {"DSN", extension::dsn, "DSN"},
    {"SMTPUTF8", extension::smtputf8, "SMTPUTF8"},
    {"CHUNKING", extension::chunking, "CHUNKING"},
    {"REQUIRETLS", extension::require_tls, "REQUIRETLS"},
};
// Compat: the log has them in an order of its own.
constexpr unsigned order_in_log[] = {
    extension::eight_bit_mime,
    extension::auth,
    extension::etrn,
    extension::pipelining,
    extension::size,
    extension::verp,
    extension::vrfy,
    extension::xclient,
    extension::xforward,
    extension::starttls,
    extension::enhanced_status,
    extension::dsn,
    extension::smtputf8,
    extension::chunking,
    extension::require_tls,
};

const Row* row_of(unsigned bit) {
    for (const Row& row : rows)
        if (row.bit == bit) return &row;
    return nullptr;
}

}  // namespace

unsigned parse_ehlo_keywords(std::string_view words) {
    unsigned bits = 0;
    for (const std::string& word : split_words(words)) {
        if (equals_ignoring_case(word, "SILENT-DISCARD")) bits |= extension::silent_discard;
        for (const Row& row : rows)
            if (equals_ignoring_case(word, row.word)) bits |= row.bit;
    }
    return bits;
}

std::string discarded_keyword_names(unsigned discarded) {
    std::string names;
    if ((discarded & extension::silent_discard) != 0) return names;
    for (const unsigned bit : order_in_log) {
        if ((discarded & bit) == 0) continue;
        if (!names.empty()) names += ' ';
        names += row_of(bit)->word;
    }
    return names;
}

std::vector<std::string> ehlo_lines(unsigned offered, const std::function<std::string(unsigned)>& line_of) {
    std::vector<std::string> lines;
    for (const Row& row : rows) {
        if ((offered & row.bit) == 0) continue;
        std::string line = line_of(row.bit);
        if (line.empty()) line = row.announced;
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace postrider::mail

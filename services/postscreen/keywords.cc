// services/postscreen/keywords.cc - the extensions that the built-in SMTP server announces.
#include "services/postscreen/keywords.h"

#include <vector>

#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::postscreen {

namespace {

struct Row {
    const char* name;
    unsigned bit;
};
// In the order of the reply.
constexpr Row rows[] = {
    {"SIZE", keyword::size},
    {"VRFY", keyword::vrfy},
    {"ETRN", keyword::etrn},
    {"STARTTLS", keyword::starttls},
    {"ENHANCEDSTATUSCODES", keyword::enhanced_status},
    {"8BITMIME", keyword::eight_bit_mime},
    {"DSN", keyword::dsn},
    {"SMTPUTF8", keyword::smtputf8},
    {"CHUNKING", keyword::chunking},
    {"SILENT-DISCARD", keyword::silent_discard},
};
// Words that are fine but name nothing offered here.
constexpr const char* never_offered[] = {"PIPELINING", "AUTH",  "XCLIENT",   "XFORWARD",
                                         "VERP",       "XVERP", "REQUIRETLS"};

}  // namespace

unsigned parse_keywords(std::string_view words) {
    unsigned bits = 0;
    for (const std::string& word : split_words(words)) {
        bool known = false;
        for (const Row& row : rows) {
            if (!equals_ignoring_case(word, row.name)) continue;
            bits |= row.bit;
            known = true;
        }
        for (const char* name : never_offered) known = known || equals_ignoring_case(word, name);
        if (!known) log::warning("unknown EHLO keyword \"{}\" to discard", word);
    }
    return bits;
}

std::string keyword_names(unsigned bits) {
    std::string names;
    for (const Row& row : rows)
        if ((bits & row.bit) != 0 && row.bit != keyword::silent_discard)
            names += std::string(names.empty() ? "" : " ") + row.name;
    return names;
}

std::string ehlo_reply(const std::string& hostname, unsigned offered, long size_limit) {
    std::vector<std::string> lines = {hostname};
    for (const Row& row : rows) {
        if ((offered & row.bit) == 0 || row.bit == keyword::silent_discard) continue;
        const bool with_limit = row.bit == keyword::size && size_limit > 0;
        lines.push_back(with_limit ? "SIZE " + std::to_string(size_limit) : row.name);
    }
    std::string reply;
    for (std::size_t i = 0; i < lines.size(); ++i)
        reply += (i + 1 < lines.size() ? "250-" : "250 ") + lines[i] + "\r\n";
    return reply;
}

}  // namespace postrider::postscreen

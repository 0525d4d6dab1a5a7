// lib/sasl/security.cc - what a login mechanism must or must not be.
#include "lib/sasl/security.h"

#include "lib/base/text.h"

namespace postrider::sasl {

namespace {

struct Row {
    std::string_view word;
    unsigned bit;
};
constexpr Row rows[] = {
    {"noplaintext", security::no_plaintext},   {"noactive", security::no_active},
    {"nodictionary", security::no_dictionary}, {"noanonymous", security::no_anonymous},
    {"mutual_auth", security::mutual_auth},    {"forward_secrecy", security::forward_secrecy},
};

unsigned bit_of(const std::string& word) {
    for (const Row& row : rows)
        if (equals_ignoring_case(row.word, word)) return row.bit;
    return 0;
}

}  // namespace

Result<unsigned> parse_security_options(std::string_view words) {
    unsigned bits = 0;
    for (const std::string& word : split_words(words)) {
        const unsigned bit = bit_of(word);
        if (bit == 0) return Error{"unknown SASL security option \"" + word + "\""};
        bits |= bit;
    }
    return bits;
}

}  // namespace postrider::sasl

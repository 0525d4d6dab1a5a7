// lib/tls/ssl_options.cc - OpenSSL's options by their names.
#include "lib/tls/ssl_options.h"

#include <fmt/core.h>
#include <openssl/ssl.h>

#include <span>

#include "lib/base/text.h"

namespace postrider::tls {

namespace {

struct Option {
    const char* name;
    std::uint64_t bits;
};
constexpr Option options[] = {
    {"ENABLE_MIDDLEBOX_COMPAT", SSL_OP_ENABLE_MIDDLEBOX_COMPAT},
    {"LEGACY_SERVER_CONNECT", SSL_OP_LEGACY_SERVER_CONNECT},
    {"NO_COMPRESSION", SSL_OP_NO_COMPRESSION},
    {"NO_RENEGOTIATION", SSL_OP_NO_RENEGOTIATION},
    {"NO_SESSION_RESUMPTION_ON_RENEGOTIATION", SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION},
    {"NO_TICKET", SSL_OP_NO_TICKET},
    {"PRIORITIZE_CHACHA", SSL_OP_PRIORITIZE_CHACHA},
};
// The older ones have no meaning in today's library; configurations may still name them.
constexpr Option workarounds[] = {
    {"CRYPTOPRO_TLSEXT_BUG", SSL_OP_CRYPTOPRO_TLSEXT_BUG},
    {"DONT_INSERT_EMPTY_FRAGMENTS", SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS},
    {"LEGACY_SERVER_CONNECT", SSL_OP_LEGACY_SERVER_CONNECT},
    {"MICROSOFT_BIG_SSLV3_BUFFER", 0},
    {"MICROSOFT_SESS_ID_BUG", 0},
    {"MSIE_SSLV2_RSA_PADDING", 0},
    {"NETSCAPE_CHALLENGE_BUG", 0},
    {"NETSCAPE_REUSE_CIPHER_CHANGE_BUG", 0},
    {"SSLEAY_080_CLIENT_DH_BUG", 0},
    {"SSLREF2_REUSE_CERT_TYPE_BUG", 0},
    {"TLSEXT_PADDING", SSL_OP_TLSEXT_PADDING},
    {"TLS_BLOCK_PADDING_BUG", 0},
    {"TLS_D5_BUG", 0},
    {"TLS_ROLLBACK_BUG", SSL_OP_TLS_ROLLBACK_BUG},
};

Result<std::uint64_t> bits_of(const std::string& words, std::span<const Option> known) {
    std::uint64_t bits = 0;
    for (const std::string& word : split_words(words)) {
        const Option* found = nullptr;
        for (const Option& option : known)
            if (equals_ignoring_case(word, option.name)) found = &option;
        if (found != nullptr) {
            bits |= found->bits;
            continue;
        }
        const auto number = starts_with_ignoring_case(word, "0x")
                                ? parse_unsigned(std::string_view(word).substr(2), 16)
                                : std::nullopt;
        if (!number) return Error{fmt::format("unknown TLS option \"{}\"", word)};
        bits |= *number;
    }
    return bits;
}

}  // namespace

Result<std::uint64_t> ssl_options(const std::string& words) {
    return bits_of(words, options);
}

Result<std::uint64_t> workarounds_without(const std::string& words) {
    const Result<std::uint64_t> off = bits_of(words, workarounds);
    if (!off) return Error{off.error()};
    return SSL_OP_ALL & ~*off;
}

}  // namespace postrider::tls

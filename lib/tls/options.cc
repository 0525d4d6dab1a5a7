// lib/tls/options.cc - names of OpenSSL's switches.
#include "lib/tls/options.h"

#include <openssl/ssl.h>

#include <cstdint>
#include <span>

#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::tls {

namespace {

struct Name {
    std::string_view name;
    std::uint64_t bit;
};

// Workarounds that a library no longer has are known by name and do nothing.
constexpr Name workarounds[] = {
    {"ALL", SSL_OP_ALL},
    {"CRYPTOPRO_TLSEXT_BUG", SSL_OP_CRYPTOPRO_TLSEXT_BUG},
    {"CVE-2005-2969", 0},
    {"CVE-2010-4180", 0},
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
constexpr Name options[] = {
    {"ENABLE_MIDDLEBOX_COMPAT", SSL_OP_ENABLE_MIDDLEBOX_COMPAT},
    {"LEGACY_SERVER_CONNECT", SSL_OP_LEGACY_SERVER_CONNECT},
    {"NO_COMPRESSION", SSL_OP_NO_COMPRESSION},
    {"NO_RENEGOTIATION", SSL_OP_NO_RENEGOTIATION},
    {"NO_SESSION_RESUMPTION_ON_RENEGOTIATION", SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION},
    {"NO_TICKET", SSL_OP_NO_TICKET},
    {"PRIORITIZE_CHACHA", SSL_OP_PRIORITIZE_CHACHA},
};

std::uint64_t read_bits(const std::string& words, std::span<const Name> names, const char* parameter) {
    std::uint64_t bits = 0;
    for (const std::string& word : split_words(words)) {
        bool known = false;
        for (const Name& name : names) {
            if (!equals_ignoring_case(name.name, word)) continue;
            bits |= name.bit;
            known = true;
        }
        if (!known && starts_with_ignoring_case(word, "0x")) {
            const std::optional<std::uint64_t> mask = parse_unsigned(std::string_view(word).substr(2), 16);
            if (mask) bits |= *mask;
            known = mask.has_value();
        }
        // Not worth losing TLS for.
        if (!known) log::warning("unknown {} value \"{}\" in \"{}\"", parameter, word, words);
    }
    return bits;
}

}  // namespace

void apply_options(SSL_CTX* context, const std::string& disabled_workarounds,
                   const std::string& ssl_options) {
    const std::uint64_t disabled = read_bits(disabled_workarounds, workarounds, "tls_disable_workarounds");
    const std::uint64_t enabled = read_bits(ssl_options, options, "tls_ssl_options");
    const auto usual = static_cast<std::uint64_t>(SSL_OP_ALL);
    SSL_CTX_set_options(context, usual & ~disabled);
    SSL_CTX_clear_options(context, usual & disabled);
    SSL_CTX_set_options(context, enabled);
}

}  // namespace postrider::tls

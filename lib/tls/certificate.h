// lib/tls/certificate.h - loading keys and certificates, and what a certificate says.
#pragma once

#include <openssl/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "lib/base/result.h"
#include "lib/tls/facts.h"

namespace postrider::tls {

// Where a side's own certificates come from.
struct KeyFiles {
    std::vector<std::string>
        chain_files;  // key, certificate and chain each; when set, the pairs are not used
    struct Pair {
        std::string certificate;
        std::string key;
    };
    std::vector<Pair> pairs;  // RSA, ECDSA, DSA, legacy style
};
// Reads and checks all of them before the context changes; the error names file and reason.
Result<void> load_keys(SSL_CTX* context, const KeyFiles& files);
// The same for one connection, from PEM text (key, certificate, chain; any number); replaces what it had.
Result<void> use_chain(SSL* connection, const std::string& pem);
// When the first of a context's own certificates ends, epoch seconds; 0 when it has none.
std::int64_t earliest_expiry(SSL_CTX* context);
// Trusted authorities; "" for none.  `append_default`: the system's as well.
Result<void> load_authorities(SSL_CTX* context, const std::string& file, const std::string& directory,
                              bool append_default);

// "AB:CD:...": digest ("sha256", "md5", ...) of the certificate, of its public key.
std::string fingerprint_of(X509* certificate, const std::string& digest);
std::string key_fingerprint_of(X509* certificate, const std::string& digest);
// "/C=DE/CN=mx.example.com".
std::string one_line(const X509_NAME* name);
// The library can compute this digest.
bool is_digest(const std::string& name);

// Everything of a finished handshake but Facts::trust beyond what OpenSSL's chain verification says.
Facts read_facts(SSL* connection, const std::string& fingerprint_digest);

}  // namespace postrider::tls

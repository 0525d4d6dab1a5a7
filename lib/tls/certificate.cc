// lib/tls/certificate.cc - loading keys and certificates, and what a certificate says.
#include "lib/tls/certificate.h"

#include <fmt/core.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <memory>

#include "lib/base/file.h"
#include "lib/base/text.h"
#include "lib/tls/connection.h"

namespace postrider::tls {

namespace {

template <auto free_it>
struct Free {
    template <class T>
    void operator()(T* thing) const {
        free_it(thing);
    }
};
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
struct StackFree {
    void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};
using Chain = std::unique_ptr<STACK_OF(X509), StackFree>;

// One identity that a side can show.
struct Identity {
    Key key;
    Certificate leaf;
    Chain chain{sk_X509_new_null()};
};

// A daemon cannot ask for the pass phrase of a key.
int no_pass_phrase(char*, int, int, void*) {
    return -1;
}

bool is_certificate(const std::string& name) {
    return name == PEM_STRING_X509 || name == PEM_STRING_X509_OLD || name == PEM_STRING_X509_TRUSTED;
}
bool is_key(const std::string& name) {
    return name.ends_with("PRIVATE KEY");
}

// Decodes the keys and certificates of a PEM file in their order; other blocks (parameters) are passed over.
template <class OnKey, class OnCertificate>
Result<void> read_pem(Bio file, OnKey on_key, OnCertificate on_certificate) {
    if (!file) return Error{take_errors()};
    for (;;) {
        char* name = nullptr;
        char* header = nullptr;
        unsigned char* data = nullptr;
        long size = 0;
        if (PEM_read_bio(file.get(), &name, &header, &data, &size) != 1) {
            const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
            if (at_end) ERR_clear_error();
            return at_end ? Result<void>() : Error{take_errors()};
        }
        const std::unique_ptr<char, Free<[](void*p) { OPENSSL_free(p); }>> name_owner(name),
            header_owner(header);
        const std::unique_ptr<unsigned char, Free<[](void* p) { OPENSSL_free(p); }>> data_owner(data);
        const unsigned char* at = data;
        if (is_certificate(name)) {
            Certificate certificate(std::string(name) == PEM_STRING_X509_TRUSTED
                                        ? d2i_X509_AUX(nullptr, &at, size)
                                        : d2i_X509(nullptr, &at, size));
            if (!certificate) return Error{take_errors()};
            on_certificate(std::move(certificate));
        } else if (is_key(name)) {
            if (*header != '\0' || std::string(name) == PEM_STRING_PKCS8)
                return Error{"the private key is encrypted"};
            Key key(d2i_AutoPrivateKey(nullptr, &at, size));
            if (!key) return Error{take_errors()};
            on_key(std::move(key));
        }
    }
}

// Null: `reason` says why.
Bio open_file(const std::string& path, std::string& reason) {
    ERR_clear_error();
    errno = 0;
    Bio file(BIO_new_file(path.c_str(), "r"));
    if (!file) {
        reason = errno_text();
        ERR_clear_error();
    }
    return file;
}

Error cannot_open(const std::string& path, const std::string& reason) {
    return Error{fmt::format("error opening chain file: {}: {}", path, reason)};
}

Error bad_chain(const std::string& path, const std::string& reason) {
    return Error{fmt::format("error loading chain from {}: {}", path, reason)};
}

Error trouble(const std::string& what, const std::string& path, const std::string& reason) {
    return Error{fmt::format("cannot get {} from file \"{}\": {}", what, path, reason)};
}

// "" when key and certificate belong together.
std::string mismatch_of(const Identity& identity) {
    ERR_clear_error();
    const bool match = X509_check_private_key(identity.leaf.get(), identity.key.get()) == 1;
    const std::string reason = take_errors();
    return match ? "" : reason.empty() ? "key values mismatch" : reason;
}

// Key, then its certificate, then the certificates above it; any number of such sequences a file.
Result<void> read_chain(Bio file, const std::string& path, std::vector<Identity>& identities) {
    const std::size_t before = identities.size();
    bool out_of_order = false;
    Result<void> read = read_pem(
        std::move(file),
        [&](Key key) {
            if (!identities.empty() && !identities.back().leaf) out_of_order = true;
            identities.emplace_back().key = std::move(key);
        },
        [&](Certificate certificate) {
            if (identities.empty()) {
                out_of_order = true;
            } else if (!identities.back().leaf) {
                identities.back().leaf = std::move(certificate);
            } else {
                sk_X509_push(identities.back().chain.get(), certificate.release());
            }
        });
    if (!read) return bad_chain(path, read.error());
    if (out_of_order) return bad_chain(path, "key not first");
    // The certificate of the last key may come in the next file; the caller looks at the very end.
    for (std::size_t i = before; i < identities.size(); ++i)
        if (identities[i].leaf && !mismatch_of(identities[i]).empty())
            return bad_chain(path, "a private key does not match its certificate");
    return {};
}

// `kind`: what main.cf calls it, "RSA".
Result<Identity> read_pair(const KeyFiles::Pair& pair, const std::string& kind) {
    Identity identity;
    std::string reason;
    Bio file = open_file(pair.certificate, reason);
    if (!file) return cannot_open(pair.certificate, reason);
    Result<void> read = read_pem(
        std::move(file), [](const Key&) {},
        [&identity](Certificate certificate) {
            if (!identity.leaf) {
                identity.leaf = std::move(certificate);
            } else {
                sk_X509_push(identity.chain.get(), certificate.release());
            }
        });
    if (read.ok() && !identity.leaf) read = Error{"no certificate in it"};
    if (!read) return trouble(kind + " certificate", pair.certificate, read.error());
    file = open_file(pair.key, reason);
    if (!file) return trouble(kind + " private key", pair.key, reason);
    read = read_pem(
        std::move(file),
        [&identity](Key key) {
            if (!identity.key) identity.key = std::move(key);
        },
        [](const Certificate&) {});
    if (read.ok() && !identity.key) read = Error{"no private key in it"};
    if (!read) return trouble(kind + " private key", pair.key, read.error());
    const std::string mismatch = mismatch_of(identity);
    if (!mismatch.empty()) return trouble(kind + " private key", pair.key, mismatch);
    return identity;
}

constexpr const char* incomplete = "no private key with a matching certificate in it";
bool is_complete(const std::vector<Identity>& identities) {
    return !identities.empty() && identities.back().leaf && mismatch_of(identities.back()).empty();
}

Result<std::vector<Identity>> read_identities(const KeyFiles& files) {
    std::vector<Identity> identities;
    for (const std::string& path : files.chain_files) {
        std::string reason;
        Bio file = open_file(path, reason);
        if (!file) return cannot_open(path, reason);
        Result<void> read = read_chain(std::move(file), path, identities);
        if (!read) return Error{read.error()};
    }
    if (!files.chain_files.empty()) {
        if (!is_complete(identities)) return bad_chain(files.chain_files.back(), incomplete);
        return identities;
    }
    static constexpr const char* kinds[] = {"RSA", "ECDSA", "DSA"};
    for (std::size_t i = 0; i < files.pairs.size(); ++i) {
        const KeyFiles::Pair& pair = files.pairs[i];
        if (pair.certificate.empty()) continue;
        const KeyFiles::Pair complete{pair.certificate, pair.key.empty() ? pair.certificate : pair.key};
        Result<Identity> identity = read_pair(complete, kinds[std::min<std::size_t>(i, 2)]);
        if (!identity) return Error{identity.error()};
        identities.push_back(std::move(*identity));
    }
    return identities;
}

std::string colon_hex(const unsigned char* bytes, unsigned size) {
    std::string text;
    for (unsigned i = 0; i < size; ++i) text += fmt::format("{}{:02X}", i == 0 ? "" : ":", bytes[i]);
    return text;
}

// A text entry of a name as printable UTF-8; "" when there is none or it is unfit.
std::string name_entry(const X509_NAME* name, int kind) {
    const int at = X509_NAME_get_index_by_NID(name, kind, -1);
    if (at < 0) return "";
    unsigned char* utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    if (size < 0) {
        ERR_clear_error();
        return "";
    }
    const std::string text(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size));
    OPENSSL_free(utf8);
    // A NUL in a name is an old attack on programs that stop there.
    if (text.find('\0') != std::string::npos || !is_valid_utf8(text)) return "";
    return printable(text);
}

std::string issuer_name(const X509_NAME* name) {
    std::string text = name_entry(name, NID_commonName);
    return text.empty() ? name_entry(name, NID_organizationName) : text;
}

// "prime256v1"; "" when the key has no named curve.
std::string curve_of(const EVP_PKEY* key) {
    char name[80] = "";
    std::size_t size = 0;
    if (EVP_PKEY_get_group_name(key, name, sizeof name, &size) != 1) return "";
    return name;
}

std::string key_exchange_of(SSL* connection) {
    EVP_PKEY* exchanged = nullptr;
    if (SSL_get_peer_tmp_key(connection, &exchanged) != 1) return "";
    const Key key(exchanged);
    const int kind = EVP_PKEY_get_base_id(key.get());
    if (kind == EVP_PKEY_EC) return fmt::format("ECDHE ({})", curve_of(key.get()));
    if (kind == EVP_PKEY_DH) return fmt::format("DHE ({} bits)", EVP_PKEY_get_bits(key.get()));
    const char* name = OBJ_nid2sn(kind);
    return name == nullptr ? "" : name;
}

// "RSA-PSS (2048 bits)", "ECDSA (prime256v1)", "Ed25519": a signature made with this key.
std::string signature_text(const EVP_PKEY* key, int kind) {
    if (key == nullptr) return "";
    switch (kind) {
        case EVP_PKEY_RSA_PSS:
            return fmt::format("RSA-PSS ({} bits)", EVP_PKEY_get_bits(key));
        case EVP_PKEY_RSA:
            return fmt::format("RSA ({} bits)", EVP_PKEY_get_bits(key));
        case EVP_PKEY_EC:
            return fmt::format("ECDSA ({})", curve_of(key));
        default: {
            const char* name = OBJ_nid2sn(kind);
            return name == nullptr ? "" : name;
        }
    }
}

// The kind that this key makes in TLS 1.3.
std::string usual_signature(const EVP_PKEY* key) {
    const int kind = EVP_PKEY_get_base_id(key);
    return signature_text(key, kind == EVP_PKEY_RSA ? EVP_PKEY_RSA_PSS : kind);
}

std::string digest_text(int digest) {
    return digest == NID_undef ? "" : OBJ_nid2sn(digest);
}

// Who signed what in a TLS 1.3 handshake.
void read_signatures(SSL* connection, const X509* peer, Facts& facts) {
    const bool server = SSL_is_server(connection) == 1;
    int kind = NID_undef;
    int digest = NID_undef;
    const X509* own = SSL_get_certificate(connection);
    if (own != nullptr && SSL_get_signature_type_nid(connection, &kind) == 1) {
        if (SSL_get_signature_nid(connection, &digest) != 1) digest = NID_undef;
        const std::string text = signature_text(X509_get0_pubkey(own), kind);
        (server ? facts.server_signature : facts.client_signature) = text;
        (server ? facts.server_digest : facts.client_digest) = digest_text(digest);
    }
    kind = digest = NID_undef;
    if (peer != nullptr && SSL_get_peer_signature_type_nid(connection, &kind) == 1) {
        if (SSL_get_peer_signature_nid(connection, &digest) != 1) digest = NID_undef;
        const std::string text = signature_text(X509_get0_pubkey(peer), kind);
        (server ? facts.client_signature : facts.server_signature) = text;
        (server ? facts.client_digest : facts.server_digest) = digest_text(digest);
    }
}

std::string serial_of(const X509* certificate) {
    BIGNUM* number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr);
    char* text = number == nullptr ? nullptr : BN_bn2hex(number);
    std::string serial = text == nullptr ? "" : text;
    OPENSSL_free(text);
    BN_free(number);
    return serial;
}

// Why the chain does not vouch for the peer, as an administrator wants to read it.
std::string verification_text(long reason, const X509* peer) {
    switch (reason) {
        case X509_V_OK:
            return "";
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            return fmt::format("untrusted issuer {}", one_line(X509_get_issuer_name(peer)));
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
            return "self-signed certificate";
        case X509_V_ERR_CERT_NOT_YET_VALID:
        case X509_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD:
            return "certificate not yet valid";
        case X509_V_ERR_CERT_HAS_EXPIRED:
        case X509_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD:
            return "certificate has expired";
        case X509_V_ERR_INVALID_PURPOSE:
            return "not designated for use as a peer certificate of this kind";
        case X509_V_ERR_CERT_CHAIN_TOO_LONG:
            return "certificate chain longer than the verification depth";
        default:
            return fmt::format("num={}:{}", reason, X509_verify_cert_error_string(reason));
    }
}

std::string digest_of(const std::string& digest, const unsigned char* bytes, std::size_t size) {
    ERR_clear_error();
    const EVP_MD* algorithm = EVP_get_digestbyname(digest.c_str());
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    if (algorithm == nullptr || EVP_Digest(bytes, size, sum, &length, algorithm, nullptr) != 1) {
        ERR_clear_error();
        return "";
    }
    return colon_hex(sum, length);
}

}  // namespace

Result<void> load_keys(SSL_CTX* context, const KeyFiles& files) {
    Result<std::vector<Identity>> identities = read_identities(files);
    if (!identities) return Error{identities.error()};
    // No file of ours may make OpenSSL prompt on a terminal.
    SSL_CTX_set_default_passwd_cb(context, no_pass_phrase);
    ERR_clear_error();
    for (const Identity& identity : *identities) {
        if (SSL_CTX_use_cert_and_key(context, identity.leaf.get(), identity.key.get(), identity.chain.get(),
                                     1) != 1)
            return Error{fmt::format("cannot use the certificate of \"{}\": {}",
                                     one_line(X509_get_subject_name(identity.leaf.get())), take_errors())};
    }
    return {};
}

Result<void> use_chain(SSL* connection, const std::string& pem) {
    ERR_clear_error();
    std::vector<Identity> identities;
    Result<void> read =
        read_chain(Bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))), "the table", identities);
    if (!read.ok()) return read;
    if (!is_complete(identities)) return Error{incomplete};
    SSL_certs_clear(connection);
    for (const Identity& identity : identities)
        if (SSL_use_cert_and_key(connection, identity.leaf.get(), identity.key.get(), identity.chain.get(),
                                 1) != 1)
            return Error{take_errors()};
    return {};
}

std::int64_t earliest_expiry(SSL_CTX* context) {
    std::int64_t earliest = 0;
    for (long more = SSL_CTX_set_current_cert(context, SSL_CERT_SET_FIRST); more == 1;
         more = SSL_CTX_set_current_cert(context, SSL_CERT_SET_NEXT)) {
        const X509* certificate = SSL_CTX_get0_certificate(context);
        if (certificate == nullptr) continue;
        std::tm broken{};
        if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &broken) != 1) continue;
        const std::int64_t end = timegm(&broken);
        if (earliest == 0 || end < earliest) earliest = end;
    }
    ERR_clear_error();
    return earliest;
}

Result<void> load_authorities(SSL_CTX* context, const std::string& file, const std::string& directory,
                              bool append_default) {
    if (file.empty() && directory.empty()) return {};
    ERR_clear_error();
    const bool loaded = SSL_CTX_load_verify_locations(context, file.empty() ? nullptr : file.c_str(),
                                                      directory.empty() ? nullptr : directory.c_str()) == 1 &&
                        (!append_default || SSL_CTX_set_default_verify_paths(context) == 1);
    if (!loaded) {
        std::string what;
        if (!file.empty()) what += fmt::format(", CAfile=\"{}\"", file);
        if (!directory.empty()) what += fmt::format(", CApath=\"{}\"", directory);
        return Error{fmt::format("cannot load Certification Authority data{}: {}", what, take_errors())};
    }
    return {};
}

std::string one_line(const X509_NAME* name) {
    char text[256] = "";
    X509_NAME_oneline(name, text, sizeof text);
    return printable(text, '?', true);
}

std::string fingerprint_of(X509* certificate, const std::string& digest) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate, &der);
    if (size <= 0) return "";
    std::string text = digest_of(digest, der, static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return text;
}

std::string key_fingerprint_of(X509* certificate, const std::string& digest) {
    unsigned char* der = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
    if (size <= 0) return "";
    std::string text = digest_of(digest, der, static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return text;
}

bool is_digest(const std::string& name) {
    const EVP_MD* algorithm = EVP_get_digestbyname(name.c_str());
    ERR_clear_error();
    return algorithm != nullptr;
}

Facts read_facts(SSL* connection, const std::string& fingerprint_digest) {
    Facts facts;
    facts.protocol = SSL_get_version(connection);
    if (const SSL_CIPHER* cipher = SSL_get_current_cipher(connection)) {
        facts.cipher = SSL_CIPHER_get_name(cipher);
        facts.bits_used = SSL_CIPHER_get_bits(cipher, &facts.bits_available);
    }
    facts.resumed = SSL_session_reused(connection) == 1;
    if (const char* name = SSL_get_servername(connection, TLSEXT_NAMETYPE_host_name))
        facts.server_name = printable(name, '?', true);
    const Certificate peer(SSL_get1_peer_certificate(connection));
    if (SSL_version(connection) >= TLS1_3_VERSION) {
        facts.key_exchange = key_exchange_of(connection);
        // Compat: a resumed session names our key, which signed nothing this time.
        if (!facts.resumed)
            read_signatures(connection, peer.get(), facts);
        else if (SSL_is_server(connection) == 1 && SSL_get_certificate(connection) != nullptr)
            facts.server_signature = usual_signature(X509_get0_pubkey(SSL_get_certificate(connection)));
    }
    if (peer) {
        const long reason = SSL_get_verify_result(connection);
        facts.trust = reason == X509_V_OK ? Trust::trusted : Trust::untrusted;
        facts.verification_error = verification_text(reason, peer.get());
        facts.subject = name_entry(X509_get_subject_name(peer.get()), NID_commonName);
        facts.issuer = issuer_name(X509_get_issuer_name(peer.get()));
        facts.subject_line = one_line(X509_get_subject_name(peer.get()));
        facts.issuer_line = one_line(X509_get_issuer_name(peer.get()));
        facts.serial = serial_of(peer.get());
        facts.fingerprint = fingerprint_of(peer.get(), fingerprint_digest);
        facts.key_fingerprint = key_fingerprint_of(peer.get(), fingerprint_digest);
    }
    ERR_clear_error();
    return facts;
}

}  // namespace postrider::tls

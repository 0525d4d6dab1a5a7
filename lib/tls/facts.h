// lib/tls/facts.h - what a TLS handshake agreed on, and who the peer is.
//
// Plain values, copied out of OpenSSL once: log lines, Received headers, restrictions, policy requests and
// milter macros are made of them, and they may outlive the connection.
#pragma once

#include <string>

namespace postrider::tls {

// How much is known of the peer's identity; a later one includes the earlier ones.
enum class Trust {
    anonymous,  // no certificate
    untrusted,  // a certificate that no trusted authority vouches for
    trusted,    // its chain ends at a trusted authority
    verified,   // and it is the one that was asked for: name, fingerprint or TLSA record
};
// "Anonymous", "Untrusted", "Trusted", "Verified": first word of "... TLS connection established ...".
const char* trust_name(Trust trust);

struct Facts {
    std::string protocol;  // "TLSv1.3"
    std::string cipher;    // "TLS_AES_256_GCM_SHA384"
    int bits_used = 0;     // of the cipher's key
    int bits_available = 0;
    bool resumed = false;     // from a session cache or ticket
    bool by_ticket = false;   // from a ticket; of a server only
    std::string server_name;  // SNI the client asked for, "" when none

    // Of TLS 1.3, where the cipher does not tell: "X25519", "ECDSA (prime256v1)", "SHA256"; "" when unknown.
    std::string key_exchange;
    std::string server_signature;
    std::string server_digest;
    std::string client_signature;  // "" when the client showed no certificate
    std::string client_digest;

    Trust trust = Trust::anonymous;
    // The peer's certificate; "" without one.  Names are UTF-8 with anything unprintable replaced.
    std::string subject;       // CommonName
    std::string issuer;        // CommonName, or organisation, of the issuer
    std::string subject_line;  // "/CN=a.example/O=..."
    std::string issuer_line;
    std::string serial;              // hexadecimal
    std::string fingerprint;         // "AB:CD:...": digest of the certificate
    std::string key_fingerprint;     // digest of its public key (SubjectPublicKeyInfo)
    std::string verification_error;  // OpenSSL's reason why trust is not higher, "" when there is none

    bool has_certificate() const { return trust != Trust::anonymous; }
    // "TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)", as the log and Received headers say it.
    std::string summary() const;
    // " key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256 ...", "" below TLS 1.3.
    std::string details() const;
};

}  // namespace postrider::tls

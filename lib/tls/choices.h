// lib/tls/choices.h - protocols, cipher grades, exclusions, groups: main.cf's words applied to an SSL_CTX or
// an SSL.
//
// Server and client take the same words: "!SSLv2, !SSLv3", ">=TLSv1.2"; grades high, medium, low, export,
// null.
#pragma once

#include <openssl/types.h>

#include <string>

#include "lib/base/result.h"

namespace postrider::tls {

// The lists of the tls_*_cipherlist parameters: what a grade means.
struct CipherLists {
    std::string high, medium, low, export_grade, null;
};

// What may be agreed on with a peer.
struct Choices {
    std::string protocols;  // ">=TLSv1"
    std::string grade;      // "medium"
    std::string exclude;    // "aNULL, MD5", more than one list may be joined
    CipherLists lists;
    bool anonymous = true;  // ciphers without certificate are fine (client at `may` and `encrypt`)
};

// The error names the word that is none.
Result<void> apply_choices(SSL_CTX* context, const Choices& choices);
Result<void> apply_choices(SSL* connection, const Choices& choices);
// OpenSSL's list of ciphers, for the log.
std::string cipher_list_text(const Choices& choices);

// What apply_choices() would object to, as the log of mail systems puts it; "": nothing.
std::string objection_to(const Choices& choices);

// tls_eecdh_auto_curves, tls_ffdhe_auto_groups: unknown curves are passed over, with a warning;
// nothing left: the library's own choice.
Result<void> apply_groups(SSL_CTX* context, const std::string& curves, const std::string& ffdhe_groups);

}  // namespace postrider::tls

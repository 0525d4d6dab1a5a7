// lib/tls/log_choices.h - the words of smtp_tls_loglevel and its kind.
#pragma once

#include <string>
#include <string_view>

#include "lib/base/result.h"

namespace postrider::tls {

struct LogChoices {
    bool summary = false;           // one line for each handshake
    bool untrusted = false;         // why a certificate is not trusted
    bool peer_certificate = false;  // subject, issuer, fingerprints
    bool match = false;             // which name, fingerprint or TLSA record matched
    bool cache = false;             // sessions found, kept, removed
    bool verbose = false;           // all of the above
    bool debug = false;             // the steps of the handshake
    bool handshake_dump = false;    // its messages in hexadecimal

    bool wants_match() const { return match || verbose; }
    bool wants_certificate() const { return peer_certificate || verbose; }
    bool wants_cache() const { return cache || verbose; }
};

// "0" to "4", or names: none, routine, summary, debug, ssl-expert, ssl-developer, ssl-debug,
// ssl-handshake-packet-dump, ssl-session-packet-dump, untrusted, peercert, certmatch, cache, verbose.  The
// error names the word that is none.
Result<LogChoices> parse_log_choices(std::string_view text);

}  // namespace postrider::tls

// lib/tls/client.h - the client's side: what is demanded of a server, and whether it proved to be that one.
//
// The chain of the server's certificate is always checked, and the handshake always ends: only afterwards is
// it decided what the outcome is worth.  Names are compared here (RFC 6125), TLSA records by OpenSSL
// (RFC 7671, RFC 7672).  Nothing here logs but log_handshake().
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "lib/base/result.h"
#include "lib/tls/certificate.h"
#include "lib/tls/choices.h"
#include "lib/tls/connection.h"
#include "lib/tls/facts.h"
#include "lib/tls/log_choices.h"
#include "lib/tls/session_store.h"

namespace postrider::tls {

// A TLSA record, RFC 6698 2.1.
struct TlsaRecord {
    std::uint8_t usage = 0;
    std::uint8_t selector = 0;
    std::uint8_t matching_type = 0;
    std::string data;
    bool operator<(const TlsaRecord& other) const;
};
// RFC 7672 3.1: usages 2 and 3, known selectors, and data that can be what the matching type says.  `digests`
// are the names of tls_dane_digests ("sha512 sha256"): others count as unknown.
bool is_usable(const TlsaRecord& record, const std::string& digests);

// What all connections of a process share.
struct ClientSetup {
    KeyFiles keys;
    std::string authorities_file;
    std::string authorities_directory;
    bool append_default_authorities = false;
    int verify_depth = 9;
    std::string curves;
    std::string ffdhe_groups;
    std::string options;               // tls_ssl_options
    std::string disabled_workarounds;  // tls_disable_workarounds
    std::string dane_digests = "sha512 sha256";
    std::string fingerprint_digest = "sha256";
    bool multi_label_wildcards = true;
    long session_lifetime = 3600;  // seconds
};

// How the server is to be recognised.
enum class Identity {
    unchecked,    // anybody will do
    names,        // a trusted certificate for one of the names
    fingerprint,  // a certificate, or a public key, with one of the fingerprints
    tlsa,         // a TLSA record matches; for usage 2 one of the names as well
};

// What is demanded of one connection.
struct Demand {
    Choices choices;
    Identity identity = Identity::unchecked;
    std::vector<std::string> names;         // ".example.com": any host below it
    std::vector<std::string> fingerprints;  // "AB:CD:...", in any case
    std::vector<TlsaRecord> tlsa;           // usable ones
    // Names: authorities that count instead of those of the setup, certificates or public keys in PEM.
    std::vector<std::string> anchor_files;
    std::string server_name;  // SNI; "": none
    // Under which a session is found again; it must tell everything above apart.  "": not kept.
    std::string session_id;
    LogChoices log;
    std::string peer;  // "host[address]:25", for debugging output
};

// The outcome of a handshake.
struct Agreed {
    Facts facts;              // trust is verified when the identity was checked and is the right one
    bool identified = false;  // the server is what was demanded
    std::string match;        // what of the certificate matched, for the log
    std::optional<int> anchor_depth = std::nullopt;  // where in the chain the trust anchor of a file is
};

class ClientContext {
  public:
    static Result<std::unique_ptr<ClientContext>> make(const ClientSetup& setup);

    // The handshake, by the stream's deadline.  `store` may be null, else it outlives the connection.  The
    // error is one line; the stream is of no use then.  PeerGone when the server left or was too slow.
    async::Task<Result<Agreed>> start(async::Stream& stream, Demand demand, SessionStore* store) const;

  private:
    explicit ClientContext(Context context, const ClientSetup& setup)
        : context_(std::move(context)), setup_(setup) {}
    Result<void> prepare(SSL* ssl, const Demand& demand) const;
    Agreed judge(SSL* ssl, const Demand& demand) const;

    Context context_;
    ClientSetup setup_;
};

// SHA-256 in hexadecimal, to make a session id of a long description.
std::string digest_of_text(const std::string& text);

// Gives the session tickets that arrived since to the store.  To be called when the server has said something
// (TLS 1.3 sends tickets after the handshake), for connections whose server was identified.
async::Task<> keep_session(async::Stream& stream);

// "Trusted TLS connection established to PEER: ...", and what else the choices ask for.
void log_handshake(const Agreed& agreed, const std::string& peer, const LogChoices& choices,
                   const char* usage = "established");

// Prints the server's certificates, each with its names and fingerprints, on standard output.
void print_chain(const async::Stream& stream, const std::string& digest);

}  // namespace postrider::tls

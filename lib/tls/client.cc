// lib/tls/client.cc - the client's side of TLS.
#include "lib/tls/client.h"

#include <fmt/core.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <optional>
#include <tuple>
#include <utility>

#include "lib/base/log.h"
#include "lib/base/socket_address.h"
#include "lib/base/text.h"
#include "lib/tls/options.h"
#include "lib/tls/trace.h"

namespace postrider::tls {

namespace {

constexpr std::uint8_t usage_anchor = 2;      // DANE-TA
constexpr std::uint8_t usage_end_entity = 3;  // DANE-EE
constexpr std::size_t longest_server_name = 255;

struct CertificateFree {
    void operator()(X509* certificate) const { X509_free(certificate); }
};
using Certificate = std::unique_ptr<X509, CertificateFree>;

const unsigned char* bytes(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// What hangs at a connection for its callbacks: which sessions it was given, and where they belong.
struct Attached {
    std::string session_id;
    SessionStore* store = nullptr;
    std::string newest;  // the session that arrived last and was not given to the store yet
    LogChoices log;
    std::string peer;
};

void free_attached(void*, void* attached, CRYPTO_EX_DATA*, int, long, void*) {
    delete static_cast<Attached*>(attached);
}

int attached_index() {
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, free_attached);
    return index;
}

Attached* attached_to(const SSL* ssl) {
    return static_cast<Attached*>(SSL_get_ex_data(ssl, attached_index()));
}

int session_arrived(SSL* ssl, SSL_SESSION* session) {
    Attached* attached = attached_to(ssl);
    if (attached == nullptr || attached->store == nullptr || SSL_SESSION_is_resumable(session) != 1) return 0;
    const int size = i2d_SSL_SESSION(session, nullptr);
    if (size <= 0) return 0;
    attached->newest.resize(static_cast<std::size_t>(size));
    auto* out = reinterpret_cast<unsigned char*>(attached->newest.data());
    i2d_SSL_SESSION(session, &out);
    return 0;  // the library may free it
}

void note_step(const SSL* ssl, int where, int result) {
    const Attached* attached = attached_to(ssl);
    if (attached != nullptr && attached->log.debug) log_step(ssl, where, result);
}

// Decides nothing: what the library thinks of the chain stays as it is.
int note_certificate(int ok, X509_STORE_CTX* chain) {
    const auto* ssl =
        static_cast<SSL*>(X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx()));
    const Attached* attached = ssl == nullptr ? nullptr : attached_to(ssl);
    if (attached != nullptr && attached->log.verbose) log_certificate(attached->peer, ok, chain);
    return ok;
}

void dump_message(int written, int, int type, const void* data, std::size_t size, SSL*, void*) {
    log_message(written != 0, type, data, size);
}

bool is_known_digest(std::uint8_t matching_type, const std::string& digests) {
    const std::string name = matching_type == 1 ? "sha256" : "sha512";
    for (const std::string& word : split_words(digests))
        if (equals_ignoring_case(word.substr(0, word.find('=')), name)) return true;
    return false;
}

// Matching type 0: the whole certificate, or the whole public key, in DER.
bool is_complete(const TlsaRecord& record) {
    const unsigned char* at = bytes(record.data);
    const unsigned char* const end = at + record.data.size();
    ERR_clear_error();
    bool whole = false;
    if (record.selector == 0) {
        const Certificate certificate(d2i_X509(nullptr, &at, static_cast<long>(record.data.size())));
        whole = certificate != nullptr && at == end;
    } else {
        EVP_PKEY* key = d2i_PUBKEY(nullptr, &at, static_cast<long>(record.data.size()));
        whole = key != nullptr && at == end;
        EVP_PKEY_free(key);
    }
    ERR_clear_error();
    return whole;
}

// The strength that OpenSSL prefers digests by follows the order of tls_dane_digests.
Result<void> enable_dane(SSL_CTX* context, const std::string& digests) {
    if (SSL_CTX_dane_enable(context) != 1) return Error{take_errors()};
    const std::vector<std::string> words = split_words(digests);
    std::uint8_t rank = 0;
    for (const std::string& word : words) {
        const std::string name = lower(word.substr(0, word.find('=')));
        if (name != "sha256" && name != "sha512") {
            if (EVP_get_digestbyname(name.c_str()) == nullptr)
                return Error{fmt::format("unknown digest \"{}\" in tls_dane_digests", word)};
        }
        ++rank;
    }
    for (const std::string& word : words) {
        const std::string name = lower(word.substr(0, word.find('=')));
        const EVP_MD* digest = EVP_get_digestbyname(name.c_str());
        std::uint8_t type = name == "sha256" ? 1 : name == "sha512" ? 2 : 0;
        if (const std::size_t equals = word.find('='); equals != std::string::npos) {
            const auto number = parse_int(word.substr(equals + 1));
            if (!number || *number < 1 || *number > 254 || (type != 0 && *number != type))
                return Error{fmt::format("bad matching type of a digest in tls_dane_digests: {}", word)};
            type = static_cast<std::uint8_t>(*number);
        }
        if (type == 0)
            return Error{fmt::format("tls_dane_digests: the digest {} needs the number of its type", word)};
        if (SSL_CTX_dane_mtype_set(context, digest, type, rank--) != 1) return Error{take_errors()};
    }
    for (const std::uint8_t type : {std::uint8_t{1}, std::uint8_t{2}})
        if (!is_known_digest(type, digests)) SSL_CTX_dane_mtype_set(context, nullptr, type, 0);
    return {};
}

bool add_record(SSL* ssl, const TlsaRecord& record) {
    return SSL_dane_tlsa_add(ssl, record.usage, record.selector, record.matching_type, bytes(record.data),
                             record.data.size()) > 0;
}

// The certificates and public keys of a file as records that name them as authorities.
Result<void> add_anchors(SSL* ssl, const std::string& path) {
    ERR_clear_error();
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> file(BIO_new_file(path.c_str(), "r"), BIO_free_all);
    if (!file) return Error{fmt::format("cannot open the trust anchor file {}: {}", path, take_errors())};
    int count = 0;
    char* name = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long size = 0;
    while (PEM_read_bio(file.get(), &name, &header, &data, &size) == 1) {
        TlsaRecord record;
        record.usage = usage_anchor;
        record.selector = std::strcmp(name, PEM_STRING_PUBLIC) == 0 ? 1 : 0;
        record.data.assign(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
        const bool known = record.selector == 1 || std::strcmp(name, PEM_STRING_X509) == 0 ||
                           std::strcmp(name, PEM_STRING_X509_OLD) == 0;
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_free(data);
        if (known && add_record(ssl, record)) ++count;
    }
    ERR_clear_error();
    if (count == 0) return Error{fmt::format("no certificate or public key in the file {}", path)};
    return {};
}

std::string normal_fingerprint(std::string_view text) {
    return upper(replace_all(trim(text), ":", ""));
}

std::string matched_fingerprint(const Facts& facts, const std::vector<std::string>& wanted) {
    for (const std::string& text : wanted) {
        const std::string one = normal_fingerprint(text);
        if (one.empty()) continue;
        if (one == normal_fingerprint(facts.fingerprint)) return facts.fingerprint;
        if (one == normal_fingerprint(facts.key_fingerprint)) return facts.key_fingerprint;
    }
    return "";
}

// The name that the certificate is for, "" when it is for none of them.  RFC 6125 6.4.
std::string matched_name(X509* certificate, const std::vector<std::string>& names, bool multi_label) {
    unsigned flags = X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
    if (multi_label) flags |= X509_CHECK_FLAG_MULTI_LABEL_WILDCARDS;
    for (const std::string& name : names) {
        // A lone dot would match every name.
        if (name.empty() || name == ".") continue;
        char* peer_name = nullptr;
        if (X509_check_ip_asc(certificate, name.c_str(), 0) == 1) return name;
        const bool match =
            X509_check_host(certificate, name.data(), name.size(), flags, &peer_name) == 1 && peer_name;
        std::string text = match ? printable(peer_name, '?', true) : "";
        OPENSSL_free(peer_name);
        if (match) return text;
    }
    ERR_clear_error();
    return "";
}

// "EE certificate at depth 0: 3 1 1 AB12...": the record that matched; "" without one.
std::string matched_record(SSL* ssl, std::uint8_t& usage) {
    EVP_PKEY* key = nullptr;
    const int depth = SSL_get0_dane_authority(ssl, nullptr, &key);
    if (depth < 0) return "";
    std::uint8_t selector = 0;
    std::uint8_t type = 0;
    const unsigned char* data = nullptr;
    std::size_t size = 0;
    SSL_get0_dane_tlsa(ssl, &usage, &selector, &type, &data, &size);
    const char* what = key != nullptr ? "TA public key verified certificate"
                       : depth > 0    ? "TA certificate"
                                      : "EE certificate";
    constexpr std::size_t shown = 32;
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    return fmt::format("{} at depth {}: {} {} {} {}{}", what, depth, usage, selector, type,
                       hex_encode(all.substr(0, shown)), size > shown ? "..." : "");
}

}  // namespace

bool TlsaRecord::operator<(const TlsaRecord& other) const {
    return std::tie(usage, selector, matching_type, data) <
           std::tie(other.usage, other.selector, other.matching_type, other.data);
}

bool is_usable(const TlsaRecord& record, const std::string& digests) {
    if (record.usage != usage_anchor && record.usage != usage_end_entity) return false;
    if (record.selector > 1 || record.data.empty()) return false;
    switch (record.matching_type) {
        case 0:
            return is_complete(record);
        case 1:
            return record.data.size() == 32 && is_known_digest(1, digests);
        case 2:
            return record.data.size() == 64 && is_known_digest(2, digests);
        default:
            break;
    }
    // A private matching type that the administrator gave a number: "sha384=200".
    for (const std::string& word : split_words(digests)) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos || word.substr(equals + 1) != std::to_string(record.matching_type))
            continue;
        const EVP_MD* digest = EVP_get_digestbyname(lower(word.substr(0, equals)).c_str());
        return digest != nullptr && record.data.size() == static_cast<std::size_t>(EVP_MD_get_size(digest));
    }
    return false;
}

Result<std::unique_ptr<ClientContext>> ClientContext::make(const ClientSetup& setup) {
    Result<Context> made = make_context(Role::client);
    if (!made) return Error{made.error()};
    SSL_CTX* context = made->get();
    if (!is_digest(setup.fingerprint_digest))
        return Error{fmt::format("digest algorithm \"{}\" not found", setup.fingerprint_digest)};
    apply_options(context, setup.disabled_workarounds, setup.options);
    for (const Result<void>& step :
         {load_keys(context, setup.keys), apply_groups(context, setup.curves, setup.ffdhe_groups),
          load_authorities(context, setup.authorities_file, setup.authorities_directory,
                           setup.append_default_authorities),
          enable_dane(context, setup.dane_digests)})
        if (!step) return Error{step.error()};
    SSL_CTX_set_verify_depth(context, setup.verify_depth);
    SSL_CTX_set_session_cache_mode(
        context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL | SSL_SESS_CACHE_NO_AUTO_CLEAR);
    SSL_CTX_set_timeout(context, setup.session_lifetime);
    SSL_CTX_sess_set_new_cb(context, session_arrived);
    SSL_CTX_set_info_callback(context, note_step);
    return std::unique_ptr<ClientContext>(new ClientContext(std::move(*made), setup));
}

Result<void> ClientContext::prepare(SSL* ssl, const Demand& demand) const {
    if (const Result<void> applied = apply_choices(ssl, demand.choices); !applied) return applied;
    // The chain is checked all the same; what came of that is looked at afterwards.
    SSL_set_verify(ssl, SSL_VERIFY_NONE, note_certificate);
    const bool own_anchors = demand.identity == Identity::names && !demand.anchor_files.empty();
    if (own_anchors || demand.identity == Identity::tlsa) {
        if (SSL_dane_enable(ssl, nullptr) != 1) return Error{take_errors()};
        // RFC 7672 3.1.1: with usage 3 neither names nor dates count.
        SSL_dane_set_flags(ssl, DANE_FLAG_NO_DANE_EE_NAMECHECKS);
    }
    if (own_anchors)
        for (const std::string& path : demand.anchor_files)
            if (const Result<void> added = add_anchors(ssl, path); !added) return added;
    if (demand.identity == Identity::tlsa) {
        int usable = 0;
        for (const TlsaRecord& record : demand.tlsa) usable += add_record(ssl, record) ? 1 : 0;
        ERR_clear_error();
        if (usable == 0) return Error{"all TLSA records are unusable"};
    }
    // RFC 6066 3: host names only.
    if (!demand.server_name.empty() && demand.server_name.size() <= longest_server_name)
        SSL_set_tlsext_host_name(ssl, demand.server_name.c_str());
    if (demand.log.handshake_dump) SSL_set_msg_callback(ssl, dump_message);
    return {};
}

namespace {

bool is_address(const std::string& name) {
    return SocketAddress::from_ip(name).has_value();
}

void note_mismatch(Facts& facts, const char* reason) {
    facts.trust = Trust::untrusted;
    facts.verification_error = reason;
}

}  // namespace

Agreed ClientContext::judge(SSL* ssl, const Demand& demand) const {
    Agreed agreed;
    agreed.facts = read_facts(ssl, setup_.fingerprint_digest);
    Facts& facts = agreed.facts;
    const Certificate certificate(SSL_get1_peer_certificate(ssl));
    const bool trusted = certificate != nullptr && facts.trust == Trust::trusted;
    const auto name = [&] {
        return matched_name(certificate.get(), demand.names, setup_.multi_label_wildcards);
    };
    switch (demand.identity) {
        case Identity::unchecked:
            agreed.identified = true;
            return agreed;
        case Identity::fingerprint:
            if (certificate) agreed.match = matched_fingerprint(facts, demand.fingerprints);
            agreed.identified = !agreed.match.empty();
            if (agreed.identified)
                agreed.match.insert(0, "Matched fingerprint: ");
            else
                note_mismatch(facts, "num=65:no matching DANE TLSA records");
            break;
        case Identity::names:
            // Told of even when it is worth nothing: it helps whoever looks for the mistake.
            if (certificate) agreed.match = name();
            agreed.identified = trusted && !agreed.match.empty();
            if (!agreed.match.empty()) agreed.match.insert(0, "matched peername: ");
            if (trusted && !demand.anchor_files.empty() && SSL_get0_verified_chain(ssl) != nullptr)
                agreed.anchor_depth = sk_X509_num(SSL_get0_verified_chain(ssl)) - 1;
            // Compat: the name is part of what is verified.
            if (trusted && !agreed.identified)
                note_mismatch(facts, std::all_of(demand.names.begin(), demand.names.end(), is_address)
                                         ? "num=64:IP address mismatch"
                                         : "num=62:hostname mismatch");
            break;
        case Identity::tlsa: {
            std::uint8_t usage = 0;
            agreed.match = trusted && !facts.resumed ? matched_record(ssl, usage) : "";
            // A session is kept only when the server was identified, under an id that tells demands apart.
            agreed.identified = trusted && (facts.resumed || !agreed.match.empty());
            if (agreed.identified && usage == usage_anchor) agreed.identified = !name().empty();
            if (!agreed.match.empty()) agreed.match.insert(0, "Matched DANE ");
            if (!agreed.identified) note_mismatch(facts, "num=65:no matching DANE TLSA records");
            break;
        }
    }
    if (agreed.identified) facts.trust = Trust::verified;
    return agreed;
}

async::Task<Result<Agreed>> ClientContext::start(async::Stream& stream, Demand demand,
                                                 SessionStore* store) const {
    Result<Ssl> made = make_ssl(context_.get());
    if (!made) co_return Error{made.error()};
    SSL* const ssl = made->get();
    const Result<void> prepared = prepare(ssl, demand);
    if (!prepared) co_return Error{prepared.error()};
    auto* const attached = new Attached;
    SSL_set_ex_data(ssl, attached_index(), attached);
    attached->session_id = demand.session_id;
    attached->store = demand.session_id.empty() ? nullptr : store;
    attached->log = demand.log;
    attached->peer = demand.peer;
    if (demand.log.debug) {
        log::info("setting up TLS connection to {}", demand.peer);
        log::info("{}: TLS cipher list \"{}\"", demand.peer, cipher_list_text(demand.choices));
    }
    if (attached->store != nullptr) {
        const std::optional<std::string> found = co_await store->find(demand.session_id);
        if (found) {
            const unsigned char* at = bytes(*found);
            SSL_SESSION* session = d2i_SSL_SESSION(nullptr, &at, static_cast<long>(found->size()));
            if (session != nullptr) SSL_set_session(ssl, session);
            if (demand.log.wants_cache())
                log::info("reloaded session {} from the client cache", demand.session_id);
            SSL_SESSION_free(session);
            ERR_clear_error();
        }
    }
    bool gone = true;
    async::PeerGone::Why why = async::PeerGone::Why::reset;
    Result<void> done = Error{""};
    try {
        done = co_await handshake(stream, std::move(*made), Role::client);
        gone = false;
    } catch (const async::PeerGone& peer_gone) {
        why = peer_gone.why;
    }
    if (!done && store != nullptr && !demand.session_id.empty()) co_await store->remove(demand.session_id);
    if (gone) throw async::PeerGone(why);
    if (!done) co_return Error{done.error()};
    Agreed agreed = judge(ssl, demand);
    if (!agreed.identified) {
        attached->store = nullptr;
        attached->newest.clear();
    }
    co_await keep_session(stream);
    co_return std::move(agreed);
}

std::string digest_of_text(const std::string& text) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha256(), nullptr) != 1) return "";
    return hex_encode({reinterpret_cast<const char*>(digest), size});
}

async::Task<> keep_session(async::Stream& stream) {
    SSL* const ssl = ssl_of(stream);
    Attached* const attached = ssl == nullptr ? nullptr : attached_to(ssl);
    if (attached == nullptr || attached->store == nullptr || attached->newest.empty()) co_return;
    if (attached->log.wants_cache()) log::info("save session {} to the client cache", attached->session_id);
    std::string session = std::exchange(attached->newest, std::string());
    std::string id = attached->session_id;
    co_await attached->store->save(std::move(id), std::move(session));
}

void log_handshake(const Agreed& agreed, const std::string& peer, const LogChoices& choices,
                   const char* usage) {
    const Facts& facts = agreed.facts;
    if (choices.wants_match() && !agreed.match.empty()) log::info("{}: {}", peer, agreed.match);
    if (choices.wants_match() && agreed.anchor_depth)
        log::info("{}: Matched trust anchor at depth {}", peer, *agreed.anchor_depth);
    if ((choices.untrusted || choices.verbose) && !agreed.identified && !facts.verification_error.empty())
        log::info("{}certificate verification failed for {}: {}",
                  facts.verification_error.starts_with("num=") ? "server " : "", peer,
                  facts.verification_error);
    if (choices.wants_certificate() && facts.has_certificate())
        log::info("{}: subject_CN={}, issuer_CN={}, fingerprint={}, pkey_fingerprint={}", peer, facts.subject,
                  facts.issuer, facts.fingerprint, facts.key_fingerprint);
    if (choices.summary)
        log::info("{} TLS connection {} to {}: {}{}", trust_name(facts.trust), usage, peer, facts.summary(),
                  facts.details());
}

void print_chain(const async::Stream& stream, const std::string& digest) {
    SSL* const ssl = ssl_of(stream);
    const STACK_OF(X509)* const chain = ssl == nullptr ? nullptr : SSL_get_peer_cert_chain(ssl);
    if (chain == nullptr) {
        fmt::print("Server is anonymous\n");
        std::fflush(stdout);
        return;
    }
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> out(BIO_new(BIO_s_mem()), BIO_free_all);
    BIO_printf(out.get(), "\n---\nCertificate chain\n");
    for (int i = 0; i < sk_X509_num(chain); ++i) {
        X509* const certificate = sk_X509_value(chain, i);
        BIO_printf(out.get(), "%2d subject: %s\n    issuer: %s\n   cert digest=%s\n   pkey digest=%s\n", i,
                   one_line(X509_get_subject_name(certificate)).c_str(),
                   one_line(X509_get_issuer_name(certificate)).c_str(),
                   fingerprint_of(certificate, digest).c_str(),
                   key_fingerprint_of(certificate, digest).c_str());
        PEM_write_bio_X509(out.get(), certificate);
    }
    char* text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    std::fwrite(text, 1, static_cast<std::size_t>(size), stdout);
    std::fflush(stdout);
    ERR_clear_error();
}

}  // namespace postrider::tls

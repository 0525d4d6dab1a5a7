// smtp/starttls.cc - the TLS half of all connections of a process.
#include "smtp/starttls.h"

#include <fmt/core.h>

#include <utility>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/tls_settings.h"
#include "lib/tables/open.h"
#include "lib/tls/process_sessions.h"

namespace postrider::smtp {

namespace {

std::vector<std::string> files_of(const TlsOptions& options) {
    std::vector<std::string> files = options.setup.keys.chain_files;
    for (const tls::KeyFiles::Pair& pair : options.setup.keys.pairs)
        for (const std::string& path : {pair.certificate, pair.key})
            if (!path.empty()) files.push_back(path);
    if (!options.setup.authorities_file.empty()) files.push_back(options.setup.authorities_file);
    return files;
}

tls::Identity identity_at(TlsLevel level) {
    switch (level) {
        case TlsLevel::fingerprint:
            return tls::Identity::fingerprint;
        case TlsLevel::half_dane:
        case TlsLevel::dane:
        case TlsLevel::dane_only:
            return tls::Identity::tlsa;
        case TlsLevel::verify:
        case TlsLevel::secure:
            return tls::Identity::names;
        default:
            return tls::Identity::unchecked;
    }
}

}  // namespace

TlsClient::TlsClient(const TlsOptions& options, const Settings& settings,
                     std::unique_ptr<tls::SessionStore> store)
    : options_(options), watch_(files_of(options)), store_(std::move(store)) {
    const Result<void> read = config::prepare_tls_library(settings);
    if (!read)
        log::warning("{}: disabling TLS support", read.error());
    else
        make_context();
    if (options.session_cache_database.empty())
        store_.reset();
    else if (store_ == nullptr)
        store_ = std::make_unique<tls::ProcessSessions>(options.session_cache_timeout);
}

void TlsClient::make_context() {
    Result<std::unique_ptr<tls::ClientContext>> made = tls::ClientContext::make(options_.setup);
    if (made)
        context_ = std::move(*made);
    else
        log::warning("{}: {}", made.error(), context_ ? "the TLS keys in use stay" : "disabling TLS support");
}

bool TlsClient::is_usable() {
    if (watch_.changed()) {
        // Read before the jail closed: only a fresh process can read them again.
        if (watch_.readable())
            make_context();
        else
            tables::table_was_replaced(join(watch_.paths(), ", "));
    }
    return context_ != nullptr;
}

tls::Demand TlsClient::demand_for(const TlsPolicy& policy, const std::string& nexthop,
                                  const Peer& peer) const {
    tls::Demand demand;
    demand.identity = identity_at(policy.level);
    demand.choices.protocols = policy.protocols;
    demand.choices.grade = policy.grade;
    demand.choices.exclude = policy.exclude;
    // Compat: where encryption is a must, none is no cipher.
    if (demands_tls(policy.level)) demand.choices.exclude += " eNULL";
    demand.choices.lists = options_.cipher_lists;
    // A server that has to prove who it is needs a certificate.
    demand.choices.anonymous = demand.identity == tls::Identity::unchecked;
    if (demand.identity == tls::Identity::fingerprint)
        demand.fingerprints = policy.match;
    else
        demand.names = policy.names(nexthop, peer.host);
    demand.tlsa = policy.tlsa;
    demand.anchor_files = policy.anchors;
    demand.server_name = policy.sni(nexthop, peer.host);
    demand.log = policy.log;
    if (demand.identity != tls::Identity::unchecked) demand.log.untrusted = true;
    demand.peer = peer.with_port();
    if (store_ != nullptr)
        demand.session_id = fmt::format(
            "{}&{}", peer.address.text(),
            tls::digest_of_text(fmt::format("{} nexthop={} host={} names={} sni={}", policy.key(), nexthop,
                                            peer.host, join(demand.names, ","), demand.server_name)));
    return demand;
}

Task<Result<tls::Agreed>> TlsClient::start(async::Stream& stream, TlsPolicy policy, std::string nexthop,
                                           Peer peer) const {
    const std::shared_ptr<const tls::ClientContext> context = context_;
    tls::Demand demand = demand_for(policy, nexthop, peer);
    const tls::LogChoices log_choices = demand.log;
    const tls::Choices choices = demand.choices;
    std::optional<async::PeerGone::Why> gone;
    Result<tls::Agreed> agreed = Error{""};
    try {
        agreed = co_await context->start(stream, std::move(demand), store_.get());
    } catch (const async::PeerGone& peer_gone) {
        gone = peer_gone.why;
    }
    if (gone) {
        const bool too_slow = *gone == async::PeerGone::Why::timed_out;
        std::string reason = too_slow ? "Connection timed out" : "lost connection";
        log::info("SSL_connect error to {}: {}", peer.with_port(), reason);
        co_return Error{std::move(reason)};
    }
    if (!agreed) {
        if (const std::string objection = tls::objection_to(choices); !objection.empty()) {
            log::warning("{}: {}", peer.with_port(), objection);
            co_return std::move(agreed);
        }
        log::info("SSL_connect error to {}: -1", peer.with_port());
        log::warning("TLS library problem: {}", agreed.error());
        co_return std::move(agreed);
    }
    // What an insecure answer of DNS named is not verified, whatever it shows.
    if (policy.level == TlsLevel::half_dane && agreed->identified) agreed->facts.trust = tls::Trust::trusted;
    tls::log_handshake(*agreed, peer.with_port(), log_choices);
    co_return std::move(agreed);
}

}  // namespace postrider::smtp

// smtp/tls_dane.cc - the TLSA records of a host.
#include "smtp/tls_dane.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "lib/base/text.h"
#include "lib/dns/lookup.h"

namespace postrider::smtp {

namespace {

dns::LookupOptions with_dnssec() {
    dns::LookupOptions options;
    options.dnssec = true;
    return options;
}

bool is_missing(const dns::Answer& answer) {
    return answer.status == dns::Status::no_data || answer.status == dns::Status::not_found;
}

tls::TlsaRecord record_of(const dns::Record& record) {
    tls::TlsaRecord result;
    result.usage = record.usage;
    result.selector = record.selector;
    result.matching_type = record.matching_type;
    result.data = record.data;
    return result;
}

// RFC 7672 2.2: an insecure answer counts as none; one that cannot be had makes the mail wait.
TlsaAnswer weigh(const dns::Answer& answer, const std::string& base, const std::string& digests) {
    TlsaAnswer result;
    result.base = base;
    if (!answer.ok()) {
        result.kind = is_missing(answer) ? TlsaAnswer::Kind::none : TlsaAnswer::Kind::failed;
        return result;
    }
    if (!answer.secure) return result;
    for (const dns::Record& record : answer.records) {
        tls::TlsaRecord one = record_of(record);
        if (tls::is_usable(one, digests)) result.records.push_back(std::move(one));
    }
    // In one order, whatever the name server shuffles: sessions are found again by their records.
    std::sort(result.records.begin(), result.records.end());
    result.kind = result.records.empty() ? TlsaAnswer::Kind::unusable : TlsaAnswer::Kind::found;
    return result;
}

Task<TlsaAnswer> ask(std::string base, std::uint16_t port, std::string digests) {
    std::string name = fmt::format("_{}._tcp.{}", port, base);
    const dns::Answer answer = co_await dns::lookup(std::move(name), dns::Type::tlsa, with_dnssec());
    TlsaAnswer result = weigh(answer, base, digests);
    co_return result;
}

// Whether the first step of an alias is secure although its target is not: then the owner of the alias may
// have published records of his own, RFC 7672 2.2.2.
Task<TlsaAnswer::Kind> alias_kind(std::string name) {
    const dns::Answer answer = co_await dns::lookup(std::move(name), dns::Type::cname, with_dnssec());
    if (answer.ok()) co_return answer.secure ? TlsaAnswer::Kind::found : TlsaAnswer::Kind::none;
    co_return is_missing(answer) ? TlsaAnswer::Kind::none : TlsaAnswer::Kind::failed;
}

}  // namespace

Task<TlsaAnswer> find_tlsa(Host host, bool force, std::string digests) {
    const std::uint16_t port = host.address.port();
    const bool is_alias = !equals_ignoring_case(host.name, host.canonical);
    TlsaAnswer answer;
    // An address literal has no name to ask for.
    if (SocketAddress::from_ip(host.name)) co_return answer;
    if (host.secure && is_alias) {
        answer = co_await ask(host.canonical, port, digests);
        if (answer.kind != TlsaAnswer::Kind::none) co_return answer;
    } else if (!host.secure && !force) {
        answer.kind = TlsaAnswer::Kind::none;
        if (!is_alias) co_return answer;
        const TlsaAnswer::Kind kind = co_await alias_kind(host.name);
        answer.kind = kind;
        if (kind != TlsaAnswer::Kind::found) co_return answer;
    }
    answer = co_await ask(host.name, port, digests);
    co_return answer;
}

}  // namespace postrider::smtp

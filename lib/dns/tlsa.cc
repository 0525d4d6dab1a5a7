// lib/dns/tlsa.cc - the TLSA records of a host.
#include "lib/dns/tlsa.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/dns/lookup.h"

namespace postrider::dns {

namespace {

LookupOptions with_dnssec() {
    LookupOptions options;
    options.dnssec = true;
    return options;
}

bool is_missing(const Answer& answer) {
    return answer.status == Status::no_data || answer.status == Status::not_found;
}

tls::TlsaRecord record_of(const Record& record) {
    tls::TlsaRecord result;
    result.usage = record.usage;
    result.selector = record.selector;
    result.matching_type = record.matching_type;
    result.data = record.data;
    return result;
}

// RFC 7672 2.2: an insecure answer counts as none; one that cannot be had makes the mail wait.
TlsaAnswer weigh(const Answer& answer, const std::string& base, const std::string& digests) {
    TlsaAnswer result;
    result.base = base;
    if (!answer.ok()) {
        if (!is_missing(answer)) log::warning("DANE TLSA lookup problem: {}", answer.reason);
        result.kind = is_missing(answer) ? TlsaAnswer::Kind::none : TlsaAnswer::Kind::failed;
        return result;
    }
    if (!answer.secure) return result;
    for (const Record& record : answer.records) {
        tls::TlsaRecord one = record_of(record);
        if (tls::is_usable(one, digests))
            result.records.push_back(std::move(one));
        else if (one.usage < 2)  // RFC 7672 3.1.3: of no use for mail
            log::warning("{} unsupported TLSA certificate usage: {} {} {} {}", record.owner, one.usage,
                         one.selector, one.matching_type, upper(hex_encode(one.data)));
    }
    // In one order, whatever the name server shuffles: sessions are found again by their records.
    std::sort(result.records.begin(), result.records.end());
    result.kind = result.records.empty() ? TlsaAnswer::Kind::unusable : TlsaAnswer::Kind::found;
    return result;
}

Task<TlsaAnswer> ask(std::string base, std::uint16_t port, std::string digests) {
    std::string name = fmt::format("_{}._tcp.{}", port, base);
    const Answer answer = co_await lookup(std::move(name), Type::tlsa, with_dnssec());
    TlsaAnswer result = weigh(answer, base, digests);
    co_return result;
}

// Whether the first step of an alias is secure although its target is not: then the owner of the alias may
// have published records of his own, RFC 7672 2.2.2.
Task<TlsaAnswer::Kind> alias_kind(std::string name) {
    const Answer answer = co_await lookup(std::move(name), Type::cname, with_dnssec());
    if (answer.ok()) co_return answer.secure ? TlsaAnswer::Kind::found : TlsaAnswer::Kind::none;
    co_return is_missing(answer) ? TlsaAnswer::Kind::none : TlsaAnswer::Kind::failed;
}

}  // namespace

Task<TlsaAnswer> find_tlsa(TlsaQuestion question) {
    const bool is_alias = !equals_ignoring_case(question.host, question.canonical);
    TlsaAnswer answer;
    // An address literal has no name to ask for.
    if (SocketAddress::from_ip(question.host)) co_return answer;
    if (question.secure && is_alias) {
        answer = co_await ask(question.canonical, question.port, question.digests);
        if (answer.kind != TlsaAnswer::Kind::none) co_return answer;
    } else if (!question.secure && !question.force) {
        if (!is_alias) co_return answer;
        const TlsaAnswer::Kind kind = co_await alias_kind(question.host);
        answer.kind = kind;
        if (kind != TlsaAnswer::Kind::found) co_return answer;
    }
    answer = co_await ask(question.host, question.port, question.digests);
    co_return answer;
}

}  // namespace postrider::dns

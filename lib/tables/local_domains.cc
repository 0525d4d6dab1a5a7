// lib/tables/local_domains.cc - which domains and address literals are this machine's own.
#include "lib/tables/local_domains.h"

#include "lib/base/socket_address.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"

namespace postrider::tables {

LocalDomains::LocalDomains(const Settings& settings)
    : origin_(settings[config::myorigin]),
      destinations_(config::mydestination, ListKind::strings, settings),
      addresses_(settings) {}

Task<Match> LocalDomains::contains(std::string domain) const {
    if (domain.size() > 2 && domain.front() == '[' && domain.back() == ']') {
        const auto address = SocketAddress::from_ip(domain);
        co_return address&& addresses_.is_own(*address) ? Match::yes : Match::no;
    }
    const Match answer = co_await destinations_.matches(std::move(domain));
    co_return answer;
}

Task<Match> LocalDomains::contains_or_is_origin(std::string domain) const {
    if (equals_ignoring_case(domain, origin_)) co_return Match::yes;
    const Match answer = co_await contains(std::move(domain));
    co_return answer;
}

}  // namespace postrider::tables

// services/trivial-rewrite/transport_map.cc - transport(5) lookups.
#include "services/trivial-rewrite/transport_map.h"

#include "lib/base/text.h"
#include "lib/mail/address.h"

namespace postrider::rewrite {

RouteText parse_route(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return {std::string(text), ""};
    return {std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

void override_route(std::string_view result, std::string_view recipient_domain, std::string& transport,
                    std::string& nexthop) {
    RouteText route = parse_route(result);
    const bool names_transport = !route.transport.empty();
    if (names_transport) transport = std::move(route.transport);
    if (!route.nexthop.empty()) {
        nexthop = std::move(route.nexthop);
    } else if (names_transport) {
        // Compat: a transport without next hop means the recipient's domain, never the relayhost.
        const bool refuses = transport == "error" || transport == "retry";
        nexthop = refuses ? "Address is undeliverable" : std::string(recipient_domain);
    }
}

TransportMap::TransportMap(const Parameter<std::string>& parameter, const Settings& settings)
    : tables_(parameter, settings), parents_(tables::parent_style("transport_maps", settings)) {}

Task<tables::LookupResult> TransportMap::find(std::string recipient, std::string domain,
                                              const mail::ExtensionRules& rules) const {
    if (tables_.empty()) co_return tables::LookupResult();
    std::string key = mail::quote_address(recipient);
    tables::LookupResult answer = co_await tables_.find(std::move(key));
    if (answer.found != tables::Found::no) co_return answer;

    const tables::StrippedAddress stripped = tables::strip_extension(recipient, rules);
    std::vector<std::string> keys;
    if (!stripped.extension.empty()) keys.push_back(mail::quote_address(stripped.address));
    keys.push_back(domain);
    if (!domain.empty() && domain.front() != '[')
        for (std::string& parent : tables::parent_domains(domain, parents_))
            keys.push_back(std::move(parent));
    keys.emplace_back("*");
    for (const std::string& part : keys) {
        answer = co_await tables_.find(part, tables::KeyPart::part);
        if (answer.found != tables::Found::no) co_return answer;
    }
    co_return tables::LookupResult();
}

}  // namespace postrider::rewrite

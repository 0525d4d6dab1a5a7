// smtp/security.cc - whether mail for a destination may be sent the way we can send it.
#include "smtp/security.h"

#include <fmt/core.h>

#include "lib/base/text.h"
#include "lib/tables/address_lookup.h"

namespace postrider::smtp {

namespace {

bool is_plain_enough(std::string_view level) {
    return level.empty() || equals_ignoring_case(level, "none") || equals_ignoring_case(level, "may");
}

bool is_on(const Settings& settings, const std::string& name) {
    return equals_ignoring_case(settings.value_of(name).value_or(""), "yes");
}

// The destination as written, then, for domains, the domain and its parents.
std::vector<std::string> policy_keys(const Destination& destination) {
    std::vector<std::string> keys = {destination.text};
    if (destination.kind != Destination::Kind::domain) return keys;
    if (destination.host != destination.text) keys.push_back(destination.host);
    for (std::string& parent : tables::parent_domains(destination.host, tables::ParentStyle::dotted))
        keys.push_back(std::move(parent));
    return keys;
}

}  // namespace

SecurityPolicy::SecurityPolicy(const Options& options, const Settings& settings) {
    const std::string prefix = options.is_lmtp() ? "lmtp_" : "smtp_";
    const auto tables_of = [&](const char* name) {
        return tables::TableList(settings.value_of(prefix + name).value_or(""), settings);
    };
    wrapper_mode_ = is_on(settings, prefix + "tls_wrappermode");
    level_ = settings.value_of(prefix + "tls_security_level").value_or("");
    if (is_on(settings, prefix + "enforce_tls") && is_plain_enough(level_)) level_ = "encrypt";
    tls_policies_ = tables_of("tls_policy_maps");
}

Task<std::optional<Failure>> SecurityPolicy::objection(Destination destination) const {
    std::string level = level_;
    if (!tls_policies_.empty()) {
        for (const std::string& key : policy_keys(destination)) {
            const tables::LookupResult found = co_await tls_policies_.find(key);
            if (found.found == tables::Found::try_again)
                co_return local_failure(
                    "4.7.5", fmt::format("TLS policy table lookup error for {}: {}", key, found.reason));
            if (found.found == tables::Found::no) continue;
            const std::vector<std::string> words = split_words(found.value);
            level = words.empty() ? "" : words.front();
            break;
        }
    }
    if (is_plain_enough(level) && !wrapper_mode_) co_return std::nullopt;
    co_return local_failure("4.7.5", "TLS is required, but our TLS engine is unavailable");
}

}  // namespace postrider::smtp

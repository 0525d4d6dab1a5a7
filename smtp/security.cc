// smtp/security.cc - whether mail for a destination may be sent the way we can send it.
#include "smtp/security.h"

#include <fmt/core.h>

#include "lib/base/text.h"

namespace postrider::smtp {

namespace {

bool is_on(const Settings& settings, const std::string& name) {
    return equals_ignoring_case(settings.value_of(name).value_or(""), "yes");
}

}  // namespace

SecurityPolicy::SecurityPolicy(const Options& options, const Settings& settings) {
    const std::string prefix = options.is_lmtp() ? "lmtp_" : "smtp_";
    const auto tables_of = [&](const char* name) {
        return tables::TableList(settings.value_of(prefix + name).value_or(""), settings);
    };
    wants_login_ = is_on(settings, prefix + "sasl_auth_enable");
    login_by_sender_ = is_on(settings, prefix + "sender_dependent_authentication");
    if (wants_login_) passwords_ = tables_of("sasl_password_maps");
}

Task<std::optional<Failure>> SecurityPolicy::objection(Destination destination, std::string host,
                                                       std::string sender) const {
    if (!wants_login_) co_return std::nullopt;
    std::optional<Failure> failure =
        co_await login_objection(std::move(destination), std::move(host), std::move(sender));
    co_return failure;
}

// Postfix's order of keys: the sender if that is asked for, the host, the next hop.
Task<std::optional<Failure>> SecurityPolicy::login_objection(Destination destination, std::string host,
                                                             std::string sender) const {
    std::vector<std::string> keys;
    if (login_by_sender_ && !sender.empty()) keys.push_back(std::move(sender));
    keys.push_back(std::move(host));
    keys.push_back(destination.text);
    for (const std::string& key : keys) {
        const tables::LookupResult found = co_await passwords_.find(key);
        if (found.found == tables::Found::no) continue;
        if (found.found == tables::Found::try_again)
            co_return local_failure("4.7.0",
                                    fmt::format("SASL password table lookup error: {}", found.reason));
        co_return local_failure("4.7.0", "SASL authentication is required, but is unavailable here");
    }
    co_return std::nullopt;
}

}  // namespace postrider::smtp

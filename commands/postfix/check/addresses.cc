// commands/postfix/check/addresses.cc - addresses of this machine that it does not have.
//
// Whether it has one is asked of the kernel, by binding a socket to it: only the kernel knows of routes and
// settings that make other addresses usable.
#include <fmt/core.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "commands/postfix/check/checks.h"
#include "lib/base/fd.h"
#include "lib/base/socket_address.h"
#include "lib/base/text.h"
#include "lib/config/own_addresses.h"

namespace postrider::postfix::check {

namespace {

bool is_own(const SocketAddress& address) {
    const Fd socket(::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket) return true;
    const SocketAddress any_port = address.with_port(0);
    return ::bind(socket.get(), any_port.get(), any_port.length()) == 0 || errno != EADDRNOTAVAIL;
}

// False when mail programs would not start with this value.
bool check_interfaces(const Configuration& configuration, const Service* service, Findings& findings) {
    constexpr std::string_view name = "inet_interfaces";
    const Settings& settings = configuration.settings_of(service);
    bool usable = true;
    for (const std::string& word : split_words(settings.value_of(name).value_or(""))) {
        if (equals_ignoring_case(word, "all") || equals_ignoring_case(word, "loopback-only")) continue;
        const std::vector<SocketAddress> found = config::resolve_host_now(word, config::Protocols{});
        if (found.empty()) {
            findings.push_back(configuration.about(
                Severity::error, "bad-value", name, service,
                fmt::format("{}: host not found: {}", configuration.quoted(name, service), word),
                "write all, loopback-only, or addresses of this machine"));
            usable = false;
        }
        for (const SocketAddress& address : found) {
            if (is_own(address)) continue;
            const bool literal = SocketAddress::from_ip(word).has_value();
            findings.push_back(configuration.about(
                Severity::error, "address", name, service,
                fmt::format("{}: {} is not an address of this machine", configuration.quoted(name, service),
                            literal ? word : fmt::format("{} ({})", word, address.host())),
                "correct it: nothing can listen there; write all, or addresses that `ip address` shows"));
        }
    }
    return usable;
}

void check_bind_address(const Configuration& configuration, const Service* service, const std::string& name,
                        Findings& findings) {
    const Settings& settings = configuration.settings_of(service);
    const std::string value(trim(settings.value_of(name).value_or("")));
    if (value.empty()) return;
    const bool wants_ipv6 = name.ends_with('6');
    const auto address = SocketAddress::from_ip(value);
    if (!address || address->is_ipv6() != wants_ipv6) {
        findings.push_back(
            configuration.about(Severity::error, "address", name, service,
                                fmt::format("{} is no {} address", configuration.quoted(name, service),
                                            wants_ipv6 ? "IPv6" : "IPv4"),
                                "write the address itself: mail is deferred until then"));
        return;
    }
    if (is_own(*address)) return;
    const std::string enforce = name.substr(0, name.find('_')) + "_bind_address_enforce";
    const bool deferred = settings.value_of(enforce).value_or("no") == "yes";
    findings.push_back(configuration.about(
        deferred ? Severity::error : Severity::warning, "address", name, service,
        fmt::format("{} is not an address of this machine", configuration.quoted(name, service)),
        deferred ? "correct it: mail is deferred until then"
                 : "correct it: connections are made from any other address meanwhile"));
}

void check_listeners(const Configuration& configuration, Findings& findings) {
    for (const auto& service : configuration.services) {
        if (service->entry.type != "inet" && service->entry.type != "pass") continue;
        const auto place = split_host_port(service->entry.service);
        if (!place || place->host.empty()) continue;
        const auto address = SocketAddress::from_ip(place->host);
        if (!address || is_own(*address)) continue;
        Finding finding;
        finding.severity = Severity::error;
        finding.kind = "address";
        finding.file = configuration.master_file;
        finding.line = service->entry.line;
        finding.text =
            fmt::format("service {}: {} is not an address of this machine", service->name(), place->host);
        finding.remedy = "correct the first column: nothing can listen there";
        findings.push_back(std::move(finding));
    }
}

}  // namespace

void check_addresses(Configuration& configuration, Findings& findings) {
    if (configuration.usable && !check_interfaces(configuration, nullptr, findings))
        configuration.usable = false;
    for (const auto& service : configuration.services) {
        service->usable = service->usable && configuration.usable;
        if (service->usable && service->overridden.contains("inet_interfaces"))
            service->usable = check_interfaces(configuration, service.get(), findings);
    }
    for (const std::string name :
         {"smtp_bind_address", "smtp_bind_address6", "lmtp_bind_address", "lmtp_bind_address6"})
        configuration.for_each_view({name}, [&](const Service* service) {
            check_bind_address(configuration, service, name, findings);
        });
    check_listeners(configuration, findings);
}

}  // namespace postrider::postfix::check

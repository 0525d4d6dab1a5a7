// commands/postfix/check/conflicts_tls.cc - TLS that is asked for and cannot be had.
#include <fmt/core.h>

#include "commands/postfix/check/checks.h"
#include "lib/base/text.h"
#include "lib/daemon/tls_server_parameters.h"
#include "smtpd/sasl_parameters.h"
#include "smtpd/tls_parameters.h"

namespace postrider::postfix::check {

namespace {

bool is_empty(const Settings& settings, std::string_view name) {
    return trim(settings.value_of(name).value_or("")).empty();
}

bool has_certificate(const Settings& settings) {
    for (const std::string_view name :
         {"smtpd_tls_chain_files", "smtpd_tls_cert_file", "smtpd_tls_eccert_file", "smtpd_tls_dcert_file",
          "tls_server_sni_maps"})
        if (!is_empty(settings, name)) return true;
    return false;
}

bool wants_tls(const Settings& settings) {
    const std::string level = lower(settings[daemon::smtpd_tls_security_level]);
    if (!level.empty()) return level != "none";
    return settings[daemon::smtpd_use_tls] || settings[daemon::smtpd_enforce_tls];
}

bool is_wrapper_port(std::string_view service) {
    const std::string_view port =
        service.substr(service.rfind(':') == std::string_view::npos ? 0 : service.rfind(':') + 1);
    return port == "465" || port == "smtps" || port == "submissions";
}

bool is_plain_port(std::string_view service) {
    const std::string_view port =
        service.substr(service.rfind(':') == std::string_view::npos ? 0 : service.rfind(':') + 1);
    return port == "25" || port == "smtp" || port == "587" || port == "submission";
}

void check_service(const Configuration& configuration, const Service& service, Findings& findings) {
    const Settings& settings = service.settings;
    const auto add = [&](Severity severity, std::string_view parameter, std::string text,
                         std::string remedy) {
        findings.push_back(configuration.about(severity, "conflict", parameter, &service, std::move(text),
                                               std::move(remedy)));
    };
    const bool wrapper = settings[smtpd::smtpd_tls_wrappermode];
    const bool tls = wants_tls(settings) || wrapper;
    if (settings[smtpd::smtpd_sasl_auth_enable] && settings[smtpd::smtpd_tls_auth_only] && !tls)
        add(Severity::warning, "smtpd_tls_auth_only",
            fmt::format("service {}: smtpd_tls_auth_only = yes, but TLS is off: nobody can log in",
                        service.name()),
            "set smtpd_tls_security_level = may (or encrypt) and a certificate");
    if (tls && !has_certificate(settings))
        add(Severity::warning, wrapper ? "smtpd_tls_wrappermode" : "smtpd_tls_security_level",
            fmt::format("service {}: TLS is on, but there is no certificate: it is not offered",
                        service.name()),
            "set smtpd_tls_chain_files, or smtpd_tls_cert_file and smtpd_tls_key_file");
    if (service.entry.type != "inet") return;
    if (wrapper && is_plain_port(service.entry.service))
        add(Severity::error, "smtpd_tls_wrappermode",
            fmt::format("service {} begins with TLS (smtpd_tls_wrappermode): clients of this port do not",
                        service.name()),
            "keep smtpd_tls_wrappermode = yes to the port submissions (465)");
    if (!wrapper && is_wrapper_port(service.entry.service))
        add(Severity::error, "smtpd_tls_wrappermode",
            fmt::format("service {} does not begin with TLS: clients of this port do", service.name()),
            "add -o smtpd_tls_wrappermode=yes to the service");
}

void check_chain_files(const Configuration& configuration, std::string_view side, Findings& findings) {
    const Settings& settings = configuration.settings;
    const std::string chain = fmt::format("{}_tls_chain_files", side);
    if (is_empty(settings, chain)) return;
    for (const std::string_view old : {"cert_file", "eccert_file", "dcert_file"}) {
        const std::string name = fmt::format("{}_tls_{}", side, old);
        if (!settings.explicit_value(name) || is_empty(settings, name)) continue;
        findings.push_back(configuration.about(
            Severity::warning, "conflict", name, nullptr,
            fmt::format("{} has no effect, because {} is set", name, chain), "remove one of the two"));
    }
}

void check_dane(const Configuration& configuration, std::string_view side, Findings& findings) {
    const std::string level = fmt::format("{}_tls_security_level", side);
    const std::string support = fmt::format("{}_dns_support_level", side);
    configuration.for_each_view({level, support}, [&](const Service* service) {
        const Settings& settings = configuration.settings_of(service);
        if (!settings.value_of(level).value_or("").starts_with("dane")) return;
        if (equals_ignoring_case(settings.value_of(support).value_or(""), "dnssec")) return;
        findings.push_back(configuration.about(
            Severity::warning, "conflict", level, service,
            fmt::format("{} has no effect without {} = dnssec", configuration.quoted(level, service),
                        support),
            fmt::format("set {} = dnssec, and have a resolver on this machine that validates", support)));
    });
}

}  // namespace

void check_tls_conflicts(const Configuration& configuration, Findings& findings) {
    for (const Service* service : configuration.running("smtpd"))
        if (service->usable) check_service(configuration, *service, findings);
    if (!configuration.usable) return;
    for (const std::string_view side : {"smtpd", "smtp", "lmtp"})
        check_chain_files(configuration, side, findings);
    for (const std::string_view side : {"smtp", "lmtp"}) check_dane(configuration, side, findings);
}

}  // namespace postrider::postfix::check

// commands/postfix/check/values.cc - values that programs would refuse, or that no program understands.
#include <fmt/core.h>

#include <algorithm>
#include <iterator>

#include "commands/postfix/check/checks.h"
#include "commands/postfix/check/spelling.h"
#include "lib/base/text.h"
#include "lib/config/value_problem.h"

namespace postrider::postfix::check {

namespace {

constexpr std::string_view tls_levels = "none may encrypt dane dane-only fingerprint verify secure";
constexpr std::string_view cipher_grades = "export low medium high null";
constexpr std::string_view address_classes =
    "envelope_sender envelope_recipient header_sender header_recipient";
constexpr std::string_view sasl_properties =
    "noplaintext noactive nodictionary noanonymous forward_secrecy mutual_auth";
constexpr std::string_view screen_actions = "ignore enforce drop";
constexpr std::string_view tempfail_actions = "defer defer_if_permit";

// Parameters whose words come from a short list. `several`: a list of them.
struct Vocabulary {
    std::string_view parameter;
    std::string_view words;
    bool several;
};
constexpr Vocabulary vocabularies[] = {
    {"canonical_classes", address_classes, true},
    {"inet_protocols", "all ipv4 ipv6", true},
    {"lmtp_tls_ciphers", cipher_grades, false},
    {"lmtp_tls_mandatory_ciphers", cipher_grades, false},
    {"lmtp_tls_security_level", tls_levels, false},
    {"lmtp_address_preference", "any ipv4 ipv6", false},
    {"lmtp_sasl_security_options", sasl_properties, true},
    {"mailbox_delivery_lock", "flock fcntl dotlock", true},
    {"maillog_file_permissions", "0600 0640 0644", false},
    {"masquerade_classes", address_classes, true},
    {"milter_default_action", "accept reject tempfail quarantine shutdown", false},
    {"mynetworks_style", "class subnet host", false},
    {"notify_classes", "bounce 2bounce data delay policy protocol resource software", true},
    {"postscreen_bare_newline_action", screen_actions, false},
    {"postscreen_denylist_action", screen_actions, false},
    {"postscreen_dnsbl_action", screen_actions, false},
    {"postscreen_greet_action", screen_actions, false},
    {"postscreen_non_smtp_command_action", screen_actions, false},
    {"postscreen_pipelining_action", screen_actions, false},
    {"postscreen_tls_security_level", "none may encrypt", false},
    {"propagate_unmatched_extensions", "canonical virtual alias forward include generic", true},
    {"receive_override_options",
     "no_unknown_recipient_checks no_address_mappings no_header_body_checks no_milters", true},
    {"recipient_canonical_classes", "envelope_recipient header_recipient", true},
    {"sender_canonical_classes", "envelope_sender header_sender", true},
    {"smtp_address_preference", "any ipv4 ipv6", false},
    {"smtp_dns_support_level", "disabled enabled dnssec", false},
    {"smtp_host_lookup", "dns native", true},
    {"smtp_sasl_security_options", sasl_properties, true},
    {"smtp_sasl_tls_security_options", sasl_properties, true},
    {"smtp_sasl_type", "cyrus", false},
    {"smtp_tls_ciphers", cipher_grades, false},
    {"smtp_tls_mandatory_ciphers", cipher_grades, false},
    {"smtp_tls_security_level", tls_levels, false},
    {"smtpd_forbid_bare_newline", "yes no normalize reject note", false},
    {"smtpd_sasl_security_options", sasl_properties, true},
    {"smtpd_sasl_tls_security_options", sasl_properties, true},
    {"smtpd_sasl_type", "cyrus dovecot", false},
    {"smtpd_tls_ciphers", cipher_grades, false},
    {"smtpd_tls_eecdh_grade", "auto none strong ultra", false},
    {"smtpd_tls_mandatory_ciphers", cipher_grades, false},
    {"smtpd_tls_security_level", "none may encrypt", false},
    {"unknown_address_tempfail_action", tempfail_actions, false},
    {"unknown_helo_hostname_tempfail_action", tempfail_actions, false},
    {"unverified_recipient_tempfail_action", tempfail_actions, false},
    {"unverified_sender_tempfail_action", tempfail_actions, false},
    {"virtual_mailbox_lock", "flock fcntl dotlock", true},
};

std::vector<std::string_view> views(const std::vector<std::string>& words) {
    return {words.begin(), words.end()};
}

void check_word(const Configuration& configuration, const Service* service, const Vocabulary& one,
                const std::string& word, Findings& findings) {
    const std::vector<std::string> known = split_words(one.words);
    if (std::any_of(known.begin(), known.end(),
                    [&](const std::string& other) { return equals_ignoring_case(word, other); }))
        return;
    const std::string otherwise = "it may be: " + join(known, ", ");
    findings.push_back(configuration.about(Severity::error, "bad-value", one.parameter, service,
                                           fmt::format("{} = {}: unknown word", one.parameter, word),
                                           did_you_mean(word, views(known), otherwise)));
}

void check_vocabulary(const Configuration& configuration, const Service* service, std::string_view name,
                      Findings& findings) {
    const auto found = std::find_if(std::begin(vocabularies), std::end(vocabularies),
                                    [name](const Vocabulary& one) { return one.parameter == name; });
    if (found == std::end(vocabularies)) return;
    const std::string value = configuration.settings_of(service).value_of(name).value_or("");
    if (!found->several) {
        if (!trim(value).empty())
            check_word(configuration, service, *found, std::string(trim(value)), findings);
        return;
    }
    for (const std::string& word : split_words(value))
        check_word(configuration, service, *found, word, findings);
}

// "!SSLv2, !SSLv3, >=TLSv1.2".
void check_protocols(const Configuration& configuration, const Service* service, std::string_view name,
                     Findings& findings) {
    if (!name.ends_with("_tls_protocols") && !name.ends_with("_tls_mandatory_protocols")) return;
    static const std::vector<std::string_view> known = {"SSLv2",   "SSLv3",   "TLSv1",
                                                        "TLSv1.1", "TLSv1.2", "TLSv1.3"};
    const std::string value = configuration.settings_of(service).value_of(name).value_or("");
    for (const std::string& word : split_words(value, " \t\r\n,:")) {
        const std::size_t start = word.find_first_not_of("!<>=");
        if (start == std::string::npos) continue;  // "! SSLv2" is written apart
        const std::string_view protocol = std::string_view(word).substr(start);
        // Numbers of protocols (0301, 0x0304) are for the library.
        const bool number = is_digit(protocol.front());
        const bool is_known = std::any_of(known.begin(), known.end(), [&](std::string_view other) {
            return equals_ignoring_case(protocol, other);
        });
        if (number || is_known) continue;
        findings.push_back(configuration.about(
            Severity::error, "bad-value", name, service, fmt::format("{} = {}: unknown protocol", name, word),
            did_you_mean(protocol, known, "it may be: TLSv1, TLSv1.1, TLSv1.2, TLSv1.3, with !, >= or <=")));
    }
}

// False when programs could not use the value.
bool check_value(const Configuration& configuration, const Service* service, std::string_view name,
                 Findings& findings) {
    const config::ParameterInfo* parameter = config::find_parameter(name);
    if (parameter == nullptr) return true;
    const auto problem = config::problem_with(configuration.settings_of(service), *parameter);
    if (problem) {
        findings.push_back(
            configuration.about(Severity::error, "bad-value", name, service, problem->text, problem->remedy));
        return false;
    }
    if (parameter->kind == config::Kind::raw) return true;
    const std::size_t before = findings.size();
    check_vocabulary(configuration, service, name, findings);
    check_protocols(configuration, service, name, findings);
    return findings.size() == before;
}

}  // namespace

void check_values(Configuration& configuration, Findings& findings) {
    for (const auto& [name, entry] : configuration.settings.explicit_values())
        if (!check_value(configuration, nullptr, name, findings)) configuration.usable = false;
    for (const auto& service : configuration.services) {
        service->usable = configuration.usable;
        for (const std::string& name : service->overridden)
            if (!check_value(configuration, service.get(), name, findings)) service->usable = false;
    }
}

}  // namespace postrider::postfix::check

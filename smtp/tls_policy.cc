// smtp/tls_policy.cc - how a connection has to be encrypted.
#include "smtp/tls_policy.h"

#include <fmt/core.h>

#include <utility>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/settings.h"
#include "lib/mail/address.h"

namespace postrider::smtp {

namespace {

struct LevelName {
    TlsLevel level;
    const char* name;
};
constexpr LevelName level_names[] = {
    {TlsLevel::none, "none"},           {TlsLevel::may, "may"},
    {TlsLevel::encrypt, "encrypt"},     {TlsLevel::fingerprint, "fingerprint"},
    {TlsLevel::half_dane, "half-dane"}, {TlsLevel::dane, "dane"},
    {TlsLevel::dane_only, "dane-only"}, {TlsLevel::verify, "verify"},
    {TlsLevel::secure, "secure"},
};

// What stands for a name that a server is asked for.
bool is_server_name(const std::string& value) {
    return equals_ignoring_case(value, "nexthop") || equals_ignoring_case(value, "hostname") ||
           mail::is_valid_hostname(value);
}

// Attributes of resolvers for MTA-STS and TLSRPT that change nothing of how mail is sent.
bool is_report_attribute(const std::string& name) {
    for (const char* known :
         {"policy_ttl", "policy_type", "policy_domain", "policy_string", "policy_failure"})
        if (equals_ignoring_case(name, known)) return true;
    return false;
}

Result<void> read_attribute(const std::string& name, const std::string& value, TlsPolicy& policy) {
    const auto is = [&name](const char* known) { return equals_ignoring_case(name, known); };
    // Attributes with one value.
    const auto set = [&](std::string& attribute) {
        if (!attribute.empty())
            return Result<void>(Error{fmt::format("attribute \"{}\" is specified multiple times", name)});
        attribute = value;
        return Result<void>();
    };
    if (is_report_attribute(name)) return {};
    if (is("enable_rpk")) {
        log::warning(
            "ignoring the TLS policy attribute \"enable_rpk\": the TLS library does not know raw "
            "public keys");
        return {};
    }
    if (value.empty() && !is("protocols"))
        return Error{fmt::format("attribute \"{}\" has empty value", name)};
    if (is("protocols")) {
        return set(policy.protocols);
    } else if (is("ciphers")) {
        return set(policy.grade);
    } else if (is("exclude")) {
        return set(policy.exclude);
    } else if (is("servername")) {
        if (!is_server_name(value))
            return Error{fmt::format("\"{}={}\" specifies an invalid hostname", name, value)};
        return set(policy.server_name);
    } else if (is("match")) {
        if (!demands_name(policy.level) && policy.level != TlsLevel::fingerprint)
            return Error{fmt::format("attribute \"{}\" invalid at security level \"{}\"", name,
                                     level_name(policy.level))};
        const char* separators = policy.level == TlsLevel::fingerprint ? " \t|" : name_separators;
        for (std::string& word : split_words(value, separators)) policy.match.push_back(std::move(word));
    } else if (is("tafile")) {
        if (!demands_name(policy.level))
            return Error{fmt::format("attribute \"{}\" invalid at security level \"{}\"", name,
                                     level_name(policy.level))};
        policy.anchors.push_back(value);
    } else if (is("connection_reuse")) {
        const Result<bool> reuse = config::parse_boolean(value);
        if (!reuse) return Error{fmt::format("attribute \"{}\" has bad value: \"{}\"", name, value)};
        policy.connection_reuse = *reuse;
    } else if (is("mx_host_pattern")) {
        policy.mx_patterns.push_back(value);
    } else {
        return Error{fmt::format("invalid attribute name: \"{}\"", name)};
    }
    return {};
}

}  // namespace

const char* level_name(TlsLevel level) {
    for (const LevelName& entry : level_names)
        if (entry.level == level) return entry.name;
    return "invalid";
}

std::optional<TlsLevel> parse_level(std::string_view word) {
    for (const LevelName& entry : level_names)
        if (equals_ignoring_case(word, entry.name) && entry.level != TlsLevel::half_dane) return entry.level;
    return std::nullopt;
}

std::optional<RequireTls> parse_require_tls(std::string_view word) {
    if (equals_ignoring_case(word, "enforce")) return RequireTls::enforce;
    if (equals_ignoring_case(word, "opportunistic+starttls")) return RequireTls::starttls;
    if (equals_ignoring_case(word, "opportunistic")) return RequireTls::opportunistic;
    if (equals_ignoring_case(word, "disable")) return RequireTls::off;
    return std::nullopt;
}

std::vector<std::string> TlsPolicy::names(const std::string& nexthop, const std::string& host) const {
    std::vector<std::string> names;
    for (const std::string& word : match) {
        if (equals_ignoring_case(word, "nexthop"))
            names.push_back(nexthop);
        else if (equals_ignoring_case(word, "dot-nexthop"))
            names.push_back("." + nexthop);
        else if (equals_ignoring_case(word, "hostname"))
            names.push_back(tlsa_base.empty() ? host : tlsa_base);
        else
            names.push_back(word);
    }
    return names;
}

std::string TlsPolicy::sni(const std::string& nexthop, const std::string& host) const {
    // RFC 7672 8.1.
    std::string name = !tlsa_base.empty()                              ? tlsa_base
                       : equals_ignoring_case(server_name, "nexthop")  ? nexthop
                       : equals_ignoring_case(server_name, "hostname") ? host
                                                                       : server_name;
    return mail::is_valid_hostname(name) ? name : std::string();
}

std::string TlsPolicy::key() const {
    std::string text = fmt::format(
        "level={} protocols={} ciphers={} exclude={} servername={} match={} tafile={} "
        "require={}",
        level_name(level), protocols, grade, exclude, server_name, join(match, "|"), join(anchors, "|"),
        static_cast<int>(require_tls));
    if (!mx_patterns.empty()) text += " mx=" + join(mx_patterns, "|");
    if (!tlsa_base.empty()) text += " tlsa=" + tlsa_base;
    for (const tls::TlsaRecord& record : tlsa)
        text += fmt::format(" {}/{}/{}/{}", record.usage, record.selector, record.matching_type,
                            hex_encode(record.data));
    return text;
}

Result<void> read_policy_entry(const std::string& text, std::string_view about, TlsPolicy& policy) {
    const std::vector<std::string> words = split_words_with_braces(text);
    if (words.empty()) return Error{"invalid empty policy"};
    const auto level = parse_level(words.front());
    if (!level) return Error{fmt::format("invalid security level \"{}\"", words.front())};
    policy.level = *level;
    for (std::size_t i = 1; i < words.size(); ++i) {
        std::string word = words[i];
        if (word.size() > 2 && word.front() == '{' && word.back() == '}')
            word = std::string(trim(std::string_view(word).substr(1, word.size() - 2)));
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos || equals == 0)
            return Error{
                fmt::format("malformed attribute/value pair \"{}\": missing '=' after attribute name", word)};
        const std::string name(trim(std::string_view(word).substr(0, equals)));
        const std::string value(trim(std::string_view(word).substr(equals + 1)));
        if (policy.level == TlsLevel::none) {
            if (!is_report_attribute(name))
                log::warning("{}: ignoring attribute \"{}={}\" with TLS disabled", about, name, value);
            continue;
        }
        if (const Result<void> read = read_attribute(name, value, policy); !read) return read;
    }
    return {};
}

}  // namespace postrider::smtp

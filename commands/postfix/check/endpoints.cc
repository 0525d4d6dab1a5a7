// commands/postfix/check/endpoints.cc - servers that the configuration names: policy servers, mail filters,
// Dovecot, LMTP sockets, relay hosts.
//
// A server that does not answer now may answer later: that is a note. What can never be reached is an error.
#include <fmt/core.h>
#include <sys/stat.h>

#include <set>

#include "commands/postfix/check/checks.h"
#include "lib/base/file.h"
#include "lib/base/socket_address.h"
#include "lib/base/text.h"
#include "lib/milter/settings.h"
#include "smtpd/access/policy_client.h"

namespace postrider::postfix::check {

namespace {

// Where a mistake leads.
constexpr std::string_view mail_waits = "mail is answered with 451 or waits until then";

class Endpoints {
  public:
    Endpoints(const Configuration& configuration, Findings& findings)
        : configuration_(configuration), findings_(findings) {}

    void policy_servers(const Service* service, const std::string& parameter);
    void filters(const Service* service, std::string_view parameter, std::string_view program);
    void proxy_filter(const Service* service);
    void dovecot(const Service* service);
    void transport(const Service* service, std::string_view parameter);
    void relay_host(const Service* service, std::string_view parameter);

  private:
    void add(Severity severity, std::string_view parameter, const Service* service, std::string text,
             std::string remedy) {
        Finding finding = configuration_.about(severity, "endpoint", parameter, service, std::move(text),
                                               std::move(remedy));
        if (told_.insert(fmt::format("{}:{}:{}", finding.file, finding.line, finding.text)).second)
            findings_.push_back(std::move(finding));
    }
    std::string value(std::string_view name, const Service* service) const {
        return configuration_.settings_of(service).value_of(name).value_or("");
    }
    // Whether a process that runs this program may be in the jail, and thus looks for sockets there.
    bool in_jail(const Service* service, std::string_view program) const {
        if (service != nullptr && service->entry.command == program) return service->entry.chroot;
        for (const Service* one : configuration_.running(program))
            if (one->entry.chroot) return true;
        return false;
    }
    void internet(std::string_view parameter, const Service* service, const std::string& endpoint);
    void path(std::string_view parameter, const Service* service, const std::string& path, bool jailed);
    void any(std::string_view parameter, const Service* service, const std::string& endpoint,
             std::string_view program);

    const Configuration& configuration_;
    Findings& findings_;
    std::set<std::string> told_;
};

void Endpoints::internet(std::string_view parameter, const Service* service, const std::string& endpoint) {
    std::string_view place = endpoint;
    for (const std::string_view kind : {"inet6:", "inet:"})
        if (place.starts_with(kind)) {
            place.remove_prefix(kind.size());
            break;
        }
    // Compat: without a colon it is the port of this machine.
    const auto parts = split_host_port(place.find(':') == std::string_view::npos ? ":" + std::string(place)
                                                                                 : std::string(place));
    if (parts && find_tcp_port(parts->port)) return;
    const bool is_host = !parts || parts->port.empty() ||
                         parts->port.find_first_of(".]") != std::string::npos ||
                         SocketAddress::from_ip(place).has_value();
    add(Severity::error, parameter, service,
        is_host ? fmt::format("{}: {} names no port", parameter, endpoint)
                : fmt::format("{}: {}: there is no TCP port {}", parameter, endpoint, parts->port),
        is_host ? "write host:port" : "write its number, or add the name to /etc/services");
}

void Endpoints::path(std::string_view parameter, const Service* service, const std::string& path,
                     bool jailed) {
    const std::string shown = fmt::format("{}: unix:{}", parameter, path);
    if (path.empty()) {
        add(Severity::error, parameter, service, shown + " names no path", "write unix:path");
        return;
    }
    const std::string& queue = configuration_.instance.queue;
    const std::string inside = path.starts_with('/') ? queue + path : queue + "/" + path;
    const std::string& place = jailed || !path.starts_with('/') ? inside : path;
    if (!SocketAddress::from_path(path)) {
        add(Severity::error, parameter, service,
            fmt::format("{}: the path of a socket has at most 107 bytes, not {}", shown, path.size()),
            "move the socket");
        return;
    }
    const auto file = stat_file(place);
    if (file && !S_ISSOCK(file->st_mode)) {
        add(Severity::error, parameter, service, fmt::format("{}: {} is not a socket", shown, place),
            "correct the path: nobody can listen there");
        return;
    }
    if (file) return;
    const auto outside = jailed && path.starts_with('/') ? stat_file(path) : std::nullopt;
    if (outside && S_ISSOCK(outside->st_mode)) {
        add(Severity::error, parameter, service,
            fmt::format("{}: the program is in the jail and looks for {}, which is not there", shown, place),
            fmt::format("let the server listen at {}, or write n in the fifth column (chroot) of master.cf",
                        place));
        return;
    }
    // master(8) makes the sockets of its services when it starts.
    const std::size_t slash = path.find('/');
    if (slash != std::string::npos && (path.starts_with("private/") || path.starts_with("public/")) &&
        configuration_.has_service(path.substr(slash + 1), "unix"))
        return;
    add(Severity::note, parameter, service, fmt::format("{}: there is no socket {}", shown, place),
        "start the server that listens there, or correct the path");
}

void Endpoints::any(std::string_view parameter, const Service* service, const std::string& endpoint,
                    std::string_view program) {
    if (endpoint.find('$') != std::string::npos) return;
    if (endpoint.starts_with("unix:"))
        path(parameter, service, endpoint.substr(5), in_jail(service, program));
    else
        internet(parameter, service, endpoint);
}

void Endpoints::policy_servers(const Service* service, const std::string& parameter) {
    const Settings& settings = configuration_.settings_of(service);
    // Other values need not be such that they can be expanded.
    const auto entry = settings.explicit_value(parameter);
    if (!entry || lower(entry->value).find("check_policy_service") == std::string::npos) return;
    const std::vector<std::string> words = split_words_with_braces(value(parameter, service));
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (!equals_ignoring_case(words[i], "check_policy_service")) continue;
        const auto options = smtpd::access::parse_policy_options(words[i + 1], settings);
        if (options)  // else told of the list
            any(parameter, service, options->endpoint, "smtpd");
    }
}

void Endpoints::filters(const Service* service, std::string_view parameter, std::string_view program) {
    const std::string text = value(parameter, service);
    if (equals_ignoring_case(trim(text), "DISABLE")) return;
    const auto found = milter::parse_filters(text, configuration_.settings_of(service));
    if (!found) {
        add(Severity::error, parameter, service, fmt::format("{}: {}", parameter, found.error()),
            fmt::format("correct it: {}", mail_waits));
        return;
    }
    for (const milter::FilterSettings& filter : *found) any(parameter, service, filter.endpoint, program);
}

void Endpoints::proxy_filter(const Service* service) {
    const std::string endpoint(trim(value("smtpd_proxy_filter", service)));
    if (!endpoint.empty()) any("smtpd_proxy_filter", service, endpoint, "smtpd");
}

void Endpoints::dovecot(const Service* service) {
    constexpr std::string_view name = "smtpd_sasl_path";
    const Settings& settings = configuration_.settings_of(service);
    if (settings.value_of("smtpd_sasl_type").value_or("") != "dovecot" ||
        settings.value_of("smtpd_sasl_auth_enable").value_or("") != "yes")
        return;
    const std::string endpoint(trim(value(name, service)));
    if (endpoint.empty()) return;
    const bool prefixed = endpoint.starts_with("inet:") || endpoint.starts_with("unix:");
    any(name, service, prefixed ? endpoint : "unix:" + endpoint, "smtpd");
}

// "lmtp:unix:path", "smtp:[host]:port".
void Endpoints::transport(const Service* service, std::string_view parameter) {
    const std::string text = value(parameter, service);
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos || text.find('$') != std::string::npos) return;
    const std::string name = text.substr(0, colon);
    const std::string next_hop = text.substr(colon + 1);
    for (const auto& one : configuration_.services) {
        if (one->entry.service != name || one->entry.type != "unix") continue;
        const std::string& program = one->entry.command;
        if (program == "lmtp" && next_hop.starts_with("unix:"))
            path(parameter, service, next_hop.substr(5), one->entry.chroot);
    }
}

void Endpoints::relay_host(const Service* service, std::string_view parameter) {
    for (const std::string& word : split_words(value(parameter, service))) {
        if (word.find('$') != std::string::npos || SocketAddress::from_ip(word)) continue;
        const auto parts = split_host_port(word);
        if (!parts)
            add(Severity::error, parameter, service,
                fmt::format("{}: {} is no host and port", parameter, word),
                "write host, [host], host:port or [host]:port: mail waits until then");
        else if (!parts->port.empty() && !find_tcp_port(parts->port))
            add(Severity::error, parameter, service,
                fmt::format("{}: {}: there is no TCP port {}", parameter, word, parts->port),
                "write its number, or add the name to /etc/services");
    }
}

}  // namespace

void check_endpoints(const Configuration& configuration, Findings& findings) {
    Endpoints endpoints(configuration, findings);
    if (configuration.usable)
        for (const auto& [name, entry] : configuration.settings.explicit_values())
            if (!name.ends_with("_maps")) endpoints.policy_servers(nullptr, name);
    for (const auto& service : configuration.services) {
        if (!service->usable) continue;
        for (const std::string& name : service->overridden) endpoints.policy_servers(service.get(), name);
    }
    const auto views = [&](std::initializer_list<std::string_view> parameters, auto look) {
        configuration.for_each_view(parameters, look);
    };
    views({"smtpd_milters"}, [&](const Service* one) { endpoints.filters(one, "smtpd_milters", "smtpd"); });
    views({"non_smtpd_milters"},
          [&](const Service* one) { endpoints.filters(one, "non_smtpd_milters", "cleanup"); });
    views({"smtpd_proxy_filter"}, [&](const Service* one) { endpoints.proxy_filter(one); });
    views({"smtpd_sasl_path", "smtpd_sasl_type", "smtpd_sasl_auth_enable"},
          [&](const Service* one) { endpoints.dovecot(one); });
    for (const std::string_view name : {"virtual_transport", "mailbox_transport", "local_transport",
                                        "default_transport", "relay_transport", "fallback_transport"})
        views({name}, [&](const Service* one) { endpoints.transport(one, name); });
    for (const std::string_view name : {"relayhost", "smtp_fallback_relay"})
        views({name}, [&](const Service* one) { endpoints.relay_host(one, name); });
}

}  // namespace postrider::postfix::check

// commands/postfix/check/conflicts.cc - settings that cancel each other, or that lack their other half.
#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "agents/virtual/parameters.h"
#include "commands/postfix/check/checks.h"
#include "commands/postfix/check/table_content.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/config/value_problem.h"
#include "lib/delivery/parameters.h"
#include "local/parameters.h"
#include "services/postscreen/parameters.h"
#include "smtp/parameters.h"
#include "smtp/sasl_parameters.h"
#include "smtpd/access/parameters.h"
#include "smtpd/parameters.h"

namespace postrider::postfix::check {

namespace {

class Conflicts {
  public:
    Conflicts(const Configuration& configuration, Findings& findings)
        : configuration_(configuration), findings_(findings), settings_(configuration.settings) {}

    void transports();
    void mailboxes();
    void virtual_users(std::string_view parameter, long least, std::string_view limit);
    void domains();
    void relayhost();
    void queue_times();
    void smtpd_lists();
    void client_login();
    void small_things();

  private:
    void add(Severity severity, std::string_view parameter, const Service* service, std::string text,
             std::string remedy) {
        findings_.push_back(configuration_.about(severity, "conflict", parameter, service, std::move(text),
                                                 std::move(remedy)));
    }
    bool is_set(std::string_view name) const { return settings_.explicit_value(name).has_value(); }
    std::string value(std::string_view name, const Service* service = nullptr) const {
        return configuration_.settings_of(service).value_of(name).value_or("");
    }
    void transport(std::string_view parameter, const Service* service, std::string_view consequence);
    void transport_tables();
    void relayhost_password();
    void filter_loop(const Service* service);

    const Configuration& configuration_;
    Findings& findings_;
    const Settings& settings_;
};

// A transport must be a service of master.cf, or its mail waits for ever.
void Conflicts::transport(std::string_view parameter, const Service* service, std::string_view consequence) {
    const std::string text = value(parameter, service);
    const std::string name = text.substr(0, text.find(':'));
    if (name.empty() || configuration_.services.empty()) return;
    if (configuration_.has_service(name, "unix")) return;
    add(Severity::error, parameter, service,
        fmt::format("{} names the service {}, which master.cf does not have: {}",
                    configuration_.quoted(parameter, service), name, consequence),
        fmt::format("add a line \"{} unix ...\" to master.cf, or correct the name", name));
}

// What the entries of transport(5) tables name.
void Conflicts::transport_tables() {
    static constexpr std::string_view parameters[] = {
        "transport_maps",         "sender_dependent_default_transport_maps", "fallback_transport_maps",
        "mailbox_transport_maps", "address_verify_transport_maps",
    };
    if (configuration_.services.empty()) return;
    for (const std::string_view parameter : parameters) {
        if (!is_set(parameter)) continue;  // the default is another one's value
        for (const std::string& table : split_words_with_braces(value(parameter))) {
            const auto content = table_content(table, settings_);
            if (!content) continue;
            std::set<std::string> told;
            for (const auto& [key, result] : *content) {
                const std::string name = result.substr(0, result.find(':'));
                if (name.empty() || name.find('$') != std::string::npos || is_space(name.front()) ||
                    configuration_.has_service(name, "unix") || !told.insert(name).second)
                    continue;
                add(Severity::error, parameter, nullptr,
                    fmt::format(
                        "{}: \"{} {}\" in {} names the service {}, which master.cf does not have: mail that "
                        "goes there is deferred",
                        parameter, key, result, table, name),
                    fmt::format("add a line \"{} unix ...\" to master.cf, or correct the name", name));
            }
        }
    }
}

// A filter that is our own server, which filters again.
void Conflicts::filter_loop(const Service* service) {
    const std::string filter = value("content_filter", service);
    const std::size_t host = filter.find(':');
    const std::size_t port = filter.rfind(':');
    if (host == std::string::npos || host == port) return;
    const std::string_view where = std::string_view(filter).substr(host + 1, port - host - 1);
    if (where != "[127.0.0.1]" && where != "127.0.0.1" && where != "localhost" && where != "[localhost]")
        return;
    for (const Service* server : configuration_.running("smtpd")) {
        const std::string& name = server->entry.service;
        const std::size_t colon = name.rfind(':');
        if (server->entry.type != "inet" || name.substr(colon + 1) != filter.substr(port + 1)) continue;
        if (server->settings.value_of("content_filter") != filter) continue;
        add(Severity::error, "content_filter", service,
            fmt::format(
                "content_filter = {} is our own service {}, which has the same filter: mail goes round",
                filter, server->name()),
            "add -o content_filter= to that service");
        return;
    }
}

void Conflicts::transports() {
    transport_tables();
    configuration_.for_each_view({"content_filter"}, [&](const Service* service) { filter_loop(service); });
    static constexpr std::string_view parameters[] = {
        "content_filter",    "default_transport", "fallback_transport", "local_transport",
        "mailbox_transport", "relay_transport",   "virtual_transport",  "address_verify_default_transport",
        "best_mx_transport",
    };
    for (const std::string_view parameter : parameters)
        configuration_.for_each_view({parameter}, [&](const Service* service) {
            // Defaults name stock services, which an unused part of the system may lack.
            if (service == nullptr && !is_set(parameter)) return;
            transport(parameter, service, "mail that goes there is deferred");
        });
    for (const Service* screen : configuration_.running("postscreen")) {
        if (!screen->usable) continue;
        const std::string behind = screen->settings[postscreen::smtpd_service_name];
        if (configuration_.has_service(behind, "pass")) continue;
        add(Severity::error, "smtpd_service_name", screen,
            fmt::format(
                "postscreen hands clients to the service {} of type pass, which master.cf does not have",
                behind),
            fmt::format("add a line \"{} pass - - n - - smtpd\" to master.cf", behind));
    }
}

void Conflicts::mailboxes() {
    const long message_limit = settings_[config::message_size_limit];
    const auto too_small = [&](std::string_view parameter, long limit, std::string_view agent) {
        if (limit == 0 || (message_limit != 0 && message_limit <= limit)) return;
        add(Severity::error, parameter, nullptr,
            fmt::format("{} ({}) is smaller than message_size_limit ({}): {} refuses to deliver anything",
                        parameter, limit, message_limit == 0 ? "no limit" : std::to_string(message_limit),
                        agent),
            fmt::format("raise {}, or set it to 0 for no limit", parameter));
    };
    const bool asked = is_set("mailbox_size_limit") || is_set("message_size_limit");
    if (asked && value("local_transport").starts_with("local") && !value("mydestination").empty())
        too_small("mailbox_size_limit", settings_[local::mailbox_size_limit], "local(8)");
    const bool virtual_delivers = value("virtual_transport") == "virtual" &&
                                  !trim(value("virtual_mailbox_domains")).empty() &&
                                  is_set("virtual_mailbox_domains");
    if (!virtual_delivers) return;
    too_small("virtual_mailbox_limit", settings_[virtual_agent::virtual_mailbox_limit], "virtual(8)");
    for (const std::string_view needed :
         {"virtual_mailbox_maps", "virtual_mailbox_base", "virtual_uid_maps", "virtual_gid_maps"})
        if (trim(value(needed)).empty())
            add(Severity::error, needed, nullptr,
                fmt::format("virtual_mailbox_domains is set and virtual(8) delivers, but {} is empty",
                            needed),
                fmt::format("set {}, or another virtual_transport", needed));
    virtual_users("virtual_uid_maps", settings_[virtual_agent::virtual_minimum_uid], "virtual_minimum_uid");
    virtual_users("virtual_gid_maps", 1, "1");
}

// Numbers below the least one defer the mail; databases are not asked.
void Conflicts::virtual_users(std::string_view parameter, long least, std::string_view limit) {
    for (const std::string& table : split_words_with_braces(value(parameter))) {
        const auto content = table_content(table, settings_);
        if (!content) continue;
        for (const auto& [key, number] : *content) {
            if (number.find('$') != std::string::npos) continue;  // of a pattern
            const auto parsed = parse_int(number);
            if (parsed && *parsed >= least && *parsed < std::numeric_limits<uid_t>::max()) continue;
            add(Severity::error, parameter, nullptr,
                fmt::format("{}: {}{} in {} is {}: its mail is deferred", parameter,
                            key.empty() ? "" : key + " ", number, table,
                            !parsed           ? "no number"
                            : *parsed < least ? fmt::format("less than {} ({})", limit, least)
                                              : "too large"),
                fmt::format("name another user or group{}",
                            parameter == "virtual_uid_maps" ? ", or lower virtual_minimum_uid" : ""));
            return;
        }
    }
}

// The domains of a list: those written out, and the keys of tables in files; databases are not asked.
std::vector<std::string> domains_in(const std::string& value, const Settings& settings) {
    std::vector<std::string> domains;
    for (const std::string& word : split_words(value)) {
        if (word.starts_with('!') || word.starts_with('/') || word.starts_with('{')) continue;
        if (word.find(':') == std::string::npos) {
            domains.push_back(lower(word));
            continue;
        }
        const std::string type = table_name(word, settings).type;
        if (type == "static" || type == "regexp" || type == "pcre" || type == "cidr") continue;
        const auto content = table_content(word, settings);
        if (!content) continue;
        for (const auto& [key, ignored] : *content) domains.push_back(lower(key));
    }
    return domains;
}

void Conflicts::domains() {
    static constexpr std::string_view classes[] = {"mydestination", "virtual_alias_domains",
                                                   "virtual_mailbox_domains", "relay_domains"};
    std::map<std::string, std::string_view> owner;
    for (const std::string_view name : classes) {
        // By default relay_domains repeats mydestination, and virtual_alias_domains are the keys of its maps.
        if (name != "mydestination" && !is_set(name)) continue;
        for (const std::string& domain : domains_in(value(name), settings_)) {
            const auto [place, fresh] = owner.emplace(domain, name);
            if (fresh || place->second == name) continue;
            // Postfix itself wrote relay_domains = $mydestination into main.cf for years.
            if (name == "relay_domains" && place->second == "mydestination") continue;
            add(Severity::warning, name, nullptr,
                fmt::format("domain {} is listed in {} and in {}; only the first counts", domain,
                            place->second, name),
                fmt::format("take {} out of one of the two", domain));
        }
    }
}

void Conflicts::relayhost() {
    std::string host = value("relayhost");
    if (host.empty()) return;
    const bool bracketed = host.starts_with('[');
    std::string port;
    const std::size_t end = bracketed ? host.find(']') : host.find(':');
    if (end != std::string::npos) {
        const std::size_t colon = host.find(':', bracketed ? end : end);
        if (colon != std::string::npos) port = host.substr(colon + 1);
        host = host.substr(bracketed ? 1 : 0, end - (bracketed ? 1 : 0));
    }
    if (!port.empty() && port != "25" && port != "smtp") return;
    const bool itself = equals_ignoring_case(host, value("myhostname"));
    if (itself)
        add(Severity::error, "relayhost", nullptr,
            fmt::format("{} is this machine (myhostname): mail loops back",
                        configuration_.quoted("relayhost")),
            "name the host that takes mail for the outside, or nothing");
}

void Conflicts::queue_times() {
    const auto longer = [&](const auto& shorter_one, const auto& longer_one, Severity severity,
                            std::string_view remedy) {
        if (!is_set(shorter_one.name()) && !is_set(longer_one.name())) return;
        if (settings_[shorter_one] <= settings_[longer_one]) return;
        const std::string_view where = is_set(shorter_one.name()) ? shorter_one.name() : longer_one.name();
        add(severity, where, nullptr,
            fmt::format("{} ({} s) is longer than {} ({} s)", shorter_one.name(),
                        settings_[shorter_one].count(), longer_one.name(), settings_[longer_one].count()),
            std::string(remedy));
    };
    const auto* maximal = config::find_parameter("maximal_backoff_time");
    if (maximal != nullptr) {
        const auto least = config::parse_time(value("minimal_backoff_time"), 's');
        const auto most = config::parse_time(value("maximal_backoff_time"), 's');
        if (least && most && *least > *most &&
            (is_set("minimal_backoff_time") || is_set("maximal_backoff_time")))
            add(Severity::warning,
                is_set("minimal_backoff_time") ? "minimal_backoff_time" : "maximal_backoff_time", nullptr,
                "minimal_backoff_time is longer than maximal_backoff_time",
                "the time between attempts grows from the first to the second");
    }
    longer(delivery::queue_run_delay, delivery::minimal_backoff_time, Severity::note,
           "deferred mail is looked at less often than it is due");
}

// A list that cannot work where it stands.
void Conflicts::smtpd_lists() {
    for (const Service* service : configuration_.running("smtpd")) {
        if (!service->usable) continue;
        const Settings& settings = service->settings;
        const bool required = settings[smtpd::smtpd_helo_required];
        const std::string helo = value("smtpd_helo_restrictions", service);
        if (!required && helo.find("reject") != std::string::npos)
            add(Severity::note, "smtpd_helo_restrictions", service,
                "smtpd_helo_restrictions reject, but smtpd_helo_required = no: a client that says no HELO "
                "passes",
                "set smtpd_helo_required = yes");
        if (!settings[smtpd::smtpd_delay_reject]) {
            for (const std::string_view early :
                 {"smtpd_client_restrictions", "smtpd_helo_restrictions", "smtpd_sender_restrictions"}) {
                const std::string list = value(early, service);
                for (const std::string_view late :
                     {"check_recipient_access", "reject_unauth_destination", "reject_unlisted_recipient",
                      "reject_unverified_recipient", "reject_unknown_recipient_domain"})
                    if (list.find(late) != std::string::npos)
                        add(Severity::warning, early, service,
                            fmt::format(
                                "{} in {} does nothing: with smtpd_delay_reject = no the recipient is not "
                                "known there",
                                late, early),
                            "move it to smtpd_recipient_restrictions, or remove smtpd_delay_reject = no");
            }
        }
    }
}

// The password is looked for under the words of relayhost: brackets and port belong to them.
void Conflicts::relayhost_password() {
    const std::string host = value("relayhost");
    if (host.empty() || !settings_[smtp::smtp_sasl_auth_enable]) return;
    const auto bare = [](std::string_view text) {
        std::string name;
        for (const char c : text.substr(0, text.rfind(':')))
            if (c != '[' && c != ']') name += c;
        return lower(name);
    };
    std::string similar;
    for (const std::string& table : split_words_with_braces(value("smtp_sasl_password_maps"))) {
        const auto content = table_content(table, settings_);
        if (!content) return;
        for (const auto& [key, password] : *content) {
            // The name of the host alone is right, too; for a name with MX records that is another one.
            if (lower(key) == lower(host) || key.find('@') != std::string::npos || lower(key) == bare(host))
                return;
            if (bare(key + (key.find(':') == std::string::npos ? ":" : "")) == bare(host)) similar = key;
        }
    }
    if (similar.empty()) return;
    add(Severity::warning, "smtp_sasl_password_maps", nullptr,
        fmt::format("smtp_sasl_password_maps has a password for {}, but relayhost is {}: it is not found",
                    similar, host),
        "write both alike, brackets and port included");
}

void Conflicts::client_login() {
    relayhost_password();
    configuration_.for_each_view({"smtp_sasl_auth_enable", "smtp_sasl_password_maps"},
                                 [&](const Service* service) {
                                     const Settings& settings = configuration_.settings_of(service);
                                     if (!settings[smtp::smtp_sasl_auth_enable]) return;
                                     if (!trim(value("smtp_sasl_password_maps", service)).empty()) return;
                                     add(Severity::error, "smtp_sasl_auth_enable", service,
                                         "smtp_sasl_auth_enable = yes, but smtp_sasl_password_maps is empty: "
                                         "there is nothing to log in with",
                                         "set smtp_sasl_password_maps, e.g. hash:/etc/postfix/sasl_passwd");
                                 });
}

void Conflicts::small_things() {
    if (is_set("mynetworks") && is_set("mynetworks_style"))
        add(Severity::note, "mynetworks_style", nullptr,
            "mynetworks_style has no effect, because mynetworks is set", "remove one of the two");
    if (!is_set("mynetworks") && value("mynetworks_style") == "class" && is_set("mynetworks_style"))
        add(Severity::warning, "mynetworks_style", nullptr,
            "mynetworks_style = class trusts the whole class A, B or C network around this machine",
            "set mynetworks to the networks that are yours");
    if (is_set("home_mailbox") && !trim(value("mailbox_command")).empty() && !value("home_mailbox").empty())
        add(Severity::note, "home_mailbox", nullptr,
            "home_mailbox has no effect, because mailbox_command is set", "remove one of the two");
    if (value("maillog_format") == "json" && value("maillog_file").empty())
        add(Severity::warning, "maillog_format", nullptr,
            "maillog_format = json has no effect, because maillog_file is empty: syslog gets text",
            "set maillog_file, or remove maillog_format");
    if (value("soft_bounce") == "yes")
        add(Severity::note, "soft_bounce", nullptr, "soft_bounce = yes: nothing is ever refused for good",
            "remove it when you have tried what you wanted to try");
    if (is_set("alias_database")) {
        const std::vector<std::string> read = split_words(value("alias_maps"));
        for (const std::string& built : split_words(value("alias_database"))) {
            const std::string bare = built.substr(built.find(':') + 1);
            const bool used = std::any_of(read.begin(), read.end(),
                                          [&](const std::string& one) { return one.ends_with(bare); });
            if (!used)
                add(Severity::note, "alias_database", nullptr,
                    fmt::format("newaliases makes {}, which alias_maps does not use", built),
                    "add it to alias_maps, or take it out");
        }
    }
    const std::string name = value("myhostname");
    if (is_set("myhostname") && name.find('.') == std::string::npos)
        add(Severity::note, "myhostname", nullptr,
            fmt::format("myhostname = {} is no full name: other servers will not believe it", name),
            "write the full name of this machine");
}

}  // namespace

void check_conflicts(const Configuration& configuration, Findings& findings) {
    Conflicts conflicts(configuration, findings);
    if (!configuration.usable) return;
    conflicts.transports();
    conflicts.mailboxes();
    conflicts.domains();
    conflicts.relayhost();
    conflicts.queue_times();
    conflicts.smtpd_lists();
    conflicts.client_login();
    conflicts.small_things();
}

}  // namespace postrider::postfix::check

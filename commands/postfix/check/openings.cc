// commands/postfix/check/openings.cc - lists of what is ours that hold far more than anybody's: networks of
// half the Internet, domains that are all domains, and addresses that lead through us to others.
#include <fmt/core.h>

#include <algorithm>

#include "commands/postfix/check/checks.h"
#include "commands/postfix/check/table_content.h"
#include "lib/base/file.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/config/logical_lines.h"
#include "services/trivial-rewrite/parameters.h"
#include "smtpd/access/parameters.h"

namespace postrider::postfix::check {

namespace {

// Nobody has a larger network to himself (RFC 1918 3 has the largest private one).
constexpr int widest_ipv4 = 8;
constexpr int widest_ipv6 = 16;
constexpr int deepest = 5;

// The items of a list with those of the files that it names, and the keys of its address tables.
void add_items(std::string_view text, const Settings& settings, std::vector<std::string>& items,
               int depth = 0) {
    for (const std::string& word : split_words_with_braces(text)) {
        if (word.starts_with('/') && depth < deepest) {
            const auto content = read_file(word);
            if (!content) continue;
            for (const config::LogicalLine& line : config::logical_lines(*content))
                add_items(line.text, settings, items, depth + 1);
        } else if (word.starts_with("cidr:")) {
            if (const auto content = table_content(word, settings))
                for (const auto& [key, value] : *content) items.push_back(key);
        } else {
            items.push_back(word);
        }
    }
}

// "2000::/3" and the like; addresses that begin with f are of no use on the Internet (RFC 4291 2.4).
bool is_too_wide(std::string_view network) {
    const std::size_t slash = network.rfind('/');
    if (slash == std::string_view::npos || network.front() == '!') return false;
    const std::string_view digits = network.substr(slash + 1);
    const auto length = all_digits(digits) ? parse_int(digits) : std::nullopt;
    if (!length || network.find_first_not_of("0123456789abcdefABCDEF.:[]/") != std::string_view::npos)
        return false;
    if (network.find(':') == std::string_view::npos) return *length < widest_ipv4;
    const std::size_t first = network.find_first_not_of('[');
    return *length < widest_ipv6 && lower(network.substr(first, 1)) != "f";
}

void check_networks(const Configuration& configuration, Findings& findings) {
    configuration.for_each_view({"mynetworks"}, [&](const Service* service) {
        const Settings& settings = configuration.settings_of(service);
        std::vector<std::string> items;
        add_items(settings[config::mynetworks], settings, items);
        const auto wide = std::find_if(items.begin(), items.end(), is_too_wide);
        // A list that says so itself is told of together with the restrictions that believe it.
        if (wide == items.end() ||
            (wide->ends_with("/0") && settings[config::mynetworks].find(*wide) != std::string::npos))
            return;
        findings.push_back(
            configuration.about(Severity::error, "open-relay", "mynetworks", service,
                                fmt::format("mynetworks has {}: so much of the Internet is trusted", *wide),
                                "list the networks that are yours"));
    });
}

// A table that knows every key.
bool knows_everything(const std::string& word, const Settings& settings) {
    if (word.starts_with("static:")) return true;
    if (!word.starts_with("regexp:") && !word.starts_with("pcre:")) return false;
    const auto content = table_content(word, settings);
    return content && std::any_of(content->begin(), content->end(), [](const auto& entry) {
               return matches_everybody(entry.first, Strangers::domains);
           });
}

// "com", as a domain whose subdomains belong to it.
bool is_top_level(const std::string& word) {
    static constexpr std::string_view at_home[] = {"lan", "loc", "box", "int"};
    const std::string_view name = std::string_view(word).substr(word.starts_with('.') ? 1 : 0);
    return (name.size() == 2 || name.size() == 3) && std::all_of(name.begin(), name.end(), is_alpha) &&
           std::find(std::begin(at_home), std::end(at_home), lower(name)) == std::end(at_home);
}

void check_domains(const Configuration& configuration, Findings& findings) {
    struct List {
        std::string_view parameter;
        bool relays;  // mail for these domains goes on to others
    };
    static constexpr List lists[] = {{"relay_domains", true},
                                     {"virtual_alias_domains", false},
                                     {"virtual_mailbox_domains", false},
                                     {"mydestination", false}};
    for (const List& list : lists) {
        configuration.for_each_view({list.parameter}, [&](const Service* service) {
            const Settings& settings = configuration.settings_of(service);
            if (service == nullptr && !settings.explicit_value(list.parameter)) return;
            const std::string parents = settings.value_of("parent_domain_matches_subdomains").value_or("");
            const auto add = [&](Severity severity, std::string text) {
                findings.push_back(configuration.about(
                    severity, severity == Severity::error && list.relays ? "open-relay" : "conflict",
                    list.parameter, service, fmt::format("{} has {}", list.parameter, text),
                    "list the domains that are yours"));
            };
            for (const std::string& word :
                 split_words_with_braces(settings.value_of(list.parameter).value_or(""))) {
                if (knows_everything(word, settings))
                    add(Severity::error, fmt::format("{}: every domain counts as ours", word));
                else if (word == "*")
                    add(Severity::warning, "*, which is no domain and matches none");
                else if (list.relays && is_top_level(word) &&
                         (word.starts_with('.') || parents.find(list.parameter) != std::string::npos))
                    add(Severity::error, fmt::format("{}: mail for everybody below it is relayed", word));
            }
        });
    }
}

void check_routing(const Configuration& configuration, Findings& findings) {
    configuration.for_each_view({"allow_untrusted_routing"}, [&](const Service* service) {
        const Settings& settings = configuration.settings_of(service);
        if (!settings[smtpd::allow_untrusted_routing]) return;
        const Settings& rewriting = configuration.settings;
        if (!rewriting[rewrite::allow_percent_hack] && !rewriting[rewrite::swap_bangpath]) return;
        findings.push_back(configuration.about(
            Severity::error, "open-relay", "allow_untrusted_routing", service,
            "allow_untrusted_routing = yes: mail for somebody%elsewhere@ours is relayed to elsewhere",
            "remove it"));
    });
}

}  // namespace

void check_openings(const Configuration& configuration, Findings& findings) {
    check_networks(configuration, findings);
    check_domains(configuration, findings);
    check_routing(configuration, findings);
}

}  // namespace postrider::postfix::check

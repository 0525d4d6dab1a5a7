// commands/postfix/check/relay.cc - ways in which mail of strangers for strangers is taken: an open relay.
//
// The stranger is nobody's client: not in mynetworks, not logged in, without a certificate; it chooses its
// HELO name, its sender and the name of its address freely. The recipient is in none of our domains. Every
// list between the two is followed with what each restriction may answer to them; access tables that can be
// read are read. What cannot be known (a policy server, a table in a database) is told as a note, and only
// when nothing after it closes the way.
#include <fmt/core.h>

#include <optional>

#include "commands/postfix/check/checks.h"
#include "commands/postfix/check/quiet.h"
#include "commands/postfix/check/smtpd_lists.h"
#include "commands/postfix/check/table_content.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "smtpd/access/parameters.h"
#include "smtpd/parameters.h"
#include "smtpd/tls_parameters.h"

namespace postrider::postfix::check {

namespace {

constexpr int deepest = 20;

// What the stranger's mail may meet at one step; the strongest counts.
enum class Way {
    closed,   // never gets further
    unknown,  // somebody else decides, and may let it pass this list
    open,     // passes this list
    on,       // to the next step
};

struct Passage {
    Way way = Way::on;
    std::string by;  // the item that opens it, for the reader
};

bool is_everybody(std::string_view network) {
    return network.ends_with("/0") || network == "*";
}

// The entry in a list of networks that every client is in.
std::optional<std::string> everybody_in(std::string_view networks) {
    for (const std::string& word : split_words(networks)) {
        if (word == "static:all" || word.starts_with("static:")) return word;
        if (is_everybody(word)) return word;
    }
    return std::nullopt;
}

enum class Named { by_client, by_itself, by_recipient };  // who chooses what the table is asked with

class Analysis {
  public:
    Analysis(const Service& service, const Rules& rules) : service_(service), rules_(rules) {}

    // Through the whole list: its end lets mail pass, too.
    Passage through(const List& list, std::string_view parameter) {
        Passage result = follow(list, 0);
        if (result.way != Way::on) return result;
        result.way = Way::open;
        result.by = list.empty() ? fmt::format("{} is empty", parameter)
                                 : fmt::format("the end of {}, where everything is permitted", parameter);
        return result;
    }

  private:
    Passage follow(const List& list, int depth) {
        Passage maybe;
        for (const Step& step : list) {
            Passage here = step_of(step, depth);
            if (here.way == Way::on) continue;
            if (here.way == Way::unknown) {
                if (maybe.way == Way::on) maybe = std::move(here);
                continue;
            }
            // Closed for certain, unless an unknown item before it lets mail pass.
            if (here.way == Way::closed && maybe.way == Way::unknown) return maybe;
            return here;
        }
        return maybe;
    }

    Passage step_of(const Step& step, int depth) {
        if (!step.mistake.empty()) return {Way::closed, ""};  // 451
        if (step.is_class) {
            const List* list = depth < deepest ? rules_.find_class(step.name) : nullptr;
            return list == nullptr ? Passage{} : follow(*list, depth + 1);
        }
        const std::string name = lower(step.name);
        if (step.warn_only && name != "permit" && !name.starts_with("permit_")) return {};
        if (name == "permit") return {Way::open, "permit"};
        if (name == "reject" || name == "defer" || name == "defer_if_permit" ||
            name == "reject_unauth_destination" || name == "defer_unauth_destination" ||
            name == "check_relay_domains")
            return {Way::closed, ""};
        if (name == "permit_mynetworks") return permit_mynetworks();
        if (name == "permit_tls_all_clientcerts")
            return {Way::unknown,
                    "permit_tls_all_clientcerts, for whoever has a certificate of a trusted authority"};
        if (name == "permit_tls_clientcerts") {
            const std::string& known = service_.settings[smtpd::relay_clientcerts];
            if (known.find("static:") != std::string::npos)
                return {Way::open,
                        fmt::format("permit_tls_clientcerts, because relay_clientcerts is {}", known)};
            return {};
        }
        if (name == "permit_mx_backup" && service_.settings[smtpd::permit_mx_backup_networks].empty())
            return {Way::unknown, "permit_mx_backup, for whoever names this machine as his mail server"};
        if (name == "check_policy_service") return {Way::unknown, written(step)};
        if (name == "check_client_access") return table(step, Named::by_client, depth);
        if (name == "check_helo_access" || name == "check_sender_access")
            return table(step, Named::by_itself, depth);
        if (name == "check_recipient_access") return table(step, Named::by_recipient, depth);
        // All others reject some clients, or permit only those that are no strangers.
        return {};
    }

    Passage permit_mynetworks() const {
        const auto all = everybody_in(service_.settings[config::mynetworks]);
        if (!all) return {};
        return {Way::open, fmt::format("permit_mynetworks, because mynetworks has {}", *all)};
    }

    // What a table may answer: a word that permits, or another list.
    Passage table(const Step& step, Named named, int depth) {
        const auto content = table_content(step.argument, service_.settings);
        if (!content) return {};  // only the keys it knows; nobody can say which
        for (const auto& [key, value] : *content) {
            const bool everybody =
                is_everybody(key) || key.empty() || matches_everybody(key, Strangers::addresses);
            // A table of clients or recipients opens the door to those it names; that is what it is for.
            if (named != Named::by_itself && !everybody) continue;
            const std::vector<std::string> words = split_words(value);
            if (words.empty()) continue;
            const std::string word = upper(words.front());
            const std::string shown =
                key.empty() ? written(step)
                            : fmt::format("{} with \"{} {}\"", written(step), key, words.front());
            if (word == "OK" || word == "RELAY" || all_digits(value)) return {Way::open, shown};
            if (word == "REJECT" || word == "DEFER" || word == "HANGUP") {
                if (everybody) return {Way::closed, ""};
                continue;
            }
            const List list = rules_.parse(value, Stage::recipient, smtpd::access::Tables::forbidden);
            if (list.empty() || !list.front().mistake.empty()) continue;  // WARN, PREPEND, FILTER ...
            const Passage inner = follow(list, depth + 1);
            if (inner.way == Way::open) return {Way::open, shown};
            if (inner.way == Way::closed && everybody) return inner;
        }
        return {};
    }

    const Service& service_;
    const Rules& rules_;
};

// Nobody but this machine reaches the service.
bool is_inside(const Service& service) {
    const std::string& name = service.entry.service;
    const std::size_t colon = name.rfind(':');
    if (colon != std::string::npos) {
        const std::string host = name.substr(0, colon);
        return host.starts_with("127.") || host == "localhost" || host == "[::1]" || host == "::1" ||
               host.starts_with("[127.");
    }
    const std::vector<std::string> interfaces = service.settings.words(config::inet_interfaces);
    for (const std::string& one : interfaces)
        if (one != "loopback-only" && one != "localhost" && !one.starts_with("127.") && one != "::1" &&
            one != "[::1]")
            return false;
    return true;
}

void check_service(const Configuration& configuration, const Service& service, Findings& findings) {
    const Rules rules(service.settings);
    Analysis analysis(service, rules);
    const NamedList* opened = nullptr;
    Passage passage;
    for (const NamedList& one : restriction_lists) {
        if (one.stage == Stage::etrn || one.stage == Stage::data) break;
        const Passage here = analysis.through(rules.*one.list, one.parameter);
        if (here.way == Way::closed) return;
        const bool guards = one.stage == Stage::relay || one.stage == Stage::recipient;
        if (!guards) continue;
        // Of the two guards the less certain passage counts, and the list that has something in it is named.
        const bool better = opened == nullptr || here.way < passage.way ||
                            (here.way == passage.way && (rules.*opened->list).empty());
        if (!better) continue;
        passage = here;
        opened = &one;
    }
    if (opened == nullptr) return;
    // smtpd(8) itself refuses to work when no word of either list speaks of refusing.
    if (rules.relay.empty() && rules.recipient.empty()) {
        findings.push_back(configuration.about(
            Severity::error, "open-relay", "smtpd_relay_restrictions", &service,
            fmt::format(
                "service {}: smtpd_relay_restrictions and smtpd_recipient_restrictions are both empty: smtpd "
                "refuses to work",
                service.name()),
            "set smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, "
            "reject_unauth_destination"));
        return;
    }
    const bool certain = passage.way == Way::open;
    findings.push_back(configuration.about(
        certain ? Severity::error : Severity::note, certain ? "open-relay" : "perhaps-open-relay",
        opened->parameter, &service,
        fmt::format("service {}: {}: mail from anybody to anywhere {} by {}", service.name(),
                    certain ? "open relay" : "cannot know whether this is an open relay",
                    certain ? "is permitted" : "may be permitted", passage.by),
        "put reject_unauth_destination before it, or into smtpd_relay_restrictions"));
}

void check_networks(const Configuration& configuration, Findings& findings) {
    configuration.for_each_view({"mynetworks"}, [&](const Service* service) {
        const auto all = everybody_in(configuration.settings_of(service)[config::mynetworks]);
        if (!all) return;
        findings.push_back(
            configuration.about(Severity::error, "open-relay", "mynetworks", service,
                                fmt::format("mynetworks has {}: every client is trusted", *all),
                                "list the networks that are yours"));
    });
    configuration.for_each_view({"smtpd_authorized_xclient_hosts"}, [&](const Service* service) {
        const auto all =
            everybody_in(configuration.settings_of(service)[smtpd::smtpd_authorized_xclient_hosts]);
        if (!all) return;
        findings.push_back(configuration.about(
            Severity::error, "open-relay", "smtpd_authorized_xclient_hosts", service,
            fmt::format("smtpd_authorized_xclient_hosts has {}: any client may say that it is another", *all),
            "list the proxies that speak XCLIENT, and nobody else"));
    });
}

}  // namespace

void check_relay(const Configuration& configuration, Findings& findings) {
    check_networks(configuration, findings);
    for (const Service* service : configuration.running("smtpd")) {
        if (!service->usable || (service->entry.type != "inet" && service->entry.type != "pass")) continue;
        const Quiet quiet;
        if (!is_inside(*service)) check_service(configuration, *service, findings);
    }
}

}  // namespace postrider::postfix::check

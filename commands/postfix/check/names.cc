// commands/postfix/check/names.cc - names that nothing uses, and names set twice.
//
// What a name may be is postconf(1)'s knowledge: parameters of programs, of services in master.cf, of tables,
// and whatever a value refers to.
#include <fmt/core.h>

#include <map>

#include "commands/postconf/catalog.h"
#include "commands/postconf/declared.h"
#include "commands/postfix/check/checks.h"
#include "commands/postfix/check/spelling.h"
#include "lib/base/text.h"
#include "lib/config/expand.h"
#include "lib/config/known_parameters.h"

namespace postrider::postfix::check {

namespace {

using postconf::Catalog;

std::vector<std::string_view> candidates() {
    std::vector<std::string_view> names;
    for (const auto* parameter : config::all_parameters()) names.push_back(parameter->name);
    return names;
}

// Nobody uses the name: a mistake when it looks like one that somebody does, else perhaps kept for another
// program.
void unknown_name(const Configuration& configuration, std::string_view name, const Service* service,
                  Findings& findings) {
    const auto near = nearest(name, candidates());
    const std::string text = fmt::format("{}: unknown parameter", configuration.quoted(name, service));
    if (near)
        findings.push_back(configuration.about(Severity::warning, "unknown-parameter", name, service, text,
                                               "did you mean " + *near + "?"));
    else
        findings.push_back(configuration.about(Severity::note, "unused-parameter", name, service, text,
                                               "nothing uses it; remove it, or correct its name"));
}

// $name in a value. Lists for proxymap name parameters that other programs may have.
void check_references(const Configuration& configuration, const Catalog& catalog, std::string_view parameter,
                      std::string_view value, const Service* service, Findings& findings) {
    if (parameter == "proxy_read_maps" || parameter == "proxy_write_maps") return;
    const auto* info = config::find_parameter(parameter);
    if (info != nullptr && info->kind == config::Kind::raw) return;
    for (const std::string& name : config::scan_names(value).names) {
        const Settings& settings = configuration.settings_of(service);
        if (settings.explicit_value(name) || catalog.default_of(name)) continue;
        const auto near = nearest(name, candidates());
        findings.push_back(configuration.about(
            near ? Severity::warning : Severity::note, "undefined-parameter", parameter, service,
            fmt::format("{} refers to ${}, which is not defined", parameter, name),
            near ? "did you mean $" + *near + "?" : "it stands for nothing; define it, or take it out"));
    }
}

void check_duplicates(const Configuration& configuration, Findings& findings) {
    std::map<std::string_view, const config::Entry*> seen;
    for (const config::Entry& entry : configuration.entries) {
        const auto [place, fresh] = seen.emplace(entry.name, &entry);
        if (fresh) continue;
        Finding finding;
        finding.kind = "duplicate-parameter";
        finding.file = entry.origin.file;
        finding.line = entry.origin.line;
        finding.parameter = entry.name;
        finding.text = fmt::format("{} is set in line {} already; this line wins", entry.name,
                                   place->second->origin.line);
        finding.remedy = "remove one of the two";
        findings.push_back(std::move(finding));
        place->second = &entry;
    }
}

void check_ineffective(const Configuration& configuration, Findings& findings) {
    for (const auto& [name, entry] : configuration.settings.explicit_values()) {
        const auto* parameter = config::find_parameter(name);
        if (postconf::is_read_only(name))
            findings.push_back(configuration.about(
                Severity::warning, "no-effect", name, nullptr,
                fmt::format("{} is told by each process itself; no configuration sets it", name),
                "remove the line"));
        if (parameter == nullptr || config::is_honoured(name)) continue;
        findings.push_back(
            configuration.about(Severity::warning, "no-effect", name, nullptr,
                                fmt::format("parameter {} is known but has no effect in this release", name),
                                "see differences.md; remove the line if you do not go back to Postfix"));
    }
}

}  // namespace

void check_names(const Configuration& configuration, Findings& findings) {
    postconf::declare_all_parameters();
    const Catalog catalog(configuration.settings, configuration.lines);
    // Names that only a service uses count as used, too.
    std::string service_values;
    for (const auto& service : configuration.services)
        for (const auto& [name, value] : service->entry.overrides()) service_values += value + " ";
    const auto used_by_services = [&](std::string_view wanted) {
        for (const std::string& name : config::scan_names(service_values).names)
            if (name == wanted) return true;
        for (const std::string& word : split_words(service_values))
            if (word == wanted) return true;
        return false;
    };
    for (const auto& [name, entry] : configuration.settings.explicit_values()) {
        if (!catalog.class_of(name) && !used_by_services(name))
            unknown_name(configuration, name, nullptr, findings);
        check_references(configuration, catalog, name, entry.value, nullptr, findings);
    }
    for (const auto& service : configuration.services) {
        for (const std::string& name : service->overridden) {
            const bool used = catalog.class_of(name) || catalog.default_of(name) || used_by_services(name) ||
                              configuration.settings.explicit_value(name);
            if (!used) {
                const Catalog own(service->settings, configuration.lines);
                if (!own.class_of(name)) unknown_name(configuration, name, service.get(), findings);
            }
            check_references(configuration, catalog, name, service->settings.explicit_value(name)->value,
                             service.get(), findings);
        }
    }
    check_duplicates(configuration, findings);
    check_ineffective(configuration, findings);
}

}  // namespace postrider::postfix::check

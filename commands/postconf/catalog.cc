// commands/postconf/catalog.cc - the names that a configuration knows.
#include "commands/postconf/catalog.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "commands/postconf/table_parameters.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/expand.h"
#include "lib/config/main_cf.h"

namespace postrider::postconf {

namespace {

using config::MasterLine;

// What each service of a delivery agent may have of its own, and what it is otherwise.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> agent_parameters = {{
    {"delivery_slot_cost", "default_delivery_slot_cost"},
    {"delivery_slot_discount", "default_delivery_slot_discount"},
    {"delivery_slot_loan", "default_delivery_slot_loan"},
    {"destination_concurrency_failed_cohort_limit", "default_destination_concurrency_failed_cohort_limit"},
    {"destination_concurrency_limit", "default_destination_concurrency_limit"},
    {"destination_concurrency_negative_feedback", "default_destination_concurrency_negative_feedback"},
    {"destination_concurrency_positive_feedback", "default_destination_concurrency_positive_feedback"},
    {"destination_rate_delay", "default_destination_rate_delay"},
    {"destination_recipient_limit", "default_destination_recipient_limit"},
    {"extra_recipient_limit", "default_extra_recipient_limit"},
    {"initial_destination_concurrency", "initial_destination_concurrency"},
    {"minimum_delivery_slots", "default_minimum_delivery_slots"},
    {"recipient_limit", "default_recipient_limit"},
    {"recipient_refill_delay", "default_recipient_refill_delay"},
    {"recipient_refill_limit", "default_recipient_refill_limit"},
    {"transport_rate_delay", "default_transport_rate_delay"},
}};
constexpr std::array<std::string_view, 6> agents = {"local", "error", "virtual", "smtp", "lmtp", "pipe"};

// Old names, and the parameters whose defaults they still are.
constexpr std::array<std::pair<std::string_view, std::string_view>, 13> old_names = {{
    {"authorized_verp_clients", "smtpd_authorized_verp_clients"},
    {"fallback_relay", "smtp_fallback_relay"},
    {"lmtp_per_record_deadline", "lmtp_per_request_deadline"},
    {"postscreen_blacklist_action", "postscreen_denylist_action"},
    {"postscreen_dnsbl_ttl", "postscreen_dnsbl_max_ttl"},
    {"postscreen_dnsbl_whitelist_threshold", "postscreen_dnsbl_allowlist_threshold"},
    {"postscreen_whitelist_interfaces", "postscreen_allowlist_interfaces"},
    {"smtp_per_record_deadline", "smtp_per_request_deadline"},
    {"smtpd_client_connection_limit_exceptions", "smtpd_client_event_limit_exceptions"},
    {"smtpd_per_record_deadline", "smtpd_per_request_deadline"},
    {"tlsproxy_client_level", "tlsproxy_client_security_level"},
    {"tlsproxy_client_policy", "tlsproxy_client_policy_maps"},
    {"virtual_maps", "virtual_alias_maps"},
}};

// What no configuration can set.
constexpr std::array<std::string_view, 3> read_only = {"process_id", "process_name", "service_name"};

// A raw value is expanded where it is used, with names of that place.
bool is_raw(std::string_view name) {
    const auto* parameter = config::find_parameter(name);
    return parameter != nullptr && parameter->kind == config::Kind::raw;
}

template <class Pairs>
std::optional<std::string_view> second_of(const Pairs& pairs, std::string_view first) {
    for (const auto& [name, other] : pairs)
        if (name == first) return other;
    return std::nullopt;
}

bool in_class(const Classes& classes, Catalog::Class which) {
    switch (which) {
        case Catalog::Class::builtin:
            return classes.builtin;
        case Catalog::Class::service:
            return classes.service;
        default:
            return classes.user;
    }
}

}  // namespace

bool is_read_only(std::string_view name) {
    return std::find(read_only.begin(), read_only.end(), name) != read_only.end();
}

std::vector<config::NameAndValue> overrides_of(const MasterLine& service) {
    std::vector<config::NameAndValue> found;
    const std::size_t end = config::end_of_options(service.fields);
    for (std::size_t i = config::master_field_count; i + 1 < end; ++i) {
        if (service.fields[i] != "-o") continue;
        std::string_view word = service.fields[++i];
        if (word.starts_with('{') && word.ends_with('}')) word = word.substr(1, word.size() - 2);
        if (auto parsed = config::parse_assignment(word)) found.push_back(std::move(*parsed));
    }
    return found;
}

Catalog::Catalog(const Settings& settings, const std::vector<MasterLine>& services)
    : settings_(settings), services_(services) {
    for (const MasterLine& service : services) add_service_parameters(service);
    for (const auto& [name, entry] : settings.explicit_values())
        if (!is_raw(name)) add_names(entry.value, used_);
    used_in_main_ = used_;
    const std::string classes = setting_of("smtpd_restriction_classes");
    for (const std::string& name : split_words(expanded(classes))) classes_.insert(name);
    for (const MasterLine& service : services)
        for (const config::NameAndValue& one : overrides_of(service)) add_override(one);
}

ServiceValues::ServiceValues(const MasterLine& service, const Settings& settings)
    : service_(service), settings_(settings), overrides_(overrides_of(service)) {
    for (const config::NameAndValue& one : overrides_) own_[one.name] = one.value;
}

std::string ServiceValues::expanded(const std::string& text) const {
    const config::Definitions definitions = [&](std::string_view name) -> std::optional<config::Definition> {
        if (const auto found = own_.find(name); found != own_.end()) return config::Definition{found->second};
        if (name == "service_name") return config::Definition{service_.service(), true};
        if (const auto entry = settings_.explicit_value(name)) return config::Definition{entry->value};
        if (const auto* parameter = config::find_parameter(name))
            return config::Definition{settings_.default_of(*parameter)};
        return std::nullopt;
    };
    const auto result = config::expand_definitions(text, definitions);
    if (result) return *result;
    log::warning("{}", result.error());
    fatal("macro processing error");
}

std::string Catalog::setting_of(std::string_view name) const {
    const auto entry = settings_.explicit_value(name);
    return entry ? entry->value : default_of(name).value_or("");
}

// Postfix's two messages, whatever the text was for.
std::string Catalog::expanded(const std::string& text) const {
    const auto result =
        config::expand_definitions(text, [&](std::string_view name) -> std::optional<config::Definition> {
            if (const auto entry = settings_.explicit_value(name)) return config::Definition{entry->value};
            if (auto value = default_of(name)) return config::Definition{std::move(*value)};
            return std::nullopt;
        });
    if (result) return *result;
    log::warning("{}", result.error());
    fatal("macro processing error");
}

void Catalog::find_tables() {
    for (const auto* parameter : config::all_parameters())
        if (parameter->kind != config::Kind::raw && !settings_.explicit_value(parameter->name) &&
            parameter->computed_from == nullptr)
            expanded(settings_.default_of(*parameter));
    for (const auto& [name, entry] : settings_.explicit_values()) {
        if (!is_raw(name) && config::find_parameter(name) != nullptr)
            add_tables(expanded(entry.value), "main.cf");
    }
    for (const MasterLine& service : services_) {
        const ServiceValues values(service, settings_);
        for (const config::NameAndValue& one : values.overrides())
            if (!is_raw(one.name) && config::find_parameter(one.name) != nullptr)
                add_tables(values.expanded(one.value),
                           fmt::format("master.cf:{}/{}", service.service(), service.type()));
    }
}

void Catalog::add_service_parameters(const MasterLine& service) {
    const std::string& command = service.fields[config::master_field_count - 1];
    if (std::find(agents.begin(), agents.end(), command) != agents.end()) {
        for (const auto& [suffix, otherwise] : agent_parameters)
            service_parameters_.emplace(fmt::format("{}_{}", service.service(), suffix),
                                        fmt::format("${}", otherwise));
    }
    if (command == "pipe" || command == "spawn")
        service_parameters_.emplace(service.service() + "_time_limit", "$command_time_limit");
}

void Catalog::add_names(std::string_view value, Names& names) {
    for (const std::string& name : config::scan_names(value).names) names.insert(name);
}

void Catalog::add_names_in_override(const config::NameAndValue& one, Names& names) {
    add_names(one.value, names);
    if (one.name != "smtpd_restriction_classes") return;
    for (const std::string& name : split_words(one.value, ", \t\r\n")) names.insert(name);
}

void Catalog::add_override(const config::NameAndValue& one) {
    overridden_.insert(one.name);
    add_names_in_override(one, used_);
}

void Catalog::add_tables(std::string_view value, const std::string& place) {
    for (std::string& word : split_words_with_braces(value, " \t\r\n,"))
        if (const std::string problem = config::strip_braces(word); !problem.empty())
            log::warning("{}: {}", place, problem);
    for (const std::string& word : split_words(value, " \t\r\n,{}")) add_table(word);
}

void Catalog::add_table(std::string_view word) {
    if (word.starts_with("proxy:")) word.remove_prefix(6);
    const std::size_t colon = word.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view type = word.substr(0, colon);
    const std::string_view source = word.substr(colon + 1);
    const auto parameters = table_parameters(type);
    if (parameters.empty() || source.empty()) return;
    if (source.front() == '/' || source.front() == '.') {
        table_files_.emplace(type, source);
        return;
    }
    for (const std::string_view name : parameters)
        table_parameters_.insert(fmt::format("{}_{}", source, name));
}

std::optional<Catalog::Class> Catalog::class_of(std::string_view name) const {
    if (config::find_parameter(name) != nullptr) return Class::builtin;
    if (service_parameters_.find(name) != service_parameters_.end()) return Class::service;
    if (!settings_.explicit_value(name)) return std::nullopt;
    if (second_of(old_names, name)) return Class::builtin;
    if (used_.find(name) != used_.end() || classes_.find(name) != classes_.end() ||
        table_parameters_.find(name) != table_parameters_.end())
        return Class::user;
    return std::nullopt;
}

std::optional<std::string> Catalog::default_of(std::string_view name) const {
    if (const auto* parameter = config::find_parameter(name)) return settings_.default_of(*parameter);
    const auto found = service_parameters_.find(name);
    if (found != service_parameters_.end()) return found->second;
    return std::nullopt;
}

std::vector<std::string> Catalog::names(const Classes& classes) const {
    std::set<std::string> all;
    for (const auto* parameter : config::all_parameters()) all.emplace(parameter->name);
    for (const auto& [name, otherwise] : service_parameters_) all.insert(name);
    for (const auto& [name, entry] : settings_.explicit_values()) all.insert(name);
    std::vector<std::string> wanted;
    for (const std::string& name : all) {
        const auto found = class_of(name);
        if (found && in_class(classes, *found)) wanted.push_back(name);
    }
    return wanted;
}

bool Catalog::is_known(std::string_view name) const {
    return overridden_.find(name) != overridden_.end() || is_known_in_main(name);
}

bool Catalog::is_known_in_main(std::string_view name) const {
    return settings_.explicit_value(name) || config::find_parameter(name) != nullptr ||
           service_parameters_.find(name) != service_parameters_.end() || second_of(old_names, name);
}

void Catalog::warn_about_undefined() const {
    for (const MasterLine& service : services_) warn_about_undefined(service);
    const std::string& directory = settings_.config_directory();
    for (const auto& [name, entry] : settings_.explicit_values()) {
        if (is_raw(name)) continue;
        const auto scanned = config::scan_names(entry.value);
        for (const std::string& used : scanned.names)
            if (!is_known(used)) log::warning("{}/main.cf: undefined parameter: {}", directory, used);
        if (!scanned.problem.empty()) log::warning("{}", scanned.problem);
    }
    for (const std::string& name : classes_)
        if (!is_known(name)) log::warning("{}/main.cf: undefined parameter: {}", directory, name);
}

// What another service sets is not there for this one.
void Catalog::warn_about_undefined(const MasterLine& service) const {
    const auto overrides = overrides_of(service);
    const auto tell_unless_known = [&](const std::string& name) {
        const bool own = std::any_of(overrides.begin(), overrides.end(),
                                     [&](const config::NameAndValue& other) { return other.name == name; });
        if (!own && !is_known_in_main(name))
            log::warning("{}/master.cf: undefined parameter: {}", settings_.config_directory(), name);
    };
    for (const config::NameAndValue& one : overrides) {
        const auto scanned = config::scan_names(one.value);
        for (const std::string& used : scanned.names) tell_unless_known(used);
        if (!scanned.problem.empty()) log::warning("{}", scanned.problem);
        if (one.name == "smtpd_restriction_classes")
            for (const std::string& name : split_words(one.value, ", \t\r\n")) tell_unless_known(name);
    }
}

void Catalog::warn_about_unused() const {
    for (const auto& [name, entry] : settings_.explicit_values()) {
        // Compat: what -o sets counts as main.cf's.
        const std::string file =
            entry.origin.file == "-o option" ? settings_.config_directory() + "/main.cf" : entry.origin.file;
        if (is_read_only(name))
            log::warning("{}: read-only parameter assignment: {}={}", file, name, entry.value);
        else if (!class_of(name))
            log::warning("{}: unused parameter: {}={}", file, name, entry.value);
    }
}

// Of two entries for one service the last counts.
void Catalog::warn_about_unused_overrides() const {
    for (auto service = services_.begin(); service != services_.end(); ++service) {
        const bool last = std::none_of(service + 1, services_.end(), [&](const MasterLine& later) {
            return later.service() == service->service() && later.type() == service->type();
        });
        if (!last) continue;
        warn_about_unused_overrides(*service);
    }
}

// What only another service asks for is of no use to this one.
void Catalog::warn_about_unused_overrides(const MasterLine& service) const {
    const auto overrides = overrides_of(service);
    Names used = used_in_main_;
    for (const config::NameAndValue& one : overrides) add_names_in_override(one, used);
    for (const config::NameAndValue& one : overrides)
        if (config::find_parameter(one.name) == nullptr && !second_of(old_names, one.name) &&
            service_parameters_.find(one.name) == service_parameters_.end() &&
            used.find(one.name) == used.end() && classes_.find(one.name) == classes_.end() &&
            table_parameters_.find(one.name) == table_parameters_.end())
            log::warning("{}/master.cf: unused parameter: {}={}", settings_.config_directory(), one.name,
                         one.value);
}

void Catalog::warn_about_table_files() const {
    for (const auto& [type, path] : table_files_) {
        const auto content = read_file(path);
        if (!content) {
            log::warning("open \"{}\" configuration \"{}\": {}", type, path, std::strerror(errno));
            continue;
        }
        const auto entries = config::parse_main_cf(*content, path);
        if (!entries) {
            log::warning("{}", entries.error());
            continue;
        }
        const auto known = table_parameters(type);
        for (const config::Entry& entry : *entries)
            if (std::find(known.begin(), known.end(), entry.name) == known.end())
                log::warning("{}:{}: unused parameter: {}={}", type, path, entry.name, entry.value);
    }
}

void Catalog::warn_about_deprecated() const {
    for (const auto& [name, entry] : settings_.explicit_values()) {
        const auto* parameter = config::find_parameter(name);
        std::string_view instead = second_of(old_names, name).value_or("");
        if (parameter != nullptr) instead = parameter->instead;
        if (instead.empty()) continue;
        if (instead.find(' ') == std::string_view::npos)
            log::warning("{}: support for parameter \"{}\" will be removed; instead, specify \"{}\"",
                         entry.origin.file, name, instead);
        else
            log::warning("{}: support for parameter \"{}\" will be removed; {}", entry.origin.file, name,
                         instead);
    }
}

}  // namespace postrider::postconf

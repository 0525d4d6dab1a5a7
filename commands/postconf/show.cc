// commands/postconf/show.cc - what postconf(1) prints of a configuration.
#include "commands/postconf/show.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <utility>

#include "commands/postconf/catalog.h"
#include "commands/postconf/master_format.h"
#include "commands/postconf/output.h"
#include "lib/base/log.h"
#include "lib/config/expand.h"
#include "lib/config/places.h"

namespace postrider::postconf {

namespace {

using config::MasterLine;

// The value to print of one name: main.cf's or the default.
std::string shown_value(const Settings& settings, const Catalog& catalog, const std::string& name,
                        const Options& options) {
    const auto entry = is_read_only(name) ? std::nullopt : settings.explicit_value(name);
    std::string value = entry ? entry->value : catalog.default_of(name).value_or("");
    // A raw value is expanded where it is used, with names of that place.
    const auto* parameter = config::find_parameter(name);
    const bool is_raw = parameter != nullptr && parameter->kind == config::Kind::raw;
    return options.expand && !is_raw ? catalog.expanded(value) : value;
}

// Compat: the directory counts as set when it is not the built-in one.
bool is_explicit(const Settings& settings, const std::string& name) {
    if (name == "config_directory") return settings.config_directory() != config::places::config_directory();
    return !is_read_only(name) && settings.explicit_value(name).has_value();
}

// "FILE:LINE", as compilers write it, of the entry that counts.
std::string origin_of(const Settings& settings, const std::string& name) {
    const auto entry = settings.explicit_value(name);
    if (!entry) return "default";
    const config::Origin& origin = entry->origin;
    return origin.line > 0 ? fmt::format("{}:{}", origin.file, origin.line) : origin.file;
}

// The entry with its -o values expanded, -o parameters of its own first.
MasterLine expanded(const MasterLine& entry, const Settings& settings) {
    const ServiceValues values(entry, settings);
    MasterLine result = entry;
    auto next = values.overrides().begin();
    for (std::size_t i = config::master_field_count; i + 1 < result.fields.size(); ++i) {
        if (result.fields[i] != "-o" || next == values.overrides().end()) continue;
        const std::string value = values.expanded(next->value);
        result.fields[++i] = config::master_word(fmt::format("{}={}", next->name, value));
        ++next;
    }
    return result;
}

[[noreturn]] void refuse_request(Mode mode) {
    if (mode == Mode::services) fatal("-M option requires service_name[/type]");
    if (mode == Mode::fields) fatal("-F option requires service_name[/type[/field]]");
    fatal("-P option requires service_name[/type[/parameter]]");
}

std::vector<MasterRequest> parse_requests(const Options& options) {
    if (options.arguments.empty()) return {MasterRequest{}};
    std::vector<MasterRequest> requests;
    for (const std::string& text : options.arguments) {
        auto request = parse_request(text);
        if (!request || text.starts_with('/') || (options.mode == Mode::services && request->parts > 2))
            refuse_request(options.mode);
        requests.push_back(std::move(*request));
    }
    return requests;
}

// Calls `show` for each entry, in their order, and each request that wants it; requests nobody answers are
// told.
template <class Show>
void for_matching(const Options& options, const Settings& settings, const std::vector<MasterLine>& services,
                  const std::vector<MasterRequest>& requests, Show&& show) {
    std::vector<bool> matched(requests.size(), options.arguments.empty());
    for (const MasterLine& entry : services)
        for (std::size_t i = 0; i < requests.size(); ++i)
            if (requests[i].matches(entry) &&
                show(options.expand ? expanded(entry, settings) : entry, requests[i]))
                matched[i] = true;
    for (std::size_t i = 0; i < requests.size(); ++i)
        if (!matched[i]) log::warning("unmatched request: \"{}\"", requests[i].text);
}

std::string print_name(const MasterLine& entry, std::string_view part) {
    return fmt::format("{}/{}/{}", entry.service(), entry.type(), part);
}

void print_field(const MasterLine& entry, std::size_t index, const Options& options) {
    const std::string name = print_name(entry, config::master_field_name(index));
    const bool is_command = index + 1 == config::master_field_count;
    const std::string label = options.names ? name + " = " : "";
    const std::string value =
        is_command ? format_command(entry, options.fold, label.size()) : entry.fields[index];
    if (options.json || !options.values)
        print(format_parameter(name, value, options));
    else
        print(label + value + "\n");
}

bool is_field_name(std::string_view name) {
    for (std::size_t i = 0; i < config::master_field_count; ++i)
        if (config::master_field_name(i) == name) return true;
    return false;
}

}  // namespace

void show_parameters(const Options& options, const Settings& settings,
                     const std::vector<MasterLine>& services) {
    Catalog catalog(settings, services);
    if (!options.defaults && !options.quiet) catalog.warn_about_undefined();
    if (!options.defaults) catalog.find_tables();
    std::vector<std::string> names = options.arguments;
    if (names.empty()) names = catalog.names(options.classes);
    for (const std::string& name : names) {
        if (!catalog.class_of(name)) {
            log::warning("{}: unknown parameter", name);
            continue;
        }
        if (options.explicit_only && !is_explicit(settings, name)) continue;
        if (options.origins) print(origin_of(settings, name) + ": ");
        print(format_parameter(name, shown_value(settings, catalog, name, options), options));
    }
    if (options.defaults || options.quiet) return;
    std::fflush(stdout);
    catalog.warn_about_deprecated();
    catalog.warn_about_unused();
    catalog.warn_about_unused_overrides();
    catalog.warn_about_table_files();
}

void show_services(const Options& options, const Settings& settings,
                   const std::vector<MasterLine>& services) {
    for_matching(options, settings, services, parse_requests(options),
                 [&](const MasterLine& entry, const MasterRequest&) {
                     if (options.origins) print(fmt::format("{}:{}: ", entry.file, entry.first_line));
                     print(format_entry(entry, options.fold));
                     return true;
                 });
}

void show_fields(const Options& options, const Settings& settings, const std::vector<MasterLine>& services) {
    const auto requests = parse_requests(options);
    for (const MasterRequest& request : requests)
        if (request.part != "*" && !is_field_name(request.part))
            fatal("invalid service attribute name: \"{}\"", request.part);
    for_matching(options, settings, services, requests,
                 [&](const MasterLine& entry, const MasterRequest& request) {
                     for (std::size_t i = 0; i < config::master_field_count; ++i)
                         if (request.matches_part(config::master_field_name(i)))
                             print_field(entry, i, options);
                     return true;
                 });
}

void show_overrides(const Options& options, const Settings& settings,
                    const std::vector<MasterLine>& services) {
    for_matching(options, settings, services, parse_requests(options),
                 [&](const MasterLine& entry, const MasterRequest& request) {
                     std::map<std::string, std::string> sorted;
                     for (const config::NameAndValue& one : overrides_of(entry))
                         if (request.matches_part(one.name)) sorted[one.name] = one.value;
                     for (const auto& [name, value] : sorted)
                         print(format_parameter(print_name(entry, name), value, options));
                     return !sorted.empty();
                 });
}

}  // namespace postrider::postconf

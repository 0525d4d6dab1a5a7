// commands/postfix/check/configuration.cc - main.cf and master.cf as the checks look at them.
#include "commands/postfix/check/configuration.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "commands/postfix/check/quiet.h"
#include "lib/base/file.h"
#include "lib/config/global_parameters.h"
#include "lib/config/main_cf.h"
#include "lib/config/value_problem.h"

namespace postrider::postfix::check {

namespace {

constexpr std::size_t longest_quote = 60;

std::unique_ptr<Service> make_service(config::ServiceEntry entry, const std::string& directory) {
    auto service = std::make_unique<Service>();
    auto settings = Settings::load(directory);
    if (settings) service->settings = std::move(*settings);
    for (config::NameAndValue& one : entry.overrides()) {
        service->overridden.insert(one.name);
        service->settings.set(one.name, std::move(one.value));
    }
    service->settings.set("service_name", entry.service);
    service->entry = std::move(entry);
    return service;
}

// A bad value is told by its own check.
config::MasterDefaults defaults_of(const Settings& settings) {
    for (const config::ParameterInfo* parameter :
         {&config::default_process_limit.info(), &config::compatibility_level.info()})
        if (config::problem_with(settings, *parameter)) return {};
    return config::master_defaults(settings);
}

}  // namespace

Configuration::Configuration(const Instance& of)
    : instance(of),
      settings(of.settings),
      main_file(of.directory + "/main.cf"),
      master_file(of.directory + "/master.cf") {
    const Quiet quiet;
    if (const auto text = read_file(main_file))
        if (auto parsed = config::parse_main_cf(*text, main_file)) entries = std::move(*parsed);
    const auto text = read_file(master_file);
    if (!text) {
        master_error = text.error();
        return;
    }
    auto parsed_lines = config::parse_master_lines(*text, master_file);
    auto parsed = config::parse_master_cf(*text, master_file, defaults_of(settings));
    if (!parsed_lines || !parsed) {
        master_error = parsed_lines ? parsed.error() : parsed_lines.error();
        return;
    }
    lines = std::move(*parsed_lines);
    for (config::ServiceEntry& entry : *parsed)
        services.push_back(make_service(std::move(entry), instance.directory));
}

config::Origin Configuration::origin(std::string_view parameter, const Service* service) const {
    const auto entry = settings.explicit_value(parameter);
    config::Origin place;
    // A default is in no file, but the service that it does not suit is.
    if (service != nullptr && (service->overridden.contains(parameter) || !entry)) {
        place.file = master_file;
        place.line = service->entry.line;
        return place;
    }
    if (entry) return entry->origin;
    place.file = main_file;
    return place;
}

Finding Configuration::about(Severity severity, std::string kind, std::string_view parameter,
                             const Service* service, std::string text, std::string remedy) const {
    Finding finding;
    finding.severity = severity;
    finding.kind = std::move(kind);
    const config::Origin place = origin(parameter, service);
    finding.file = place.file;
    finding.line = place.line;
    finding.parameter = parameter;
    finding.text = std::move(text);
    finding.remedy = std::move(remedy);
    return finding;
}

bool Configuration::has_service(std::string_view name, std::string_view type) const {
    return std::any_of(services.begin(), services.end(), [&](const auto& service) {
        return service->entry.service == name && service->entry.type == type;
    });
}

std::vector<const Service*> Configuration::running(std::string_view program) const {
    std::vector<const Service*> found;
    for (const auto& service : services)
        if (service->entry.command == program) found.push_back(service.get());
    return found;
}

std::string Configuration::quoted(std::string_view parameter, const Service* service) const {
    const auto entry = settings_of(service).explicit_value(parameter);
    if (!entry) return std::string(parameter);
    std::string value = entry->value;
    if (value.size() > longest_quote) value = value.substr(0, longest_quote) + "...";
    std::replace(value.begin(), value.end(), '\n', ' ');
    return fmt::format("{} = {}", parameter, value);
}

}  // namespace postrider::postfix::check

// commands/postconf/main.cc - prints and changes main.cf and master.cf; postconf(1).
#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "commands/postconf/catalog.h"
#include "commands/postconf/declared.h"
#include "commands/postconf/edit.h"
#include "commands/postconf/lists.h"
#include "commands/postconf/master_format.h"
#include "commands/postconf/options.h"
#include "commands/postconf/output.h"
#include "commands/postconf/show.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/checks.h"
#include "lib/config/global_parameters.h"
#include "lib/config/own_addresses.h"
#include "lib/config/places.h"
#include "lib/config/settings.h"
#include "lib/config/source_parameters.h"
#include "lib/delivery/bounce_template.h"

namespace postrider::postconf {

namespace {

std::string content_of(const std::string& path) {
    auto content = read_file(path);
    if (!content) fatal("open {} for reading: {}", path, std::strerror(errno));
    return std::move(*content);
}

void check_lines(const std::vector<config::MasterLine>& lines) {
    for (const config::MasterLine& line : lines) {
        require_valid_fields(line, line.text);
        warn_about_braces(line);
    }
}

// Its mistakes come before those of main.cf when it is what is to be shown.
void require_master_cf(const std::string& path) {
    const auto content = read_file(path);
    if (!content) fatal("{}", content.error());
    const auto lines = config::parse_master_lines(*content, path);
    if (!lines) fatal("{}", lines.error());
    const bool valid = std::all_of(lines->begin(), lines->end(), has_valid_fields);
    if (!valid) check_lines(*lines);
}

// main.cf with the -o options; for -d the built-in defaults alone.
Settings load_settings(const Options& options) {
    Settings settings;
    if (!options.defaults) {
        auto loaded = Settings::load(config::choose_config_directory(options.directory));
        if (!loaded) fatal("{}", loaded.error());
        settings = std::move(*loaded);
    }
    for (const std::string& text : options.overrides) {
        const auto parsed = config::parse_assignment(text);
        if (!parsed) fatal("invalid parameter override: {}: {}", text, parsed.error());
        settings.set(parsed->name, parsed->value);
    }
    return settings;
}

// The default of mynetworks depends on these, whether it is asked for or not.
void check_networks(const Settings& settings) {
    config::protocols_in_use(settings);
    if (settings.explicit_value(config::mynetworks.name())) return;
    config::check_networks_style(settings);
    const config::OwnAddresses addresses(settings);
}

// For main.cf alone a missing master.cf is only a warning.
std::vector<config::MasterLine> load_services(const Options& options, const Settings& settings) {
    const std::string path = config::choose_config_directory(options.directory) + "/master.cf";
    if (const auto content = read_file(path); !content) {
        log::warning("{}", content.error());
        return {};
    }
    auto lines = options.defaults ? config::parse_master_lines(*read_file(path), path)
                                  : config::load_master_lines(settings);
    if (!lines) fatal("{}", lines.error());
    check_lines(*lines);
    return std::move(*lines);
}

// An entry that is set again elsewhere counts there, whatever main.cf says.
void warn_about_overlaid(const Options& options) {
    const std::string directory = config::choose_config_directory(options.directory);
    const auto settings = Settings::load(directory);
    if (!settings) return;
    for (const std::string& argument : options.arguments) {
        const std::string name(trim(std::string_view(argument).substr(0, argument.find('='))));
        const auto entry = settings->explicit_value(name);
        if (!entry || entry->origin.file == directory + "/main.cf") continue;
        const std::string line = entry->origin.line > 0 ? fmt::format(", line {}", entry->origin.line) : "";
        log::warning("{} is still set by {}{}, which counts", name, entry->origin.file, line);
    }
}

void edit(const Options& options) {
    if (options.arguments.empty())
        fatal("{}", options.action == Action::edit ? "-e requires name=value argument"
                                                   : "missing service argument");
    const std::string directory = config::choose_config_directory(options.directory);
    const std::string path = directory + (options.mode == Mode::main ? "/main.cf" : "/master.cf");
    const std::string old = content_of(path);
    const std::string changed =
        options.mode == Mode::main
            ? edit_main_cf(old, path, options.action, options.arguments)
            : edit_master_cf(old, path, options.mode, options.action, options.arguments);
    if (changed == old) return;
    const auto written = replace_file(path, changed);
    if (!written) fatal("{}", written.error());
    const bool in_pieces = changed.find(config::include.name()) != std::string::npos ||
                           changed.find(config::environment_overlay.name()) != std::string::npos;
    if (options.mode == Mode::main && in_pieces) warn_about_overlaid(options);
}

void show(const Options& options) {
    if (options.mode != Mode::main)
        require_master_cf(config::choose_config_directory(options.directory) + "/master.cf");
    const Settings settings = load_settings(options);
    const std::vector<config::MasterLine> services = load_services(options, settings);
    if (!options.defaults) check_networks(settings);
    if (options.mode == Mode::main) return show_parameters(options, settings, services);
    Catalog catalog(settings, services);
    if (!options.quiet) catalog.warn_about_undefined();
    catalog.find_tables();
    if (options.mode == Mode::services) show_services(options, settings, services);
    if (options.mode == Mode::fields) show_fields(options, settings, services);
    if (options.mode == Mode::overrides) show_overrides(options, settings, services);
    if (!options.quiet) catalog.warn_about_unused_overrides();
    if (!options.quiet) catalog.warn_about_table_files();
}

// Of the file named, else of bounce_template_file; an empty name means the built-in templates.
void show_bounce_templates(const Options& options) {
    Settings settings = load_settings(options);
    if (!options.arguments.empty()) {
        const std::string& file = options.arguments.front();
        if (const auto content = read_file(file); !file.empty() && !content) fatal("{}", content.error());
        settings.set("bounce_template_file", file);
    }
    const delivery::BounceTemplates templates =
        delivery::load_bounce_templates(settings, delivery::BadTemplate::fatal);
    print(options.mode == Mode::bounce ? delivery::show_templates(templates, settings)
                                       : delivery::show_expanded_templates(templates, settings));
}

int list(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) print(line + "\n");
    return 0;
}

int list_tls_facts(const std::string& topic) {
    const auto facts = tls_facts(topic);
    if (!facts.empty()) return list(facts);
    log::warning("unknown 'postconf -T' mode: {}", topic);
    return 1;
}

int run(int argc, char** argv) {
    log::Destination terminal;
    terminal.tag = argv[0];  // as it was called, as Postfix's does
    terminal.only_stderr = true;
    log::open(std::move(terminal));
    declare_all_parameters();
    const Options options = parse_options(argc, argv);
    switch (options.mode) {
        case Mode::server_sasl:
        case Mode::client_sasl:
        case Mode::locks:
        case Mode::tables:
            return list(capabilities(options.mode, options.directory));
        case Mode::tls:
            return list_tls_facts(options.tls_topic);
        case Mode::bounce:
        case Mode::bounce_expanded:
            show_bounce_templates(options);
            return 0;
        default:
            break;
    }
    if (options.action != Action::show)
        edit(options);
    else
        show(options);
    return 0;
}

}  // namespace

}  // namespace postrider::postconf

int main(int argc, char** argv) {
    return postrider::postconf::run(argc, argv);
}

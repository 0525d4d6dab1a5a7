// commands/postconf/main.cc - prints and changes main.cf and master.cf; postconf(1).
#include <fmt/core.h>

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
#include "lib/config/places.h"
#include "lib/config/settings.h"
#include "lib/delivery/bounce_template.h"

namespace postrider::postconf {

namespace {

std::string content_of(const std::string& path) {
    auto content = read_file(path);
    if (!content) fatal("{}", content.error());
    return std::move(*content);
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
        if (!parsed) fatal("-o {}: {}", text, parsed.error());
        settings.set(parsed->name, parsed->value);
    }
    return settings;
}

// For main.cf alone a missing master.cf is only a warning, and for the defaults not even that.
std::vector<config::MasterLine> load_services(const Options& options) {
    const std::string path = config::choose_config_directory(options.directory) + "/master.cf";
    const auto content = read_file(path);
    if (!content && options.mode == Mode::main) {
        if (!options.defaults) log::warning("{}", content.error());
        return {};
    }
    if (!content) fatal("{}", content.error());
    auto lines = config::parse_master_lines(*content, path);
    if (!lines) fatal("{}", lines.error());
    for (const config::MasterLine& line : *lines) require_valid_fields(line, join(line.fields, " "));
    return std::move(*lines);
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
}

void show(const Options& options) {
    const Settings settings = load_settings(options);
    const std::vector<config::MasterLine> services = load_services(options);
    if (options.mode == Mode::main) return show_parameters(options, settings, services);
    const Catalog catalog(settings, services);
    if (!options.quiet) catalog.warn_about_undefined();
    if (options.mode == Mode::services) show_services(options, settings, services);
    if (options.mode == Mode::fields) show_fields(options, settings, services);
    if (options.mode == Mode::overrides) show_overrides(options, settings, services);
    if (!options.quiet) catalog.warn_about_unused_overrides();
}

// Of the file named, else of bounce_template_file; an empty name means the built-in templates.
void show_bounce_templates(const Options& options) {
    Settings settings = load_settings(options);
    if (!options.arguments.empty()) settings.set("bounce_template_file", options.arguments.front());
    const delivery::BounceTemplates templates = delivery::load_bounce_templates(settings);
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
    terminal.tag = "postconf";
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

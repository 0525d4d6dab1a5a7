// lib/tables/types/dynamic_maps.cc - table types that are loaded from shared objects.
#include "lib/tables/types/dynamic_maps.h"

#include <dlfcn.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/logical_lines.h"
#include "lib/tables/types/plugin_table.h"

namespace postrider::tables {

namespace {

// The Debian package of the client library that a plug-in needs.
std::string_view client_package(std::string_view type) {
    if (type == "mysql") return "libmariadb3";
    if (type == "pgsql") return "libpq5";
    if (type == "ldap") return "libldap-2.5-0";
    if (type == "mongodb") return "libmongoc-1.0-0";
    if (type == "redis" || type == "valkey") return "libhiredis0.14";
    return "";
}

std::string in_directory(const std::string& directory, const std::string& name) {
    return name.starts_with('/') ? name : directory + "/" + name;
}

// What may not be loaded into a program that perhaps has root's rights.  An instance that runs as one
// ordinary user has that user's files.
bool others_may_write(const struct stat& file) {
    const bool plain = getuid() == geteuid() && getgid() == getegid();
    const bool trusted = file.st_uid == 0 || (plain && file.st_uid == getuid());
    return !trusted || (file.st_mode & (S_IWGRP | S_IWOTH)) != 0;
}
constexpr std::string_view owned_by_others = "file is owned or writable by non-root users";

// Compat: a dynamicmaps.cf written for Postfix names Postfix's plug-ins (postfix-mysql.so, dict_mysql_open);
// ours are taken in their place.
DynamicMap ours_instead_of_postfix(DynamicMap map) {
    if (map.open_function != fmt::format("dict_{}_open", map.type)) return map;
    map.library = fmt::format("postrider-{}.so", map.type);
    map.open_function = fmt::format("postrider_open_{}", map.type);
    return map;
}

void add_file(const std::string& path, const Settings& settings, std::vector<DynamicMap>& maps) {
    const auto found = stat_file(path);
    if (!found) return;
    if (others_may_write(*found)) return log::warning("{}: {} -- skipping this file", path, owned_by_others);
    const Result<std::string> text = read_file(path);
    if (!text) return;
    for (const config::LogicalLine& line : config::logical_lines(*text)) {
        const std::vector<std::string> words = split_words(line.text, " \t\r\n");
        if (words.size() < 3 || words.size() > 4) {
            log::warning("{}, line {}: need \"type library open-function [mkmap-function]\"", path,
                         line.first_line);
            continue;
        }
        const bool known = std::any_of(maps.begin(), maps.end(),
                                       [&](const DynamicMap& map) { return map.type == words[0]; });
        if (known) {
            log::warning("{}: ignoring duplicate entry for \"{}\"", path, words[0]);
            continue;
        }
        DynamicMap map = ours_instead_of_postfix({words[0], words[1], words[2]});
        map.library = in_directory(settings.value_of("shlib_directory").value_or(""), map.library);
        maps.push_back(std::move(map));
    }
}

// A plug-in that was loaded stays: its code may run on a worker until the process ends.
Result<plugin::OpenFunction> load(const DynamicMap& map) {
    if (const auto found = stat_file(map.library); found && others_may_write(*found))
        return Error{fmt::format("{}: {}", map.library, owned_by_others)};
    void* library = ::dlopen(map.library.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        const char* const why = ::dlerror();
        const std::string_view package = client_package(map.type);
        std::string advice = stat_file(map.library) ? "" : "; install Postrider's plug-in there";
        if (advice.empty() && !package.empty())
            advice = fmt::format("; install the client library, Debian's package {}", package);
        return Error{fmt::format("cannot load {}: {}{}", map.library, why != nullptr ? why : "?", advice)};
    }
    const auto* version = static_cast<const int*>(::dlsym(library, "postrider_plugin_version"));
    if (version == nullptr || *version != plugin::interface_version)
        return Error{fmt::format("{} is no plug-in for this version of Postrider", map.library)};
    auto open = reinterpret_cast<plugin::OpenFunction>(::dlsym(library, map.open_function.c_str()));
    if (open == nullptr) return Error{fmt::format("{} has no function {}", map.library, map.open_function)};
    return open;
}

}  // namespace

std::vector<DynamicMap> dynamic_maps(const Settings& settings) {
    std::vector<DynamicMap> maps;
    const std::string file = settings.value_of("meta_directory").value_or("") + "/dynamicmaps.cf";
    add_file(file, settings, maps);
    if (const Result<std::vector<std::string>> names = list_directory(file + ".d")) {
        std::vector<std::string> sorted = *names;
        std::sort(sorted.begin(), sorted.end());
        // Compat: whatever their names are.
        for (const std::string& name : sorted) add_file(file + ".d/" + name, settings, maps);
    }
    return maps;
}

Result<TablePtr> open_dynamic(const std::string& type, const std::string& name, const std::string& argument,
                              const OpenContext& context) {
    const std::vector<DynamicMap> maps = dynamic_maps(context.settings);
    const auto map =
        std::find_if(maps.begin(), maps.end(), [&](const DynamicMap& one) { return one.type == type; });
    if (map == maps.end()) {
        if (client_package(type).empty()) return Error{fmt::format("unsupported dictionary type: {}", type)};
        return Error{
            fmt::format("unsupported dictionary type: {}. Is its plug-in installed? {}/dynamicmaps.cf has "
                        "no line for it",
                        type, context.settings.value_of("meta_directory").value_or(""))};
    }
    const Result<plugin::OpenFunction> open = load(*map);
    if (!open) return Error{fmt::format("unsupported dictionary type: {}. {}", type, open.error())};
    Result<QueryConfig> config = QueryConfig::load(name, argument, context.settings);
    if (!config) return Error{config.error()};
    const plugin::Options options(config->values());
    std::string reason;
    std::unique_ptr<plugin::Table> opened((*open)(options, reason));
    if (!opened) return Error{fmt::format("{}: {}", argument, reason)};
    if (opened->servers().empty()) return Error{fmt::format("{}: no server is configured", argument)};
    for (const std::string& text : opened->templates())
        if (Result<void> good = config->check_template("query", text); !good) return Error{good.error()};
    return TablePtr(std::make_shared<PluginTable>(name, std::move(*config), std::move(opened), context));
}

}  // namespace postrider::tables

// commands/postalias/main.cc - postalias(1): makes, changes and asks alias databases.
//
// newaliases(1) runs this program, and Sendmail's conventions are kept: the entry "@", and those of NIS.
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <ctime>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/config/logical_lines.h"
#include "lib/config/places.h"
#include "lib/tables/alias_source.h"
#include "lib/tables/map_command.h"

using namespace postrider;
using namespace postrider::tables;

namespace {

struct CommandLine {
    MapOptions map;
    std::optional<std::string> config_directory, query, remove;
    bool list = false;
    bool utf8 = true;
    std::vector<std::string> maps;
};

[[noreturn]] void usage() {
    fatal("usage: postalias [-fijnNoprsuvw] [-c config_dir] [-d key] [-q key] [map_type:]file...");
}

CommandLine parse(int argc, char** argv) {
    CommandLine line;
    int option = 0;
    while ((option = getopt(argc, argv, "Nc:d:fijnopq:rsuvw")) != -1) {
        switch (option) {
            case 'N':
                line.map.with_nul = true;
                break;
            case 'n':
                line.map.with_nul = false;
                break;
            case 'u':
                line.utf8 = false;
                break;
            case 'c':
                line.config_directory = optarg;
                break;
            case 'd':
                line.remove = optarg;
                break;
            case 'q':
                line.query = optarg;
                break;
            case 's':
                line.list = true;
                break;
            case 'f':
                line.map.fold = false;
                break;
            case 'i':
                line.map.incremental = true;
                break;
            case 'j':
                line.map.json = true;
                break;
            case 'o':
                line.map.as_owner = false;
                break;
            case 'p':
                line.map.copy_mode = false;
                break;
            case 'r':
                line.map.replace = true;
                break;
            case 'w':
                line.map.warn_duplicates = false;
                break;
            case 'v':
                log::set_verbose(log::verbose() + 1);
                break;
            default:
                usage();
        }
    }
    line.maps.assign(argv + optind, argv + argc);
    if (line.maps.empty()) usage();
    if (line.list + line.query.has_value() + line.remove.has_value() > 1)
        fatal("specify only one of -s -q or -d");
    return line;
}

void build(const std::string& name, const CommandLine& line, const Settings& settings) {
    const MapName map = split_map_name(name, settings);
    if (!has_table_file(map.type)) fatal("unsupported map type for this operation: {}", map.type);
    const MapSource source(map.name, line.map);
    MapBuilder builder(map, source, line.map, settings);
    for (const config::LogicalLine& one : config::logical_lines(source.text())) {
        if (line.map.utf8 && !is_valid_utf8(one.text)) {
            log::warning("{}, line {}: non-UTF-8 input \"{}\" -- ignoring this line", source.name(),
                         one.last_line, printable(one.text, '?', true));
            continue;
        }
        const AliasEntry entry = parse_alias(one.text);
        if (!entry.problem.empty()) {
            log::warning("{}, line {}: {}", source.name(), one.last_line, entry.problem);
        } else {
            builder.add(entry.name, entry.value);
        }
    }
    // Compat: Sendmail takes "@" as the sign of a complete database; NIS servers want the other two, without
    // NUL.
    builder.add_once("@", "@");
    builder.add_bare("YP_LAST_MODIFIED", fmt::format("{:010}", std::time(nullptr)));
    builder.add_bare("YP_MASTER_NAME", settings[config::myhostname]);
    builder.commit();
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_DFL);
    umask(022);
    log::Destination destination;
    destination.tag = "postfix/postalias";
    destination.to_stderr = true;
    log::open(destination);
    CommandLine line = parse(argc, argv);
    line.map.between = ":\t";
    const Result<Settings> settings = Settings::load(config::choose_config_directory(line.config_directory));
    if (!settings) fatal("{}", settings.error());
    line.map.utf8 = line.utf8 && OpenContext(*settings).utf8;

    bool found = true;
    if (line.query == "-") {
        found = print_values(line.maps, line.map, *settings);
    } else if (line.query) {
        found = print_value(line.maps, *line.query, line.map, *settings);
    } else if (line.remove) {
        found = remove_keys(line.maps, *line.remove, line.map, *settings);
    } else if (line.list) {
        list_entries(line.maps, line.map, *settings);
    } else {
        for (const std::string& name : line.maps) build(name, line, *settings);
    }
    return found ? 0 : 1;
}

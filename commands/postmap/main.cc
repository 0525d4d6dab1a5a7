// commands/postmap/main.cc - postmap(1): makes, changes and asks lookup tables.
#include <fmt/core.h>
#include <unistd.h>

#include <csignal>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/logical_lines.h"
#include "lib/config/places.h"
#include "lib/tables/map_command.h"
#include "lib/tables/source.h"

using namespace postrider;
using namespace postrider::tables;

namespace {

struct CommandLine {
    MapOptions map;
    MessageKeys message;
    std::optional<std::string> config_directory, query, remove;
    bool list = false;
    std::optional<bool> utf8;
    std::vector<std::string> maps;
};

[[noreturn]] void usage() {
    fatal("usage: postmap [-bfFhijmnNoprsuUvw] [-c config_dir] [-d key] [-q key] [map_type:]file...");
}

CommandLine parse(int argc, char** argv) {
    CommandLine line;
    int option = 0;
    while ((option = getopt(argc, argv, "NUFbc:d:fhijmnopq:rsuvw")) != -1) {
        switch (option) {
            case 'N':
                line.map.with_nul = true;
                break;
            case 'n':
                line.map.with_nul = false;
                break;
            case 'U':
                line.utf8 = true;
                break;
            case 'u':
                line.utf8 = false;
                break;
            case 'F':
                line.map.file_values = true;
                break;
            case 'b':
                line.message.body = true;
                break;
            case 'h':
                line.message.headers = true;
                break;
            case 'm':
                line.message.mime = true;
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
    const bool from_message = line.message.body || line.message.headers || line.message.mime;
    if (from_message && line.query != "-") fatal("specify -b -h or -m only with \"-q -\"");
    return line;
}

// -F: the values are names of files whose contents go into the table.
std::string file_content(const std::string& value, std::string& problem) {
    std::string all;
    for (const std::string& path : split_words(value)) {
        const Result<std::string> content = read_file(path);
        if (!content) {
            problem = content.error();
            return {};
        }
        all += *content;
    }
    return base64_encode(all);
}

void build(const std::string& name, const CommandLine& line, const Settings& settings) {
    const MapName map = split_map_name(name, settings);
    if (!has_table_file(map.type)) fatal("unsupported map type for this operation: {}", map.type);
    const MapSource source(map.name, line.map);
    MapBuilder builder(map, source, line.map, settings);
    for (const config::LogicalLine& one : config::logical_lines(source.text())) {
        const KeyValue entry = parse_key_value(one.text, line.map.utf8);
        std::string problem = entry.problem;
        std::string value = entry.value;
        if (problem.empty() && line.map.file_values) value = file_content(entry.value, problem);
        if (!problem.empty()) {
            log::warning("{}, line {}: {}", source.name(), one.last_line, problem);
            continue;
        }
        if (!entry.remark.empty())
            log::warning("{}, line {}: {}", source.name(), one.last_line, entry.remark);
        builder.add(entry.key, value);
    }
    builder.commit();
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_DFL);
    umask(022);
    log::Destination destination;
    destination.tag = "postfix/postmap";
    destination.to_stderr = true;
    log::open(destination);
    CommandLine line = parse(argc, argv);
    const Result<Settings> settings = Settings::load(config::choose_config_directory(line.config_directory));
    if (!settings) fatal("{}", settings.error());
    line.map.utf8 = line.utf8.value_or(OpenContext(*settings).utf8);

    bool found = true;
    if (line.query && (line.message.body || line.message.headers)) {
        found = print_message_values(line.maps, line.message, line.map, *settings);
    } else if (line.query == "-") {
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

// lib/tables/files/map_main.cc - the command line of postmap(1) and postalias(1), and what it asks for.
#include "lib/tables/files/map_main.h"

#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "lib/base/log.h"
#include "lib/config/checks.h"
#include "lib/config/command.h"
#include "lib/config/command_options.h"
#include "lib/config/places.h"

namespace postrider::tables {

namespace {

struct CommandLine {
    MapOptions map;
    MessageKeys message;
    std::optional<std::string> config_directory, query, remove;
    bool list = false;
    std::optional<bool> utf8;
    std::vector<std::string> maps;

    bool asks_message() const { return message.body || message.headers || message.mime; }
};

// False: the letter is none of ours.
bool take_option(CommandLine& line, int option) {
    switch (option) {
        case 'N':
        case 'n':
            line.map.with_nul = option == 'N';
            break;
        case 'U':
        case 'u':
            line.utf8 = option == 'U';
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
            if (line.query || line.remove) fatal("specify only one of -s -q or -d");
            line.remove = optarg;
            break;
        case 'q':
            if (line.query || line.remove) fatal("specify only one of -s -q or -d");
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
            return false;
    }
    return true;
}

[[noreturn]] void usage(const MapProgram& program) {
    fatal("usage: {} {}", program.name, program.usage);
}

CommandLine parse(int argc, char** argv, const MapProgram& program) {
    CommandLine line;
    line.map.between = program.between;
    int option = 0;
    config::use_short_name(argc, argv);
    while ((option = getopt(argc, argv, program.letters)) != -1)
        if (!take_option(line, option)) usage(program);
    line.maps.assign(argv + optind, argv + argc);
    if (line.maps.empty()) usage(program);
    if (line.list + line.query.has_value() + line.remove.has_value() > 1)
        fatal("specify only one of -s -q or -d");
    if (line.asks_message() && line.query != "-") fatal("specify -b -h or -m only with \"-q -\"");
    if (line.message.mime && !line.message.body && !line.message.headers)
        log::warning("ignoring -m option without -b or -h");
    return line;
}

void build(const std::string& name, const MapOptions& options, const Settings& settings,
           const MapProgram& program) {
    const MapName map = split_map_name(name, settings);
    if (map.type == "proxy" && !options.incremental) fatal("can't create maps via the proxy service");
    const MapSource source(map.name, options);
    if (map.type == "fail") fatal("table {}:{}: write error: Application error", map.type, map.name);
    if (!has_table_file(map.type)) {
        if (!is_table_type(map.type, settings)) fatal("unsupported dictionary type: {}", map.type);
        fatal("unsupported dictionary type: {} does not support bulk-mode creation.", map.type);
    }
    MapBuilder builder(map, source, options, settings);
    program.fill(builder, source, options, settings);
    builder.commit();
}

}  // namespace

int run_map_program(int argc, char** argv, const MapProgram& program) {
    std::signal(SIGPIPE, SIG_DFL);
    umask(022);
    log::Destination destination;
    destination.tag = std::string("postfix/") + program.name;
    destination.to_stderr = true;
    log::open(destination);
    CommandLine line = parse(argc, argv, program);
    const Result<Settings> settings = Settings::load(config::choose_config_directory(line.config_directory));
    if (!settings) fatal("{}", settings.error());
    config::check_global_parameters(*settings);
    config::clean_environment(*settings);
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
        list_entries(line.maps.front(), line.map, *settings);  // Compat: the first is the only one listed.
    } else {
        for (const std::string& name : line.maps) build(name, line.map, *settings, program);
    }
    return found ? 0 : 1;
}

}  // namespace postrider::tables

// commands/postlog/main.cc - writes to the log as the mail system does; postlog(1).
#include <unistd.h>

#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/command.h"
#include "lib/config/command_options.h"
#include "lib/config/log_setup.h"

namespace postrider::postlog {

namespace {

struct Options {
    std::optional<std::string> directory;
    std::string tag = "postlog";
    log::Level level = log::Level::info;
    bool with_tag = false;
    bool with_process_id = false;  // accepted; the log has it always
    std::vector<std::string> words;
};

log::Level parse_level(std::string_view name) {
    constexpr std::pair<std::string_view, log::Level> levels[] = {
        {"info", log::Level::info},   {"warn", log::Level::warning}, {"warning", log::Level::warning},
        {"error", log::Level::error}, {"fatal", log::Level::fatal},  {"panic", log::Level::panic}};
    for (const auto& [known, level] : levels)
        if (equals_ignoring_case(known, name)) return level;
    fatal("unknown severity level: {}", name);
}

[[noreturn]] void usage() {
    fatal("usage: postlog [-c config_dir] [-i] [-p priority] [-t tag] [-v] [text]");
}

Options parse_options(int argc, char** argv) {
    Options options;
    config::CommandOptions letters(argc, argv, "ip:t:");
    while (const int option = letters.next()) {
        switch (option) {
            case 'i':
                options.with_process_id = true;
                break;
            case 'p':
                options.level = parse_level(optarg);
                break;
            case 't':
                options.tag = optarg;
                options.with_tag = true;
                break;
            default:
                usage();
        }
    }
    options.directory = letters.directory();
    options.words = letters.words();
    return options;
}

// Each line of the standard input is a record, as far as the first NUL in it.
void log_standard_input(log::Level level) {
    std::string line;
    for (int c = std::getchar(); c != EOF; c = std::getchar()) {
        if (c != '\n') {
            line += static_cast<char>(c);
            continue;
        }
        log::write(level, line.c_str());
        line.clear();
    }
    if (!line.empty()) log::write(level, line.c_str());
}

int run(int argc, char** argv) {
    config::open_log_early("postlog", config::LogUser::command);
    const Options options = parse_options(argc, argv);
    const Settings settings = config::start_command(options.tag, options.directory);
    log::Destination destination = log::destination();
    // The tag as given, without our own name before it.
    if (options.with_tag) destination.tag = options.tag;
    // Compat: only somebody at a terminal sees what is logged; scripts do not.
    destination.to_stderr = ::isatty(STDERR_FILENO) != 0;
    log::open(std::move(destination));
    if (options.words.empty())
        log_standard_input(options.level);
    else
        log::write(options.level, join(options.words, " "));
    return 0;
}

}  // namespace

}  // namespace postrider::postlog

int main(int argc, char** argv) {
    return postrider::postlog::run(argc, argv);
}

// commands/postconf/options.cc - the command line of postconf(1).
#include "commands/postconf/options.h"

#include <fmt/core.h>
#include <unistd.h>

#include <string_view>

#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::postconf {

namespace {

constexpr const char* letters = "aAbc:C:def#FhHjlmMno:OpPqtT:vxX";

// In which order messages name options.
constexpr std::string_view message_order = "aAbCdefFhHljmMnoOpPqtTvxX#";

// Of the options in a group at most one can be given; the first group with more is told.
constexpr std::string_view exclusive_groups[] = {"aAbFlmMpPtT", "denX#", "eX#hH", "eX#f", "eX#x",
                                                 "eX#o",        "do",    "eX#jO", "hH",   "jO"};

// Options that only some modes take; anything else is refused there.
struct Allowed {
    char mode;
    std::string_view options;
};
constexpr Allowed allowed_options[] = {
    {'a', "v"}, {'A', "v"}, {'b', "v"},          {'l', "v"},          {'m', "v"},
    {'t', "v"}, {'T', "v"}, {'M', "efoOvxCX#q"}, {'F', "efhHjovxCq"}, {'P', "efhHjovxCXq"},
};

[[noreturn]] void usage(std::string_view program) {
    fatal(
        "usage: {} [-a (server SASL types)] [-A (client SASL types)] [-b (bounce templates)] "
        "[-c config_dir] [-C param_class] [-d (parameter defaults)] [-e (edit configuration)] [-f (fold "
        "lines)] "
        "[-F (master.cf fields)] [-h (no names)] [-H (no values)] [-j (JSON)] [-l (lock types)] [-m (map "
        "types)] "
        "[-M (master.cf)] [-n (non-default parameters)] [-o name=value (override parameter value)] "
        "[-O (origins: file and line)] [-p (main.cf, default)] [-P (master.cf parameters)] [-q (no "
        "warnings)] [-t (bounce templates)] "
        "[-T compile-version|run-version|public-key-algorithms] [-v (verbose)] [-x (expand parameter "
        "values)] "
        "[-X (exclude)] [-# (comment-out)] [name...]",
        program);
}

Classes parse_classes(const std::string& text) {
    Classes classes{.builtin = false, .service = false, .user = false};
    for (const std::string& written : split_words(text)) {
        const std::string word = lower(written);
        if (word == "builtin" || word == "all") classes.builtin = true;
        if (word == "service" || word == "all") classes.service = true;
        if (word == "user" || word == "all") classes.user = true;
        if (word != "builtin" && word != "service" && word != "user" && word != "all")
            fatal("unknown -C option value \"{}\" in \"{}\"", written, text);
    }
    return classes;
}

Mode mode_of(char letter) {
    switch (letter) {
        case 'M':
            return Mode::services;
        case 'F':
            return Mode::fields;
        case 'P':
            return Mode::overrides;
        case 'a':
            return Mode::server_sasl;
        case 'A':
            return Mode::client_sasl;
        case 'b':
            return Mode::bounce_expanded;
        case 't':
            return Mode::bounce;
        case 'l':
            return Mode::locks;
        case 'm':
            return Mode::tables;
        case 'T':
            return Mode::tls;
        default:
            return Mode::main;
    }
}

void check_exclusive(const std::string& given) {
    for (const std::string_view group : exclusive_groups) {
        std::string found;
        for (const char letter : message_order)
            if (given.find(letter) != std::string::npos && group.find(letter) != std::string_view::npos)
                found += fmt::format(" -{}", letter);
        if (found.size() > 3) fatal("specify one of{}", found);
    }
}

void check_allowed(const std::string& given) {
    for (const Allowed& one : allowed_options) {
        if (given.find(one.mode) == std::string::npos) continue;
        for (const char letter : given)
            if (letter != one.mode && letter != 'c' && one.options.find(letter) == std::string_view::npos)
                fatal("with option -{}, do not specify -{}", one.mode, letter);
    }
}

// name=value as the first argument asks for editing.
bool wants_editing(const Options& options) {
    const bool editable = options.mode == Mode::main || options.mode == Mode::services ||
                          options.mode == Mode::fields || options.mode == Mode::overrides;
    return editable && !options.arguments.empty() && options.arguments.front().find('=') != std::string::npos;
}

}  // namespace

Options parse_options(int argc, char** argv) {
    Options options;
    std::string given;
    int letter = 0;
    while ((letter = getopt(argc, argv, letters)) > 0) {
        if (letter == '?') usage(argv[0]);
        if (given.find(static_cast<char>(letter)) == std::string::npos) given += static_cast<char>(letter);
        if (const Mode mode = mode_of(static_cast<char>(letter)); mode != Mode::main) options.mode = mode;
        switch (letter) {
            case 'c':
                options.directory = optarg;
                break;
            case 'C':
                options.classes = parse_classes(optarg);
                break;
            case 'd':
                options.defaults = true;
                break;
            case 'e':
                options.action = Action::edit;
                break;
            case 'f':
                options.fold = true;
                break;
            case '#':
                options.action = Action::comment_out;
                break;
            case 'h':
                options.names = false;
                break;
            case 'H':
                options.values = false;
                break;
            case 'j':
                options.json = true;
                break;
            case 'n':
                options.explicit_only = true;
                break;
            case 'o':
                options.overrides.emplace_back(optarg);
                break;
            case 'O':
                options.origins = true;
                break;
            case 'q':
                options.quiet = true;
                break;
            case 'T':
                options.tls_topic = optarg;
                break;
            case 'v':
                log::set_verbose(log::verbose() + 1);
                break;
            case 'x':
                options.expand = true;
                break;
            case 'X':
                options.action = Action::remove;
                break;
            default:
                break;
        }
    }
    options.arguments.assign(argv + optind, argv + argc);
    if (wants_editing(options) && given.find('e') == std::string::npos) given += 'e';
    check_exclusive(given);
    check_allowed(given);
    if (options.action == Action::show && given.find('e') != std::string::npos) options.action = Action::edit;
    return options;
}

}  // namespace postrider::postconf

// commands/postconf/options.h - the command line of postconf(1).
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace postrider::postconf {

// What is asked for; exactly one.
enum class Mode {
    main,             // main.cf parameters
    services,         // -M
    fields,           // -F
    overrides,        // -P
    server_sasl,      // -a
    client_sasl,      // -A
    bounce_expanded,  // -b
    bounce,           // -t
    locks,            // -l
    tables,           // -m
    tls,              // -T
};

enum class Action { show, edit, comment_out, remove };

// Which parameters -C asks for.
struct Classes {
    bool builtin = true;
    bool service = true;
    bool user = true;
};

struct Options {
    Mode mode = Mode::main;
    Action action = Action::show;
    std::optional<std::string> directory;  // -c
    std::vector<std::string> overrides;    // -o
    std::string tls_topic;                 // -T
    Classes classes;
    bool defaults = false;       // -d
    bool explicit_only = false;  // -n
    bool expand = false;         // -x
    bool fold = false;           // -f
    bool names = true;           // not -h
    bool values = true;          // not -H
    bool json = false;           // -j
    bool quiet = false;          // -q
    bool origins = false;        // -O
    std::vector<std::string> arguments;
};

// Fatal for what makes no sense, with usage or with the options that exclude each other.
Options parse_options(int argc, char** argv);

}  // namespace postrider::postconf

// lib/tables/files/map_main.h - the command line of postmap(1) and postalias(1), and what it asks for.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "lib/tables/files/map_command.h"

namespace postrider::tables {

// What sets one of the two programs apart.
struct MapProgram {
    const char* name;     // "postmap"
    const char* letters;  // its options, as getopt(3) takes them
    const char* usage;    // what follows the name in the usage line
    const char* between;  // stands between key and value where both are printed
    // Fills a table from the lines of its source.
    std::function<void(MapBuilder& builder, const MapSource& source, const MapOptions& options,
                       const Settings& settings)>
        fill;
};

// main() of the program: 0, or 1 when a key was not found.  Fatal on every other failure.
int run_map_program(int argc, char** argv, const MapProgram& program);

}  // namespace postrider::tables

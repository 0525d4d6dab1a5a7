// commands/postalias/main.cc - postalias(1): makes, changes and asks alias databases.
//
// newaliases(1) runs this program, and Sendmail's conventions are kept: the entry "@", and those of NIS.
#include <fmt/core.h>

#include <ctime>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/config/logical_lines.h"
#include "lib/tables/files/alias_source.h"
#include "lib/tables/files/map_main.h"
#include "lib/tables/files/source.h"

using namespace postrider;
using namespace postrider::tables;

namespace {

void fill(MapBuilder& builder, const MapSource& source, const MapOptions& options, const Settings& settings) {
    for (const config::LogicalLine& one : config::logical_lines(source.text())) {
        if (is_misplaced_continuation(one, source.name())) continue;
        if (options.utf8 && !is_valid_utf8(one.text)) {
            log::warning("{}, line {}: non-UTF-8 input \"{}\" -- ignoring this line", source.name(),
                         one.first_line, printable(one.text, '?', true));
            continue;
        }
        const AliasEntry entry = parse_alias(one.text);
        if (!entry.problem.empty())
            log::warning("{}, line {}: {}", source.name(), one.first_line, entry.problem);
        else
            builder.add(entry.name, entry.value);
    }
    // Compat: Sendmail takes "@" as the sign of a complete database; NIS servers want the other two, without
    // NUL.
    builder.add_once("@", "@");
    builder.add_bare("YP_LAST_MODIFIED", fmt::format("{:010}", std::time(nullptr)));
    builder.add_bare("YP_MASTER_NAME", settings[config::myhostname]);
}

}  // namespace

int main(int argc, char** argv) {
    return run_map_program(
        argc, argv,
        {
            .name = "postalias",
            .letters = "Nc:d:fijnopq:rsuvw",
            .usage = "[-fijnNoprsuvw] [-c config_dir] [-d key] [-q key] [map_type:]file...",
            .between = ":\t",
            .fill = fill,
        });
}

// commands/postmap/main.cc - postmap(1): makes, changes and asks lookup tables.
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/logical_lines.h"
#include "lib/tables/file_values.h"
#include "lib/tables/map_main.h"
#include "lib/tables/source.h"

using namespace postrider;
using namespace postrider::tables;

namespace {

void fill(MapBuilder& builder, const MapSource& source, const MapOptions& options, const Settings&) {
    for (const config::LogicalLine& one : config::logical_lines(source.text())) {
        if (is_misplaced_continuation(one, source.name())) continue;
        const KeyValue entry = parse_key_value(one.text, options.utf8);
        std::string problem = entry.problem;
        std::string value = entry.value;
        if (problem.empty() && options.file_values) {
            value = base64_encode(contents_of_files(entry.value, problem));
            if (!problem.empty()) problem += ": skipping this entry";
        }
        if (!problem.empty()) {
            log::warning("{}, line {}: {}", source.name(), one.last_line, problem);
            continue;
        }
        if (!entry.remark.empty())
            log::warning("{}, line {}: {}", source.name(), one.last_line, entry.remark);
        builder.add(entry.key, value);
    }
}

}  // namespace

int main(int argc, char** argv) {
    return run_map_program(
        argc, argv,
        {
            .name = "postmap",
            .letters = "NUFbc:d:fhijmnopq:rsuvw",
            .usage = "[-bfFhijmnNoprsuUvw] [-c config_dir] [-d key] [-q key] [map_type:]file...",
            .between = "\t",
            .fill = fill,
        });
}

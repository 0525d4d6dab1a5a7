// commands/postmap/main.cc - postmap(1): makes, changes and asks lookup tables.
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/logical_lines.h"
#include "lib/tables/file_values.h"
#include "lib/tables/files/map_main.h"
#include "lib/tables/files/source.h"

using namespace postrider;
using namespace postrider::tables;

namespace {

void fill(MapBuilder& builder, const MapSource& source, const MapOptions& options, const Settings&) {
    config::for_each_logical_line(source.text(), [&](const config::LogicalLine& one) {
        if (is_misplaced_continuation(one, source.name())) return;
        const KeyValue entry = parse_key_value(one.text, options.utf8);
        std::string problem = entry.problem;
        std::string content;
        if (problem.empty() && options.file_values) {
            content = base64_encode(contents_of_files(std::string(entry.value), problem));
            if (!problem.empty()) problem += ": skipping this entry";
        }
        if (!problem.empty()) return log::warning("{}, line {}: {}", source.name(), one.first_line, problem);
        if (!entry.remark.empty())
            log::warning("{}, line {}: {}", source.name(), one.first_line, entry.remark);
        builder.add(entry.key, options.file_values ? std::string_view(content) : entry.value);
    });
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

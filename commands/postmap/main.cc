// commands/postmap/main.cc - postmap(1): makes, changes and asks lookup tables.
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/logical_lines.h"
#include "lib/tables/map_main.h"
#include "lib/tables/source.h"

using namespace postrider;
using namespace postrider::tables;

namespace {

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

void fill(MapBuilder& builder, const MapSource& source, const MapOptions& options, const Settings&) {
    for (const config::LogicalLine& one : config::logical_lines(source.text())) {
        const KeyValue entry = parse_key_value(one.text, options.utf8);
        std::string problem = entry.problem;
        std::string value = entry.value;
        if (problem.empty() && options.file_values) value = file_content(entry.value, problem);
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

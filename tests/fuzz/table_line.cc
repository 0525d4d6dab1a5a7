// tests/fuzz/table_line.cc - the text files tables are made from.
#include "lib/base/text.h"
#include "lib/config/logical_lines.h"
#include "lib/tables/files/source.h"
#include "lib/tables/network.h"
#include "lib/tables/types/rules.h"
#include "tests/fuzz/fuzz.h"

using namespace postrider;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    int line_before = 0;
    for (const config::LogicalLine& line : config::logical_lines(text)) {
        fuzz::demand(line.first_line > line_before && line.last_line >= line.first_line);
        line_before = line.last_line;
        for (const bool utf8 : {false, true}) {
            const tables::KeyValue entry = tables::parse_key_value(line.text, utf8);
            fuzz::demand(!entry.problem.empty() || !entry.key.empty());
        }
        std::string_view rest;
        tables::rule_keyword(line.text, rest);
        tables::braced_items(line.text);
        const auto network = tables::NetworkPattern::parse(line.text);
        if (network) network->contains(tables::ip_bytes("192.0.2.1"));
        split_words_with_braces(line.text, ",");
    }
    return 0;
}

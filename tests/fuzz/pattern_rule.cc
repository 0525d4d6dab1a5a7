// tests/fuzz/pattern_rule.cc - rules with regular expressions: pattern, flags, and the result with its $1.
#include "lib/base/text.h"
#include "lib/tables/types/pattern_text.h"
#include "tests/fuzz/fuzz.h"

using namespace postrider;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto rule = tables::parse_pattern(text);
    if (rule) {
        fuzz::demand(rule->pattern.size() + rule->flags.size() + rule->rest.size() < size);
        fuzz::demand(trim(rule->rest) == rule->rest);
    }
    const auto result = tables::parse_result(rule ? rule->rest : text);
    if (result.problem != tables::ResultProblem::none) return 0;
    std::size_t length = 0;
    for (const tables::ResultPart& part : result.parts) {
        fuzz::demand(part.group < 0 ? !part.text.empty() : part.group <= result.most_group);
        length += part.text.size();
    }
    fuzz::demand(length <= size);
    return 0;
}

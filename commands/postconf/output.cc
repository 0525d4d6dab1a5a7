// commands/postconf/output.cc - how postconf(1) prints a parameter or an entry.
#include "commands/postconf/output.h"

#include <fmt/core.h>

#include <cstdio>

#include "lib/base/json.h"
#include "lib/base/text.h"

namespace postrider::postconf {

namespace {

constexpr std::size_t line_limit = 80;
constexpr std::string_view indent = "    ";

}  // namespace

std::string format_line(std::string_view text, bool fold) {
    std::string result;
    std::size_t line_length = 0;
    for (const std::string& word : split_words(text, " \t\r\n")) {
        if (line_length > 0 && fold && line_length + 1 + word.size() > line_limit) {
            result += '\n';
            result += indent;
            line_length = indent.size();
        } else if (line_length > 0) {
            result += ' ';
            ++line_length;
        }
        result += word;
        line_length += word.size();
    }
    return result + '\n';
}

std::string format_parameter(std::string_view name, std::string_view value, const Options& options) {
    if (options.json) return fmt::format("{{{}: {}}}\n", json_string(name), json_string(value));
    if (!options.values) return fmt::format("{}\n", name);
    if (!options.names) return format_line(value, options.fold);
    return format_line(fmt::format("{} = {}", name, value), options.fold);
}

void print(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
}

}  // namespace postrider::postconf

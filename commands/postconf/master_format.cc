// commands/postconf/master_format.cc - entries of master.cf as postconf(1) prints and writes them.
#include "commands/postconf/master_format.h"

#include <algorithm>
#include <array>

#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::postconf {

namespace {

constexpr std::size_t line_limit = 80;
constexpr std::string_view indent = "    ";

}  // namespace

std::string format_command(const config::MasterLine& entry, bool fold, std::size_t column) {
    std::string text = entry.fields[config::master_field_count - 1];
    std::size_t length = column + text.size();
    const std::size_t options = config::end_of_options(entry.fields);
    bool line_ends = false;
    for (std::size_t i = config::master_field_count; i < entry.fields.size(); ++i) {
        std::string word = entry.fields[i];
        const bool has_value = word == "-o" && i < options && i + 1 < entry.fields.size();
        if (has_value) word += " " + entry.fields[++i];
        if (fold && (has_value || line_ends || length + 1 + word.size() >= line_limit)) {
            text += '\n';
            text += indent;
            length = indent.size();
        } else {
            text += ' ';
            ++length;
        }
        text += word;
        length += word.size();
        line_ends = has_value;
    }
    return text;
}

std::string format_entry(const config::MasterLine& entry, bool fold) {
    constexpr std::array<std::size_t, config::master_field_count> columns = {0, 11, 17, 25, 33, 41, 49, 57};
    std::string line;
    for (std::size_t i = 0; i < config::master_field_count; ++i) {
        if (i > 0) line += ' ';
        line.resize(std::max(line.size(), columns[i]), ' ');
        if (i + 1 < config::master_field_count) line += entry.fields[i];
    }
    return line + format_command(entry, fold, line.size()) + '\n';
}

bool MasterRequest::matches(const config::MasterLine& entry) const {
    return (service == "*" || service == entry.service()) && (type == "*" || type == entry.type());
}

std::optional<MasterRequest> parse_request(const std::string& text) {
    MasterRequest request;
    request.text = text;
    std::string* const places[] = {&request.service, &request.type, &request.part};
    for (const std::string& piece : split_words(text, "/")) {
        const bool wild = piece.find('*') != std::string::npos;
        if (request.parts == 3 || (wild && piece.size() > 1)) return std::nullopt;
        *places[request.parts++] = piece;
    }
    if (request.parts == 0) return std::nullopt;
    return request;
}

void warn_about_braces(const config::MasterLine& entry) {
    for (const std::string& problem : entry.problems) log::warning("master.cf: {}", problem);
}

bool has_valid_fields(const config::MasterLine& entry) {
    for (std::size_t i = 0; i < config::master_field_count; ++i)
        if (!config::check_master_field(i, entry.fields[i])) return false;
    return true;
}

void require_valid_fields(const config::MasterLine& entry, std::string_view shown) {
    for (std::size_t i = 0; i < config::master_field_count; ++i)
        if (!config::check_master_field(i, entry.fields[i]))
            fatal("invalid {} field \"{}\" in \"{}\"", config::master_field_name(i), entry.fields[i], shown);
}

}  // namespace postrider::postconf

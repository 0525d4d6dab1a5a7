// commands/postconf/master_format.cc - entries of master.cf as postconf(1) prints and writes them.
#include "commands/postconf/master_format.h"

#include <fmt/core.h>

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
    for (std::size_t i = config::master_field_count; i < entry.fields.size(); ++i) {
        std::string word = entry.fields[i];
        const bool is_option = word.starts_with('-');
        if (word == "-o" && i + 1 < entry.fields.size()) word += " " + entry.fields[++i];
        if (fold && (is_option || length + 1 + word.size() >= line_limit)) {
            text += '\n';
            text += indent;
            length = indent.size();
        } else {
            text += ' ';
            ++length;
        }
        text += word;
        length += word.size();
    }
    return text;
}

std::string format_entry(const config::MasterLine& entry, bool fold) {
    const auto& f = entry.fields;
    std::string line =
        fmt::format("{:<10} {:<5} {:<7} {:<7} {:<7} {:<7} {:<7} ", f[0], f[1], f[2], f[3], f[4], f[5], f[6]);
    line += format_command(entry, fold, line.size());
    return line + '\n';
}

bool MasterRequest::matches(const config::MasterLine& entry) const {
    return (service == "*" || service == entry.service()) && (type == "*" || type == entry.type());
}

MasterRequest parse_request(const std::string& text) {
    MasterRequest request;
    request.text = text;
    std::string* const places[] = {&request.service, &request.type, &request.part};
    for (const std::string_view piece : split(text, '/')) {
        if (request.parts == 3) fatal("bad request: \"{}\"; specify service/type/name", text);
        *places[request.parts++] = piece;
    }
    return request;
}

void require_valid_fields(const config::MasterLine& entry, std::string_view shown) {
    for (std::size_t i = 0; i < config::master_field_count; ++i)
        if (!config::check_master_field(i, entry.fields[i]))
            fatal("invalid {} field \"{}\" in \"{}\"", config::master_field_name(i), entry.fields[i], shown);
}

}  // namespace postrider::postconf

// lib/config/master_cf.cc - the services of master.cf.
#include "lib/config/master_cf.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/config/logical_lines.h"

namespace postrider::config {

namespace {

constexpr std::array<std::string_view, master_field_count> field_names = {
    "service", "type", "private", "unprivileged", "chroot", "wakeup", "process_limit", "command"};
constexpr std::array<std::string_view, 5> types = {"inet", "unix", "unix-dgram", "fifo", "pass"};

// The word in braces without them and without white space at its ends; other words stay.
std::string_view without_braces(std::string_view word) {
    if (word.size() < 2 || word.front() != '{' || word.back() != '}') return word;
    return trim(word.substr(1, word.size() - 2));
}

std::string with_braces_if_needed(std::string_view word) {
    const bool needed = word.empty() || word.find_first_of(" \t\r\n") != std::string_view::npos;
    return needed ? fmt::format("{{{}}}", word) : std::string(word);
}

// "name = value" in any spelling as "name=value", in braces when the value has white space.
std::string uniform_override(std::string_view word) {
    const auto parsed = parse_assignment(without_braces(word));
    if (!parsed) return std::string(word);
    return with_braces_if_needed(fmt::format("{}={}", parsed->name, parsed->value));
}

std::string uniform_argument(std::string_view word) {
    const std::string_view inside = without_braces(word);
    return inside.size() == word.size() ? std::string(word) : fmt::format("{{{}}}", inside);
}

bool braces_match(std::string_view word) {
    return word.front() != '{' || word.back() == '}';
}

// Pulls "-oname=value" apart and makes "-o { name = value }" uniform.
std::vector<std::string> uniform_arguments(const std::vector<std::string>& words) {
    std::vector<std::string> arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word == "-o" && i + 1 < words.size()) {
            arguments.push_back(word);
            arguments.push_back(uniform_override(words[++i]));
        } else if (word.starts_with("-o") && word.size() > 2) {
            arguments.emplace_back("-o");
            arguments.push_back(uniform_override(std::string_view(word).substr(2)));
        } else {
            arguments.push_back(uniform_argument(word));
        }
    }
    return arguments;
}

bool parse_flag(const std::string& field, bool otherwise) {
    return field == "-" ? otherwise : field == "y";
}

ServiceEntry interpret(const MasterLine& line, const MasterDefaults& defaults) {
    const std::vector<std::string>& fields = line.fields;
    ServiceEntry entry;
    entry.service = line.service();
    entry.type = line.type();
    // Whatever the field says, a port cannot be private.
    entry.private_ = entry.type != "inet" && parse_flag(fields[2], true);
    entry.unprivileged = parse_flag(fields[3], true);
    entry.chroot = parse_flag(fields[4], defaults.chroot);
    std::string_view wakeup = fields[5];
    entry.wakeup_if_used = wakeup.ends_with('?');
    if (entry.wakeup_if_used) wakeup.remove_suffix(1);
    entry.wakeup = static_cast<int>(parse_int(wakeup).value_or(0));
    entry.process_limit = static_cast<int>(parse_int(fields[6]).value_or(defaults.process_limit));
    entry.command = fields[7];
    for (std::size_t i = master_field_count; i < fields.size(); ++i)
        entry.arguments.emplace_back(without_braces(fields[i]));
    entry.line = line.first_line;
    return entry;
}

bool is_count(std::string_view value) {
    const auto number = all_digits(value) ? parse_int(value) : std::nullopt;
    return number && *number <= 0x7fffffff;
}

bool fits(std::size_t index, std::string_view value) {
    switch (index) {
        case 1:
            return std::find(types.begin(), types.end(), value) != types.end();
        case 2:
        case 3:
        case 4:
            return value == "-" || value == "y" || value == "n";
        case 5:
            return value == "-" || is_count(value.ends_with('?') ? value.substr(0, value.size() - 1) : value);
        case 6:
            return value == "-" || is_count(value);
        default:
            return !value.empty();
    }
}

// Puts the entry in place of an earlier one of its name and type.
void add(std::vector<ServiceEntry>& services, ServiceEntry entry, const std::string& file) {
    const auto earlier = std::find_if(services.begin(), services.end(), [&](const ServiceEntry& one) {
        return one.service == entry.service && one.type == entry.type;
    });
    if (earlier == services.end()) {
        services.push_back(std::move(entry));
        return;
    }
    log::warning("{}: line {}: duplicate master.cf entry for service \"{}\" ({}) -- using the last entry",
                 file, entry.line, entry.service, earlier->line);
    *earlier = std::move(entry);
}

}  // namespace

std::string_view master_field_name(std::size_t index) {
    return field_names.at(index);
}

Result<void> check_master_field(std::size_t index, std::string_view value) {
    if (fits(index, value)) return {};
    if (index == 1) return Error{fmt::format("bad transport type: {}", value)};
    return Error{fmt::format("field \"{}\": bad value: \"{}\"", master_field_name(index), value)};
}

Result<std::vector<MasterLine>> parse_master_lines(std::string_view text, const std::string& file) {
    std::vector<MasterLine> lines;
    for (const LogicalLine& logical : logical_lines(text)) {
        std::vector<std::string> words = split_words_with_braces(logical.text, " \t\r\n");
        if (words.size() < master_field_count)
            return Error{fmt::format("file {}: line {}: bad field count", file, logical.first_line)};
        for (const std::string& word : words)
            if (!braces_match(word))
                return Error{
                    fmt::format("file {}: line {}: missing '}}' in \"{}\"", file, logical.first_line, word)};
        const auto arguments = words.begin() + master_field_count;
        const auto uniform = uniform_arguments(std::vector<std::string>(arguments, words.end()));
        words.erase(arguments, words.end());
        words.insert(words.end(), uniform.begin(), uniform.end());
        MasterLine line;
        line.fields = std::move(words);
        line.first_line = logical.first_line;
        line.last_line = logical.last_line;
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<NameAndValue> ServiceEntry::overrides() const {
    std::vector<NameAndValue> found;
    for (std::size_t i = 0; i + 1 < arguments.size(); ++i) {
        if (arguments[i] != "-o") continue;
        if (auto parsed = parse_assignment(arguments[++i])) found.push_back(std::move(*parsed));
    }
    return found;
}

MasterDefaults master_defaults(const Settings& settings) {
    MasterDefaults defaults;
    const auto level = parse_compatibility_level(settings[compatibility_level]);
    if (!level) fatal("{}", level.error());
    defaults.chroot = *level < *parse_compatibility_level("1");
    defaults.process_limit = settings[default_process_limit];
    return defaults;
}

Result<std::vector<ServiceEntry>> parse_master_cf(std::string_view text, const std::string& file,
                                                  const MasterDefaults& defaults) {
    const auto lines = parse_master_lines(text, file);
    if (!lines) return Error{lines.error()};
    std::vector<ServiceEntry> services;
    for (const MasterLine& line : *lines) {
        for (std::size_t i = 0; i < master_field_count; ++i) {
            const auto checked = check_master_field(i, line.fields[i]);
            if (!checked)
                return Error{fmt::format("{}: line {}: {}", file, line.first_line, checked.error())};
        }
        add(services, interpret(line, defaults), file);
    }
    return services;
}

Result<std::vector<ServiceEntry>> load_master_cf(const Settings& settings) {
    const std::string path = settings.config_directory() + "/master.cf";
    const auto content = read_file(path);
    if (!content) return Error{content.error()};
    return parse_master_cf(*content, path, master_defaults(settings));
}

}  // namespace postrider::config

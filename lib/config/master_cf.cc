// lib/config/master_cf.cc - the services of master.cf.
#include "lib/config/master_cf.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/config/logical_lines.h"
#include "lib/config/source_parameters.h"
#include "lib/config/sources.h"

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

// "name = value" in any spelling as "name=value", in braces when the value has white space.
std::string uniform_override(std::string_view word) {
    const auto parsed = parse_assignment(word);
    return parsed ? master_word(fmt::format("{}={}", parsed->name, parsed->value)) : master_word(word);
}

// As for getopt: "-" and "--" end the options.
bool is_option(std::string_view word) {
    return word.size() > 1 && word.front() == '-' && word[1] != '-';
}

// Takes an option such as -oname=value or -vo apart; true when the value of -o is the next word.
bool add_option(std::string_view word, std::vector<std::string>& arguments) {
    const std::size_t letter = word.find('o');
    if (letter == std::string_view::npos) {
        arguments.emplace_back(word);
        return false;
    }
    if (letter > 1) arguments.emplace_back(word.substr(0, letter));
    arguments.emplace_back("-o");
    const std::string_view value = word.substr(letter + 1);
    if (value.empty()) return true;
    std::string stripped(value);
    strip_braces(stripped);
    arguments.push_back(uniform_override(stripped));
    return false;
}

// The arguments behind the command, without surprises: "-o" and "name=value" as two, other options in front
// apart, braces only where they are needed.
std::vector<std::string> uniform_arguments(const std::vector<std::string>& words,
                                           std::vector<std::string>& problems) {
    std::vector<std::string> arguments;
    bool options = true;
    bool override_follows = false;
    for (std::string word : words) {
        const bool braced = word.starts_with('{');
        std::string wrong = strip_braces(word);
        if (!wrong.empty()) problems.push_back(std::move(wrong));
        options = options && (override_follows || (!braced && is_option(word)));
        if (override_follows && braced)
            if (const auto parsed = parse_assignment(word); !parsed)
                problems.push_back(fmt::format("{}: \"{}\"", parsed.error(), word));
        if (override_follows)
            arguments.push_back(uniform_override(word));
        else if (!options)
            arguments.push_back(split_words_with_braces(word, " \t\r\n").size() == 1 ? word
                                                                                     : master_word(word));
        override_follows = options && !override_follows && add_option(word, arguments);
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

std::vector<ServiceEntry>::iterator find_service(std::vector<ServiceEntry>& services,
                                                 const ServiceEntry& wanted) {
    return std::find_if(services.begin(), services.end(), [&](const ServiceEntry& one) {
        return one.service == wanted.service && one.type == wanted.type;
    });
}

// Puts the entry in place of an earlier one of its name and type.
void add(std::vector<ServiceEntry>& services, ServiceEntry entry, const std::string& file) {
    const auto earlier = find_service(services, entry);
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

std::string strip_braces(std::string& word) {
    if (!word.starts_with('{')) return "";
    int depth = 0;
    std::size_t end = 0;
    for (; end < word.size(); ++end) {
        if (word[end] == '{') ++depth;
        if (word[end] == '}' && --depth == 0) break;
    }
    std::string problem;
    if (end == word.size()) problem = fmt::format("missing '}}' in \"{}\"", word);
    if (end + 1 < word.size()) problem = fmt::format("syntax error after '}}' in \"{}\"", word);
    word = std::string(trim(std::string_view(word).substr(1, end - 1)));
    return problem;
}

std::string master_word(std::string_view word) {
    const bool braces = word.empty() || word.find_first_of(" \t\r\n") != std::string_view::npos;
    return braces ? fmt::format("{{{}}}", word) : std::string(word);
}

std::size_t end_of_options(const std::vector<std::string>& fields) {
    std::size_t i = master_field_count;
    while (i < fields.size() && is_option(fields[i])) i += fields[i] == "-o" ? 2 : 1;
    return std::min(i, fields.size());
}

Result<std::vector<MasterLine>> parse_master_lines(std::string_view text, const std::string& file) {
    std::vector<MasterLine> lines;
    for (const LogicalLine& logical : logical_lines(text)) {
        if (is_stray_continuation(logical, file)) continue;
        std::vector<std::string> words = split_words_with_braces(logical.text, " \t\r\n");
        if (words.size() < master_field_count)
            return Error{fmt::format("file {}: line {}: bad field count", file, logical.first_line)};
        MasterLine line;
        const auto arguments = words.begin() + master_field_count;
        const auto uniform =
            uniform_arguments(std::vector<std::string>(arguments, words.end()), line.problems);
        words.erase(arguments, words.end());
        words.insert(words.end(), uniform.begin(), uniform.end());
        line.fields = std::move(words);
        line.text = logical.text;
        line.first_line = logical.first_line;
        line.last_line = logical.last_line;
        line.file = file;
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<NameAndValue> ServiceEntry::overrides() const {
    std::vector<NameAndValue> found;
    for (std::size_t i = 0; i + 1 < arguments.size() && arguments[i].starts_with('-'); ++i) {
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
        if (!line.problems.empty())
            return Error{fmt::format("file {}: line {}: {}", file, line.first_line, line.problems.front())};
        for (std::size_t i = 0; i < master_field_count; ++i) {
            const auto checked = check_master_field(i, line.fields[i]);
            if (!checked)
                return Error{fmt::format("{}: line {}: {}", file, line.first_line, checked.error())};
        }
        add(services, interpret(line, defaults), file);
    }
    return services;
}

namespace {

// Calls `read` with text and path of each file, master.cf first.
template <class Read>
Result<void> for_each_file(const Settings& settings, Read&& read) {
    auto files = included_files(settings.config_directory(), settings[master_include]);
    if (!files) return Error{fmt::format("master_include: {}", files.error())};
    files->insert(files->begin(), settings.config_directory() + "/master.cf");
    for (const std::string& path : *files) {
        const auto content = read_file(path);
        if (!content) return Error{content.error()};
        auto done = read(*content, path);
        if (!done) return done;
    }
    return {};
}

}  // namespace

Result<std::vector<ServiceEntry>> load_master_cf(const Settings& settings) {
    std::vector<ServiceEntry> services;
    const MasterDefaults defaults = master_defaults(settings);
    const auto done =
        for_each_file(settings, [&](const std::string& text, const std::string& path) -> Result<void> {
            auto found = parse_master_cf(text, path, defaults);
            if (!found) return Error{found.error()};
            for (ServiceEntry& entry : *found) {
                const auto earlier = find_service(services, entry);
                if (earlier == services.end())
                    services.push_back(std::move(entry));
                else
                    *earlier = std::move(entry);
            }
            return {};
        });
    if (!done) return Error{done.error()};
    return services;
}

Result<std::vector<MasterLine>> load_master_lines(const Settings& settings) {
    std::vector<MasterLine> lines;
    const auto done =
        for_each_file(settings, [&](const std::string& text, const std::string& path) -> Result<void> {
            auto found = parse_master_lines(text, path);
            if (!found) return Error{found.error()};
            for (const MasterLine& line : *found)
                std::erase_if(lines, [&](const MasterLine& one) {
                    return one.file != path && one.service() == line.service() && one.type() == line.type();
                });
            std::move(found->begin(), found->end(), std::back_inserter(lines));
            return {};
        });
    if (!done) return Error{done.error()};
    return lines;
}

}  // namespace postrider::config

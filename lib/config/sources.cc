// lib/config/sources.cc - where the entries of a configuration come from.
#include "lib/config/sources.h"

#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "lib/base/file.h"
#include "lib/base/text.h"
#include "lib/config/command.h"
#include "lib/config/main_cf.h"
#include "lib/config/source_parameters.h"

namespace postrider::config {

namespace {

constexpr std::string_view variable_prefix = "POSTFIX_";
constexpr std::string_view file_suffix = "_FILE";
// Files that include files that include ...: deeper than this they go round in a circle.
constexpr int nesting_limit = 10;

bool is_directory(const std::string& path) {
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode);
}

Result<std::vector<std::string>> files_in(const std::string& directory) {
    auto names = list_directory(directory);
    if (!names) return Error{names.error()};
    std::vector<std::string> files;
    for (const std::string& name : *names)
        if (name.ends_with(".cf") && !name.starts_with('.')) files.push_back(directory + "/" + name);
    std::sort(files.begin(), files.end());
    return files;
}

class Reader {
  public:
    explicit Reader(std::string directory) : directory_(std::move(directory)) {}

    Result<void> read(const std::string& path, int depth) {
        const auto content = read_file(path);
        if (!content) return Error{content.error()};
        auto entries = parse_main_cf(*content, path);
        if (!entries) return Error{entries.error()};
        for (Entry& entry : *entries) {
            if (entry.name == include.name()) {
                const auto done = read_included(entry, depth);
                if (!done) return done;
            } else {
                entries_.push_back(std::move(entry));
            }
        }
        return {};
    }

    // All lists in one, as they stand in several places without being duplicates of each other.
    std::vector<Entry> take() {
        if (!includes_.empty()) entries_.push_back(includes_.front());
        return std::move(entries_);
    }

  private:
    Result<void> read_included(const Entry& entry, int depth) {
        const auto where = [&] { return fmt::format("{}, line {}", entry.origin.file, entry.origin.line); };
        if (depth == nesting_limit) return Error{fmt::format("{}: include goes round in a circle", where())};
        if (includes_.empty())
            includes_.push_back(entry);
        else
            includes_.front().value += " " + entry.value;
        const auto files = included_files(directory_, entry.value);
        if (!files) return Error{fmt::format("{}: {}", where(), files.error())};
        for (const std::string& file : *files) {
            auto done = read(file, depth + 1);
            if (!done) return done;
        }
        return {};
    }

    std::string directory_;
    std::vector<Entry> entries_;
    std::vector<Entry> includes_;  // none, or one with all lists
};

Result<bool> wants_overlay(const std::vector<Entry>& entries) {
    bool wanted = false;
    for (const Entry& entry : entries) {
        if (entry.name != environment_overlay.name()) continue;
        const auto value = parse_boolean(entry.value);
        if (!value)
            return Error{fmt::format("{}, line {}: bad boolean configuration: {} = {}", entry.origin.file,
                                     entry.origin.line, entry.name, entry.value)};
        wanted = *value;
    }
    return wanted;
}

bool is_parameter_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return is_alnum(c) || c == '_' || c == '-' || c == '.';
    });
}

// One variable as an entry.  As in main.cf there can be no second line in a value.
Result<Entry> entry_of(const std::string& variable, const std::string& text) {
    Entry entry;
    entry.name = variable.substr(variable_prefix.size());
    entry.value = text;
    entry.origin.file = "environment variable " + variable;
    if (entry.name.ends_with(file_suffix)) {
        entry.name.resize(entry.name.size() - file_suffix.size());
        const auto content = read_file(text);
        if (!content) return Error{fmt::format("{}: {}", entry.origin.file, content.error())};
        entry.value = *content;
    }
    entry.value = std::string(trim(entry.value));
    if (!is_parameter_name(entry.name))
        return Error{
            fmt::format("{}: \"{}\" cannot be the name of a parameter", entry.origin.file, entry.name)};
    if (entry.value.find('\n') != std::string::npos)
        return Error{fmt::format("{}: the value must be one line", entry.origin.file)};
    return entry;
}

Result<void> add_overlay(std::vector<Entry>& entries) {
    for (const auto& [variable, text] : overlay_variables()) {
        auto entry = entry_of(variable, text);
        if (!entry) return Error{entry.error()};
        // What it wins over goes, so that nobody is warned of a duplicate.
        std::erase_if(entries, [&](const Entry& one) { return one.name == entry->name; });
        entries.push_back(std::move(*entry));
    }
    return {};
}

}  // namespace

std::vector<std::pair<std::string, std::string>> overlay_variables() {
    std::vector<std::pair<std::string, std::string>> variables;
    for (char** one = environ; one != nullptr && *one != nullptr; ++one) {
        const std::string_view text = *one;
        const std::size_t equals = text.find('=');
        if (text.starts_with(variable_prefix) && equals != std::string_view::npos)
            variables.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    std::sort(variables.begin(), variables.end());
    return variables;
}

Result<std::vector<std::string>> included_files(const std::string& directory, const std::string& list) {
    std::vector<std::string> files;
    for (const std::string& word : split_words(list)) {
        const std::string path = word.starts_with('/') ? word : directory + "/" + word;
        if (!is_directory(path)) {
            files.push_back(path);
            continue;
        }
        auto found = files_in(path);
        if (!found) return Error{found.error()};
        files.insert(files.end(), found->begin(), found->end());
    }
    return files;
}

Result<std::vector<Entry>> read_entries(const std::string& directory) {
    Reader reader(directory);
    const auto done = reader.read(directory + "/main.cf", 0);
    if (!done) return Error{done.error()};
    std::vector<Entry> entries = reader.take();
    const auto overlay = wants_overlay(entries);
    if (!overlay) return Error{overlay.error()};
    if (!*overlay || runs_for_a_stranger()) return entries;
    const auto added = add_overlay(entries);
    if (!added) return Error{added.error()};
    return entries;
}

}  // namespace postrider::config

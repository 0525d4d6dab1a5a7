// lib/config/settings.cc - the values of the main.cf parameters, for one process.
#include "lib/config/settings.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>
#include <variant>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/expand.h"
#include "lib/config/known_parameters.h"
#include "lib/config/main_cf.h"
#include "lib/config/sources.h"
#include "lib/config/value_problem.h"

namespace postrider::config {

namespace {

using Value = std::variant<std::string, Raw, bool, long, Seconds>;

// " (/etc/postfix/main.cf, line 12: what to do)"; only what to do for a default.
std::string advice(const Origin& origin, std::string_view remedy) {
    if (origin.file.empty()) return fmt::format(" ({})", remedy);
    if (origin.line == 0) return fmt::format(" ({}: {})", origin.file, remedy);
    return fmt::format(" ({}, line {}: {})", origin.file, origin.line, remedy);
}

// The unit of a time without one is the last letter of the default.
char default_unit(const ParameterInfo& info) {
    const auto letter = std::find_if(info.default_text.rbegin(), info.default_text.rend(), is_alpha);
    return letter == info.default_text.rend() ? 's' : *letter;
}

Value to_text(const ParameterInfo& info, std::string text) {
    const auto length = static_cast<long>(text.size());
    if (info.least && length < *info.least)
        throw ValueProblem{
            fmt::format("bad string length {} < {}: {} = {}", length, *info.least, info.name, text),
            "write a value, or remove the line to get the default"};
    if (info.most && length > *info.most)
        throw ValueProblem{
            fmt::format("bad string length {} > {}: {} = {}", length, *info.most, info.name, text),
            "write a shorter value"};
    return text;
}

// Compat: Debian's Postfix takes myorigin from the first line of a file when it looks like a path.
std::string first_line_of_named_file(const ParameterInfo& info, std::string text) {
    if (info.name != "myorigin" || !text.starts_with('/')) return text;
    const auto content = read_file(text);
    if (!content)
        throw ValueProblem{content.error(), "myorigin names a file with the domain in its first line"};
    const std::string_view line = std::string_view(*content).substr(0, content->find('\n'));
    return std::string(trim(line));
}

Value to_boolean(const ParameterInfo& info, const std::string& text) {
    const auto value = parse_boolean(text);
    if (!value)
        throw ValueProblem{fmt::format("bad boolean configuration: {} = {}", info.name, text),
                           "write yes or no"};
    return *value;
}

Value to_integer(const ParameterInfo& info, const std::string& text, long type_limit) {
    const auto value = parse_int(text);
    if (!value || *value > type_limit || *value < -type_limit)
        throw ValueProblem{fmt::format("bad numerical configuration: {} = {}", info.name, text),
                           "write a whole number"};
    if (info.least && *value < *info.least)
        throw ValueProblem{fmt::format("invalid {} parameter value {} < {}", info.name, *value, *info.least),
                           "write a larger number"};
    if (info.most && *value > *info.most)
        throw ValueProblem{fmt::format("invalid {} parameter value {} > {}", info.name, *value, *info.most),
                           "write a smaller number"};
    return static_cast<long>(*value);
}

Value to_time(const ParameterInfo& info, const std::string& text) {
    const auto value = parse_time(text, default_unit(info));
    if (!value)
        throw ValueProblem{fmt::format("parameter {}: {}", info.name, value.error()),
                           "write a number and one of the units s m h d w"};
    if (info.least && value->count() < *info.least)
        throw ValueProblem{fmt::format("invalid {}: {} (min {})", info.name, value->count(), *info.least),
                           "write a longer time"};
    if (info.most && value->count() > *info.most)
        throw ValueProblem{fmt::format("invalid {}: {} (max {})", info.name, value->count(), *info.most),
                           "write a shorter time"};
    return *value;
}

}  // namespace

struct Settings::State {
    std::string directory;
    std::map<std::string, Entry, std::less<>> entries;
    std::unordered_map<const ParameterInfo*, Value> values;  // parsed already

    void add(Entry entry) {
        const auto earlier = entries.find(entry.name);
        if (earlier == entries.end()) {
            entries.emplace(entry.name, std::move(entry));
            return;
        }
        // Between files it is meant.
        if (entry.value != earlier->second.value && entry.origin.file == earlier->second.origin.file)
            log::warning("{}, line {}: overriding earlier entry: {}={}", entry.origin.file, entry.origin.line,
                         entry.name, earlier->second.value);
        earlier->second = std::move(entry);
    }
};

Settings::Settings() : state_(std::make_unique<State>()) {}
Settings::~Settings() = default;
Settings::Settings(Settings&&) noexcept = default;
Settings& Settings::operator=(Settings&&) noexcept = default;

Result<Settings> Settings::load(const std::string& directory) {
    auto entries = read_entries(directory);
    if (!entries) return Error{entries.error()};
    Settings settings;
    settings.state_->directory = directory;
    for (Entry& entry : *entries) settings.state_->add(std::move(entry));
    // Whatever main.cf says of itself: it is where it was found.
    settings.state_->entries.erase("config_directory");
    return settings;
}

Settings Settings::clone() const {
    Settings other;
    other.state_->directory = state_->directory;
    other.state_->entries = state_->entries;
    return other;
}

Settings Settings::from_text(std::string_view text) {
    auto entries = parse_main_cf(text, "main.cf");
    if (!entries) fatal("{}", entries.error());
    Settings settings;
    for (Entry& entry : *entries) settings.state_->add(std::move(entry));
    return settings;
}

void Settings::set(std::string_view name, std::string value) {
    Entry entry;
    entry.name = name;
    entry.value = std::move(value);
    entry.origin.file = "-o option";
    state_->entries[entry.name] = std::move(entry);
    state_->values.clear();
}

const std::string& Settings::config_directory() const {
    return state_->directory;
}

namespace {

// The text of a parameter, expanded.
std::string expanded(const Settings& settings, const ParameterInfo& info, const std::string& text) {
    const auto result = expand_definitions(text, [&](std::string_view name) -> std::optional<Definition> {
        if (const auto entry = settings.explicit_value(name)) return Definition{entry->value};
        if (const auto* parameter = find_parameter(name)) return Definition{settings.default_of(*parameter)};
        return std::nullopt;
    });
    if (!result)
        throw ValueProblem{
            fmt::format("dictionary mail_dict: macro processing error: {} = {}", info.name, text),
            "correct the value", result.error()};
    return *result;
}

// Throws a ValueProblem.
Value parse_strictly(const Settings& settings, const ParameterInfo& info, long integer_limit) {
    const auto entry = settings.explicit_value(info.name);
    std::string text = entry ? entry->value : settings.default_of(info);
    if (info.kind == Kind::raw) return Raw{std::move(text)};
    text = expanded(settings, info, text);
    switch (info.kind) {
        case Kind::boolean:
            return to_boolean(info, text);
        case Kind::integer:
            return to_integer(info, text, integer_limit);
        case Kind::time:
            return to_time(info, text);
        default:
            return to_text(info, first_line_of_named_file(info, std::move(text)));
    }
}

[[noreturn]] void die_of(const ValueProblem& problem, const Settings& settings, std::string_view name) {
    const auto entry = settings.explicit_value(name);
    if (!problem.detail.empty()) log::warning("{}", problem.detail);
    fatal("{}{}", problem.text, advice(entry ? entry->origin : Origin{}, problem.remedy));
}

Value parse(const Settings& settings, const ParameterInfo& info, long integer_limit) {
    try {
        return parse_strictly(settings, info, integer_limit);
    } catch (const ValueProblem& problem) {
        die_of(problem, settings, info.name);
    }
}

template <class T>
const T& cached(const Settings& settings, std::unordered_map<const ParameterInfo*, Value>& values,
                const ParameterInfo& info, long integer_limit = std::numeric_limits<long>::max()) {
    auto found = values.find(&info);
    if (found == values.end()) found = values.emplace(&info, parse(settings, info, integer_limit)).first;
    return std::get<T>(found->second);
}

// The parameter "<transport>_<suffix>" with kind, bounds and unit of its default_... parameter.
ParameterInfo like(const ParameterInfo& otherwise, std::string_view name) {
    ParameterInfo info = otherwise;
    info.name = name;
    return info;
}

}  // namespace

const std::string& Settings::operator[](const Parameter<std::string>& parameter) const {
    return cached<std::string>(*this, state_->values, parameter.info());
}
const Raw& Settings::operator[](const Parameter<Raw>& parameter) const {
    return cached<Raw>(*this, state_->values, parameter.info());
}
bool Settings::operator[](const Parameter<bool>& parameter) const {
    return cached<bool>(*this, state_->values, parameter.info());
}
int Settings::operator[](const Parameter<int>& parameter) const {
    return static_cast<int>(
        cached<long>(*this, state_->values, parameter.info(), std::numeric_limits<int>::max()));
}
long Settings::operator[](const Parameter<long>& parameter) const {
    return cached<long>(*this, state_->values, parameter.info());
}
Seconds Settings::operator[](const Parameter<Seconds>& parameter) const {
    return cached<Seconds>(*this, state_->values, parameter.info());
}

std::vector<std::string> Settings::words(const Parameter<std::string>& parameter) const {
    return split_words_with_braces((*this)[parameter]);
}

int Settings::per_transport(std::string_view transport, std::string_view suffix,
                            const Parameter<int>& otherwise) const {
    const std::string name = fmt::format("{}_{}", transport, suffix);
    if (!explicit_value(name)) return (*this)[otherwise];
    const ParameterInfo info = like(otherwise.info(), name);
    return static_cast<int>(std::get<long>(parse(*this, info, std::numeric_limits<int>::max())));
}

Seconds Settings::per_transport(std::string_view transport, std::string_view suffix,
                                const Parameter<Seconds>& otherwise) const {
    const std::string name = fmt::format("{}_{}", transport, suffix);
    if (!explicit_value(name)) return (*this)[otherwise];
    const ParameterInfo info = like(otherwise.info(), name);
    return std::get<Seconds>(parse(*this, info, 0));
}

std::string Settings::per_transport(std::string_view transport, std::string_view suffix,
                                    const Parameter<std::string>& otherwise) const {
    const std::string name = fmt::format("{}_{}", transport, suffix);
    if (!explicit_value(name)) return (*this)[otherwise];
    const ParameterInfo info = like(otherwise.info(), name);
    return std::get<std::string>(parse(*this, info, 0));
}

std::string Settings::default_of(const ParameterInfo& parameter) const {
    if (parameter.computed_from != nullptr) return parameter.computed_from(*this);
    if (parameter.computed_default != nullptr) return parameter.computed_default();
    return std::string(parameter.default_text);
}

std::optional<std::string> Settings::value_of(std::string_view name) const {
    const auto entry = explicit_value(name);
    const auto* parameter = find_parameter(name);
    if (!entry && parameter == nullptr) return std::nullopt;
    ParameterInfo info;
    info.name = name;
    try {
        return expanded(*this, info, entry ? entry->value : default_of(*parameter));
    } catch (const ValueProblem& problem) {
        die_of(problem, *this, name);
    }
}

std::optional<Entry> Settings::explicit_value(std::string_view name) const {
    const auto found = state_->entries.find(name);
    if (found == state_->entries.end()) return std::nullopt;
    return found->second;
}

const std::map<std::string, Entry, std::less<>>& Settings::explicit_values() const {
    return state_->entries;
}

std::string Settings::expand(std::string_view text, const NameLookup& first) const {
    const auto result = expand_definitions(text, [&](std::string_view name) -> std::optional<Definition> {
        if (first) {
            if (auto value = first(name)) return Definition{std::move(*value), true};
        }
        if (const auto entry = explicit_value(name)) return Definition{entry->value};
        if (const auto* parameter = find_parameter(name)) return Definition{default_of(*parameter)};
        return std::nullopt;
    });
    if (result) return *result;
    log::warning("{}", result.error());
    fatal("macro processing error: {}", text);
}

void Settings::require_valid(const ParameterInfo& parameter) const {
    Value value = parse(*this, parameter, std::numeric_limits<long>::max());
    // Kept, so that a jailed daemon need not look at the machine again; an int may have a narrower limit.
    if (parameter.kind != Kind::integer) state_->values.emplace(&parameter, std::move(value));
}

std::optional<ValueProblem> problem_with(const Settings& settings, const ParameterInfo& parameter) {
    try {
        parse_strictly(settings, parameter, std::numeric_limits<long>::max());
    } catch (const ValueProblem& problem) {
        return problem;
    }
    return std::nullopt;
}

void Settings::warn_about_unhonoured() const {
    for (const auto& [name, entry] : state_->entries) {
        const auto* parameter = find_parameter(name);
        if (parameter == nullptr || is_honoured(name)) continue;
        log::warning("{}, line {}: parameter {} is known but has no effect in this release",
                     entry.origin.file, entry.origin.line, name);
    }
}

}  // namespace postrider::config

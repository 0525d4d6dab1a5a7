// lib/tables/types/query_config.cc - what tables that ask a database share.
#include "lib/tables/types/query_config.h"

#include <fmt/core.h>

#include <algorithm>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/logical_lines.h"

namespace postrider::tables {

namespace {

// A key or value taken apart at its last '@'.
struct Parts {
    explicit Parts(const std::string& text) : whole(text) {
        const std::size_t at = text.rfind('@');
        has_domain = at != std::string::npos;
        user = text.substr(0, at);
        if (has_domain) domain = text.substr(at + 1);
    }
    std::string whole, user, domain;
    bool has_domain = false;
};

// What a letter stands for; nothing when that part is not there.
std::optional<std::string> part_of(char letter, const Parts& parts) {
    if (letter == 's') return parts.whole;
    if (letter == 'u') return parts.user.empty() ? std::nullopt : std::optional(parts.user);
    return parts.domain.empty() ? std::nullopt : std::optional(parts.domain);
}

std::optional<std::string> label_of(int number, const Parts& parts) {
    const std::vector<std::string_view> labels = split(parts.domain, '.');
    const auto count = static_cast<int>(labels.size());
    if (!parts.has_domain || number > count) return std::nullopt;
    return std::string(labels[static_cast<std::size_t>(count - number)]);
}

Result<std::map<std::string, std::string>> file_values(const std::string& path) {
    const Result<std::string> text = read_file(path);
    if (!text) return Error{text.error()};
    std::map<std::string, std::string> values;
    for (const config::LogicalLine& line : config::logical_lines(*text)) {
        const std::size_t equals = line.text.find('=');
        if (equals == std::string::npos)
            return Error{fmt::format("{}, line {}: missing '=' after attribute name: \"{}\"", path,
                                     line.first_line, line.text)};
        const std::string name(trim(std::string_view(line.text).substr(0, equals)));
        const std::string value(trim(std::string_view(line.text).substr(equals + 1)));
        const auto [entry, is_new] = values.try_emplace(name, value);
        if (is_new) continue;
        log::warning("{}, line {}: overriding earlier entry: {}={}", path, line.first_line, name,
                     entry->second);
        entry->second = value;
    }
    return values;
}

std::map<std::string, std::string> main_cf_values(const std::string& name, const Settings& settings) {
    std::map<std::string, std::string> values;
    for (const auto& [parameter, entry] : settings.explicit_values()) {
        if (!parameter.starts_with(name + "_")) continue;
        values[parameter.substr(name.size() + 1)] = settings.value_of(parameter).value_or("");
    }
    return values;
}

}  // namespace

std::optional<std::string> expand_template(std::string_view text, const std::string& value,
                                           const std::string& key,
                                           const std::function<std::string(const std::string&)>& quote) {
    const Parts value_parts(value);
    const Parts key_parts(key);
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        const char letter = text[++i];
        std::optional<std::string> part;
        if (letter == '%') {
            out += '%';
            continue;
        } else if (letter == 's' || letter == 'u' || letter == 'd') {
            part = part_of(letter, value_parts);
        } else if (letter == 'S' || letter == 'U' || letter == 'D') {
            part = part_of(to_lower(letter), key_parts);
        } else if (letter >= '1' && letter <= '9') {
            part = label_of(letter - '0', key_parts);
        }
        if (!part) return std::nullopt;
        out += quote ? quote(*part) : *part;
    }
    return out;
}

Result<QueryConfig> QueryConfig::load(const std::string& table, const std::string& path,
                                      const Settings& settings) {
    QueryConfig config;
    config.table_ = table;
    config.path_ = path;
    if (!path.empty() && path[0] != '/' && path[0] != '.') {
        config.values_ = main_cf_values(path, settings);
    } else {
        auto values = file_values(path);
        if (!values) return Error{values.error()};
        config.values_ = std::move(*values);
        config.owner_.reset();
        if (const auto found = stat_file(path)) config.owner_ = found->st_uid;
    }
    Result<std::string> format = config.result_format(table.starts_with("ldap:"));
    if (!format) return Error{format.error()};
    config.result_format_ = std::move(*format);
    if (Result<void> good = config.check_template("result", config.result_format_); !good)
        return Error{good.error()};
    const std::string limit = config.value("expansion_limit", "0");
    const auto number = parse_int(limit);
    if (!number || *number > INT32_MAX)
        return Error{fmt::format("{}: bad numerical configuration: expansion_limit = {}", path, limit)};
    config.expansion_limit_ = static_cast<int>(*number);
    if (const std::string domains = config.value("domain"); !domains.empty())
        config.domains_.emplace("domain", domains, ListKind::strings, settings);
    return config;
}

// Compat: ldap had result_filter before result_format.
Result<std::string> QueryConfig::result_format(bool is_ldap) const {
    std::string name = "result_format";
    if (is_ldap && value(name).empty()) name = "result_filter";
    std::string format = value(name, "%s");
    if (format.empty()) return Error{fmt::format("{}: bad string length 0 < 1: {} =", path_, name)};
    return format;
}

Result<void> QueryConfig::check_template(std::string_view what, std::string_view text) const {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') continue;
        const char letter = ++i < text.size() ? text[i] : '\0';
        if (letter == '\0' || std::string_view("%sudSUD123456789").find(letter) == std::string_view::npos)
            return Error{fmt::format("{}: Invalid {} template: {}", path_, what, text)};
    }
    return {};
}

std::string QueryConfig::value(const std::string& name, std::string_view otherwise) const {
    const auto at = values_.find(name);
    return at == values_.end() ? std::string(otherwise) : at->second;
}

Task<Match> QueryConfig::wants(std::string key) const {
    if (key.empty()) log::warning("table \"{}\": empty query string -- ignored", table_);
    if (key.empty() || key.find('\0') != std::string::npos) co_return Match::no;
    if (!domains_) co_return Match::yes;
    const std::size_t at = key.rfind('@');
    if (at == std::string::npos || at + 1 == key.size()) co_return Match::no;
    const Match answer = co_await domains_->matches(key.substr(at + 1));
    co_return answer;
}

Result<std::optional<std::string>> QueryConfig::join_values(const std::vector<std::string>& values,
                                                            const std::string& key) const {
    std::string all;
    int count = 0;
    for (const std::string& value : values) {
        if (value.empty()) {
            log::warning("table \"{}\": empty lookup result for: \"{}\" -- ignored", table_, key);
            continue;
        }
        const auto shaped = expand_template(result_format_, value, key, nullptr);
        if (!shaped) continue;
        if (++count > expansion_limit_ && expansion_limit_ > 0)
            return Error{fmt::format("Expansion limit exceeded for key: '{}'", key)};
        if (count > 1) all += ',';
        all += *shaped;
    }
    if (count == 0) return std::optional<std::string>();
    return std::optional<std::string>(std::move(all));
}

}  // namespace postrider::tables

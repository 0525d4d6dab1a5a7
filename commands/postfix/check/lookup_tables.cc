// commands/postfix/check/lookup_tables.cc - tables that cannot be opened, of unknown type, or older than
// their source.
#include <fmt/core.h>

#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <set>

#include "commands/postfix/check/checks.h"
#include "commands/postfix/check/quiet.h"
#include "commands/postfix/check/spelling.h"
#include "commands/postfix/check/table_content.h"
#include "lib/base/file.h"
#include "lib/base/text.h"
#include "lib/tables/files/table_file.h"
#include "lib/tables/open.h"
#include "smtpd/access/parameters.h"

namespace postrider::postfix::check {

namespace {

// Types that other parameters have words like: unix:private/auth, tcp:host:port, inet:...
constexpr std::string_view ambiguous_types[] = {"unix", "tcp"};
// Made of other tables, which are looked at one by one.
constexpr std::string_view compositions[] = {"pipemap", "unionmap", "randmap"};
// A package of its own has them, with Postfix and here.
constexpr std::string_view plugin_types[] = {"mysql", "pgsql", "ldap", "mongodb", "redis", "valkey"};

template <class List>
bool contains(const List& list, std::string_view word) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// Values of these are lists of tables and nothing else, so that a type nobody knows is a mistake.
bool holds_only_tables(std::string_view parameter) {
    return parameter.ends_with("_maps") || parameter.ends_with("_checks") || parameter == "alias_database";
}

class Tables {
  public:
    Tables(const Configuration& configuration, Findings& findings)
        : configuration_(configuration),
          findings_(findings),
          types_(tables::table_types(configuration.settings)) {}

    void look_at_value(std::string_view parameter, const Service* service) {
        // A cache is made by the daemon that keeps it.
        if (parameter.ends_with("_cache_map") || parameter == "address_verify_map" ||
            parameter.ends_with("_cache_database") || parameter == "proxy_read_maps" ||
            parameter == "proxy_write_maps" || parameter.ends_with("_milters"))
            return;
        const auto* info = config::find_parameter(parameter);
        if (info != nullptr && info->kind != config::Kind::text) return;
        const auto value = configuration_.settings_of(service).value_of(parameter);
        if (!value) return;
        for (const std::string& word : split_words_with_braces(*value))
            look_at_word(parameter, service, word);
    }

  private:
    void look_at_word(std::string_view parameter, const Service* service, std::string_view word) {
        while (!word.empty() && word.front() == '!') word.remove_prefix(1);
        if (word.starts_with('{')) {  // { check_sender_access hash:/x, permit }
            for (const std::string& inner :
                 split_words_with_braces(word.substr(1, word.size() - std::min<std::size_t>(word.size(), 2))))
                look_at_word(parameter, service, inner);
            return;
        }
        const std::size_t colon = word.find(':');
        if (colon == std::string_view::npos && word.starts_with('/') && holds_only_tables(parameter)) {
            look_at_path(parameter, service, std::string(word));
            return;
        }
        if (colon == std::string_view::npos || colon == 0) return;
        const std::string type(word.substr(0, colon));
        if (!std::all_of(type.begin(), type.end(),
                         [](char c) { return is_alnum(c) || c == '_' || c == '-'; }))
            return;
        const Settings& settings = configuration_.settings_of(service);
        if (!contains(types_, type)) {
            if (holds_only_tables(parameter))
                unknown_type(parameter, service, type, word);
            else if (contains(plugin_types, type))
                unknown_type(parameter, service, type, word);
            return;
        }
        if (contains(ambiguous_types, type) && !holds_only_tables(parameter)) return;
        const std::string whole(word);
        const TableName table = table_name(whole, settings);
        if (contains(compositions, table.type)) {
            for (const std::string& inner : split_words_with_braces(
                     trim(std::string_view(table.name))
                         .substr(1, table.name.size() - std::min<std::size_t>(table.name.size(), 2))))
                look_at_word(parameter, service, inner);
            return;
        }
        open(parameter, service, whole, table);
        compare_with_source(parameter, service, table);
    }

    // A table without its type has default_database_type, which is seldom what is meant where a file of
    // patterns is there and no table made from it.
    void look_at_path(std::string_view parameter, const Service* service, const std::string& word) {
        const TableName table = table_name(word, configuration_.settings_of(service));
        const std::string_view suffix = tables::table_file_suffix(table.type);
        if (!suffix.empty() && !stat_file(table.name + std::string(suffix))) {
            const bool patterns = parameter.ends_with("_checks");
            add(Severity::error, "table-type", parameter, service,
                fmt::format("{}: {} has no type, which makes it {}:{}, and there is no {}{}", parameter, word,
                            table.type, table.name, table.name, suffix),
                fmt::format("write its type: {}{}{}", patterns ? "regexp:" : table.type + ":", word,
                            patterns ? "" : fmt::format(", and run postmap {}:{}", table.type, word)));
            return;
        }
        open(parameter, service, word, table);
        compare_with_source(parameter, service, table);
    }

    void add(Severity severity, std::string_view kind, std::string_view parameter, const Service* service,
             std::string text, std::string remedy) {
        Finding finding = configuration_.about(severity, std::string(kind), parameter, service,
                                               std::move(text), std::move(remedy));
        if (told_.insert(finding.text).second) findings_.push_back(std::move(finding));
    }

    void unknown_type(std::string_view parameter, const Service* service, const std::string& type,
                      std::string_view word) {
        std::string remedy;
        if (contains(plugin_types, type))
            remedy = fmt::format("install the package with the {} tables, or add its line to dynamicmaps.cf",
                                 type);
        else
            remedy =
                did_you_mean(type, {types_.begin(), types_.end()}, "postconf -m lists the types there are");
        add(Severity::error, "table-type", parameter, service,
            fmt::format("{}: {}: unsupported dictionary type: {}", parameter, word, type), remedy);
    }

    // A file that only others may read says nothing about those others.
    bool is_out_of_reach(const TableName& table) const {
        if (configuration_.instance.privileged) return false;
        for (const std::string& path :
             {table.name, table.name + std::string(tables::table_file_suffix(table.type))})
            if (::access(path.c_str(), R_OK) != 0 && errno == EACCES) return true;
        return false;
    }

    void open(std::string_view parameter, const Service* service, const std::string& word,
              const TableName& table) {
        if (!opened_.insert(table.type + ":" + table.name).second || is_out_of_reach(table)) return;
        const tables::OpenContext context(configuration_.settings_of(service));
        std::string reason;
        {
            const Quiet quiet;
            const auto found = tables::open_table_now(table.type + ":" + table.name, context);
            if (!found) reason = found.error();
            // A rule that cannot be read is left out, with a warning.
            for (const std::string& line : Quiet::heard()) bad_lines_.push_back(line);
        }
        for (const std::string& line : bad_lines_) tell_bad_line(parameter, service, line);
        bad_lines_.clear();
        if (reason.empty()) return;
        const std::string_view suffix = tables::table_file_suffix(table.type);
        std::string remedy = "make the file, or correct the name: mail that needs it is deferred";
        const bool aliases = parameter == "alias_maps" || parameter == "alias_database";
        if (!suffix.empty() && stat_file(table.name))
            remedy = fmt::format("run {} {}:{}", aliases ? "postalias" : "postmap", table.type, table.name);
        add(Severity::error, "table", parameter, service, fmt::format("{}: {}: {}", parameter, word, reason),
            remedy);
    }

    void tell_bad_line(std::string_view parameter, const Service* service, std::string_view line) {
        if (line.starts_with("warning: ")) line.remove_prefix(9);
        add(Severity::warning, "table-line", parameter, service, fmt::format("{}: {}", parameter, line),
            "correct the line: it is left out");
    }

    void compare_with_source(std::string_view parameter, const Service* service, const TableName& table) {
        const std::string_view suffix = tables::table_file_suffix(table.type);
        if (suffix.empty()) return;
        const std::string made = table.name + std::string(suffix);
        const auto source = file_version(table.name);
        const auto file = file_version(made);
        if (!source || !file || source->modified_ns <= file->modified_ns) return;
        // Within a second they may have come from one archive.
        if (source->modified_ns - file->modified_ns < 1'000'000'000) return;
        const bool aliases = parameter == "alias_maps" || parameter == "alias_database";
        add(Severity::warning, "stale-table", parameter, service,
            fmt::format("{} is older than source file {}", made, table.name),
            fmt::format("run {} {}:{}", aliases ? "postalias" : "postmap", table.type, table.name));
    }

    const Configuration& configuration_;
    Findings& findings_;
    std::vector<std::string> types_;
    std::set<std::string> opened_, told_;
    std::vector<std::string> bad_lines_;
};

}  // namespace

void check_tables(const Configuration& configuration, Findings& findings) {
    Tables tables(configuration, findings);
    if (configuration.usable)
        for (const auto& [name, entry] : configuration.settings.explicit_values())
            tables.look_at_value(name, nullptr);
    for (const auto& service : configuration.services) {
        if (!service->usable) continue;
        for (const std::string& name : service->overridden) tables.look_at_value(name, service.get());
    }
}

}  // namespace postrider::postfix::check

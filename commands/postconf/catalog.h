// commands/postconf/catalog.h - the names that a configuration knows.
//
// Besides the parameters of the registry these are the ones that a service in master.cf brings along
// (slow_destination_concurrency_limit), old names, parameters of tables configured in main.cf, restriction
// classes, and names that the administrator made up and uses somewhere.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands/postconf/options.h"
#include "lib/config/master_cf.h"
#include "lib/config/settings.h"

namespace postrider::postconf {

class Catalog {
  public:
    enum class Class { builtin, service, user };

    Catalog(const Settings& settings, const std::vector<config::MasterLine>& services);

    // Nothing for a name that is unknown, or made up and used nowhere.
    std::optional<Class> class_of(std::string_view name) const;
    // The default of a name as postconf -d prints it; nothing for one without.
    std::optional<std::string> default_of(std::string_view name) const;
    // All names that postconf prints without arguments, sorted.
    std::vector<std::string> names(const Classes& classes) const;

    // The text with all names of main.cf and their defaults in place; fatal when its $ language is broken.
    std::string expanded(const std::string& text) const;

    // Finds the tables of all values that something uses, and so what else can be set for them; logs braces
    // that do not match.  A value that cannot be expanded is fatal.
    void find_tables();

    // Logs names that values use but nobody defines, in the -o options of master.cf and then in main.cf.
    void warn_about_undefined() const;
    // Logs entries of main.cf, or -o options in master.cf, that nothing uses.
    void warn_about_unused() const;
    void warn_about_unused_overrides() const;
    // Logs what the configuration files of database tables have that these do not know.
    void warn_about_table_files() const;
    // Logs entries with a name that is going out of use.
    void warn_about_deprecated() const;

  private:
    bool is_known(std::string_view name) const;
    bool is_known_in_main(std::string_view name) const;
    void warn_about_undefined(const config::MasterLine& service) const;
    std::string setting_of(std::string_view name) const;
    void add_service_parameters(const config::MasterLine& service);
    using Names = std::set<std::string, std::less<>>;
    static void add_names(std::string_view value, Names& names);
    static void add_names_in_override(const config::NameAndValue& one, Names& names);
    void warn_about_unused_overrides(const config::MasterLine& service) const;
    void add_override(const config::NameAndValue& one);
    void add_tables(std::string_view value, const std::string& place);
    void add_table(std::string_view word);

    const Settings& settings_;
    const std::vector<config::MasterLine>& services_;
    std::map<std::string, std::string, std::less<>> service_parameters_;  // name, default
    Names used_in_main_;                                                  // named in a value of main.cf
    Names used_;                                                          // named in a value, or in -o
    std::set<std::string, std::less<>> classes_;                          // main.cf's restriction classes
    std::set<std::string, std::less<>> overridden_;                       // set by some -o
    std::set<std::string, std::less<>> table_parameters_;
    std::set<std::pair<std::string, std::string>> table_files_;  // type, path
};

// A name that belongs to each process, which no configuration can set: process_id, process_name,
// service_name.
bool is_read_only(std::string_view name);

// The -o options of one entry: name and value.
std::vector<config::NameAndValue> overrides_of(const config::MasterLine& service);

// What the values of one entry's -o options become there: its own come before main.cf's.
class ServiceValues {
  public:
    ServiceValues(const config::MasterLine& service, const Settings& settings);

    const std::vector<config::NameAndValue>& overrides() const { return overrides_; }
    // Fatal when the $ language of the text is broken.
    std::string expanded(const std::string& text) const;

  private:
    const config::MasterLine& service_;
    const Settings& settings_;
    std::vector<config::NameAndValue> overrides_;
    std::map<std::string, std::string, std::less<>> own_;
};

}  // namespace postrider::postconf

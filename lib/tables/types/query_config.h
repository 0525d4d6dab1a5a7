// lib/tables/types/query_config.h - what tables that ask a database share: their configuration file, and the
// templates of queries and results.
//
// In a query, %s is the key, %u and %d its local part and domain, %1..%9 the labels of the domain from the
// right; in a result these are of the value, and the capitals %S %U %D of the key.
#pragma once

#include <sys/types.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "lib/base/result.h"
#include "lib/config/settings.h"
#include "lib/tables/match_list.h"

namespace postrider::tables {

class QueryConfig {
  public:
    // Reads the `name = value` lines of the file of "type:path"; a name without a slash or dot at its start
    // stands for the main.cf parameters NAME_<name>.
    static Result<QueryConfig> load(const std::string& table, const std::string& path,
                                    const Settings& settings);

    const std::map<std::string, std::string>& values() const { return values_; }
    std::string value(const std::string& name, std::string_view otherwise = "") const;
    // An error when a template has an expansion that does not exist; `what` is "query" or "result".
    Result<void> check_template(std::string_view what, std::string_view text) const;
    // Of the file, which decides whom the table's values speak for; root for parameters in main.cf.
    std::optional<uid_t> owner() const { return owner_; }
    // False for an empty key, and for one outside the domains of the parameter `domain`, when there is one.
    Task<Match> wants(std::string key) const;
    // The rows of an answer as the table's value; nothing when none is left.  The error: more than
    // expansion_limit.
    Result<std::optional<std::string>> join_values(const std::vector<std::string>& values,
                                                   const std::string& key) const;

  private:
    Result<std::string> result_format(bool is_ldap) const;

    std::string table_;
    std::string path_;
    std::map<std::string, std::string> values_;
    std::string result_format_;
    int expansion_limit_ = 0;
    std::optional<uid_t> owner_ = 0;
    std::optional<MatchList> domains_;
};

// Expands a template.  `value` is what small letters speak of, `key` what %S %U %D and the digits speak of.
// Nothing when the template needs a part that is not there: then there is nothing to ask, or nothing to
// answer.
std::optional<std::string> expand_template(std::string_view text, const std::string& value,
                                           const std::string& key,
                                           const std::function<std::string(const std::string&)>& quote);

}  // namespace postrider::tables

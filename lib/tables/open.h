// lib/tables/open.h - how table types are found and opened; for the table types themselves and for
// postmap(1).
//
// A table type is one file with one class and one opener, found through the list of rows in types.cc.
#pragma once

#include <optional>
#include <string>

#include "lib/base/result.h"
#include "lib/tables/table.h"

namespace postrider::tables {

// How a table is to be opened.  `settings` must outlive the table.
struct OpenContext {
    explicit OpenContext(const Settings& from);
    const Settings& settings;
    bool fold;                      // fixed keys are folded to lower case
    bool utf8;                      // keys and values must be UTF-8, and fold by Unicode (smtputf8_enable)
    std::optional<bool> nul_keys;   // keys in files end in a NUL, or not; nothing: find out (postmap -N, -n)
    bool is_command = false;        // a command that ends soon may keep locks that a daemon must not
    bool file_values = false;       // values are base64 of file contents (postmap -F): decode them
    bool groups_in_results = true;  // a result may name groups of its pattern ($1)
    bool is_proxymap = false;       // this process is proxymap(8): it opens proxied tables itself
};

// Opens `argument` (what follows "type:") as the table called `name` ("type:argument").  The error is a
// reason such as "open database /etc/x.db: No such file or directory".
using Opener = Result<TablePtr> (*)(const std::string& name, const std::string& argument,
                                    const OpenContext& context);

// As open_table(), but what cannot be opened is an error; for commands.
Result<TablePtr> open_table_now(const std::string& type_and_name, const OpenContext& context);
// As open_table(), with a context; for the types that hold other tables.
TablePtr open_table(const std::string& type_and_name, const OpenContext& context);

// Opens a table by its type: types.cc, or, in small commands, few/types.cc.
Result<TablePtr> open_type(const std::string& type, const std::string& argument, const OpenContext& context);
// A type of this program itself, not of a plug-in.
bool is_built_in(std::string_view type);
// "type:name" with the default type put in front when there is none.
std::string with_default_type(const std::string& type_and_name, const Settings& settings);

// What is done when a table was replaced by a new version that this process cannot open (it is in a jail, or
// has given up root): a daemon leaves, and its successor opens the new one.
void on_replaced_table(void (*action)());
// For the table types: logs it once, and does what was asked for.
void table_was_replaced(const std::string& name);

// A table answered from memory or from files, without waiting.
class DirectTable : public Table {
  public:
    using Table::Table;
    // The answer at once; never throws.
    virtual LookupResult look_up(const std::string& key) = 0;
    Task<LookupResult> find(std::string key) override;
};

// The key as a fixed table keeps it; nothing when it can be in no table (not UTF-8).
std::optional<std::string> fixed_key(const std::string& key, bool fold, bool utf8);

Result<TablePtr> open_hash(const std::string& name, const std::string& argument, const OpenContext& context);
Result<TablePtr> open_btree(const std::string& name, const std::string& argument, const OpenContext& context);
Result<TablePtr> open_lmdb(const std::string& name, const std::string& argument, const OpenContext& context);
Result<TablePtr> open_cdb(const std::string& name, const std::string& argument, const OpenContext& context);
Result<TablePtr> open_texthash(const std::string& name, const std::string& argument,
                               const OpenContext& context);
Result<TablePtr> open_inline(const std::string& name, const std::string& argument,
                             const OpenContext& context);
Result<TablePtr> open_static(const std::string& name, const std::string& argument,
                             const OpenContext& context);
Result<TablePtr> open_fail(const std::string& name, const std::string& argument, const OpenContext& context);
Result<TablePtr> open_environ(const std::string& name, const std::string& argument,
                              const OpenContext& context);
Result<TablePtr> open_internal(const std::string& name, const std::string& argument,
                               const OpenContext& context);
Result<TablePtr> open_nis(const std::string& name, const std::string& argument, const OpenContext& context);
Result<TablePtr> open_debug(const std::string& name, const std::string& argument, const OpenContext& context);
Result<TablePtr> open_proxy(const std::string& name, const std::string& argument, const OpenContext& context);
Result<TablePtr> open_cidr(const std::string& name, const std::string& argument, const OpenContext& context);
Result<TablePtr> open_regexp(const std::string& name, const std::string& argument,
                             const OpenContext& context);
Result<TablePtr> open_pcre(const std::string& name, const std::string& argument, const OpenContext& context);
Result<TablePtr> open_unix(const std::string& name, const std::string& argument, const OpenContext& context);
Result<TablePtr> open_pipemap(const std::string& name, const std::string& argument,
                              const OpenContext& context);
Result<TablePtr> open_unionmap(const std::string& name, const std::string& argument,
                               const OpenContext& context);
Result<TablePtr> open_randmap(const std::string& name, const std::string& argument,
                              const OpenContext& context);
Result<TablePtr> open_tcp(const std::string& name, const std::string& argument, const OpenContext& context);
Result<TablePtr> open_socketmap(const std::string& name, const std::string& argument,
                                const OpenContext& context);
Result<TablePtr> open_memcache(const std::string& name, const std::string& argument,
                               const OpenContext& context);
Result<TablePtr> open_sdbm(const std::string& name, const std::string& argument, const OpenContext& context);
Result<TablePtr> open_sqlite(const std::string& name, const std::string& argument,
                             const OpenContext& context);

}  // namespace postrider::tables

// lib/tables/files/map_command.h - what postmap(1) and postalias(1) share: options, building, asking,
// deleting, listing.
#pragma once

#include <sys/stat.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/tables/files/table_file.h"
#include "lib/tables/open.h"
#include "lib/tables/types/entry_set.h"

namespace postrider::tables {

// The command line, after getopt.
struct MapOptions {
    bool as_owner = true;          // -o: not
    bool copy_mode = true;         // -p: not
    bool incremental = false;      // -i
    bool replace = false;          // -r
    bool warn_duplicates = true;   // -w: not
    bool fold = true;              // -f: not
    bool utf8 = true;              // smtputf8_enable, -u, -U
    bool file_values = false;      // -F
    bool json = false;             // -j
    std::optional<bool> with_nul;  // -N, -n
    std::string between = "\t";    // between key and value when both are printed
};

// The source of a table: the file of this name, or standard input with -i.  Becomes its owner when started as
// root.  Fatal when it cannot be read.
class MapSource {
  public:
    MapSource(const std::string& path, const MapOptions& options);
    const std::string& text() const { return text_; }
    // For messages: the path, or "stdin".
    const std::string& name() const { return name_; }
    // Of the table file: readable by all whom the source lets read.
    mode_t mode() const { return mode_; }

  private:
    std::string name_;
    std::string text_;
    mode_t mode_ = 0644;
};

// Splits "type:name", the type by default from default_database_type.
struct MapName {
    std::string type;
    std::string name;
    std::string text() const { return type + ":" + name; }
};
MapName split_map_name(const std::string& text, const Settings& settings);
// Fatal when one of them is empty.
// Compat: Postfix refuses in this way only where an existing table is needed.
void need_name(const MapName& map, const std::string& text);

// A type that can be opened, a plug-in among them.
bool is_table_type(const std::string& type, const Settings& settings);

// What opening a table has to know of the command line and of main.cf.
OpenContext open_context(const MapOptions& options, const Settings& settings);
TableFileOptions table_file_options(const MapOptions& options, const Settings& settings);
// From root to the owner of a file.
void become_owner(const struct stat& owner);

// Compat: what Postfix says of a failure that has no errno.
inline constexpr const char* application_error = "Application error";

// A table file under construction.  Fatal on every failure.
class MapBuilder {
  public:
    MapBuilder(const MapName& map, const MapSource& source, const MapOptions& options,
               const Settings& settings);
    // Folds the key; tells of a duplicate as the options say.
    void add(std::string_view key, std::string_view value);
    // Without a word about duplicates.
    void add_once(const std::string& key, const std::string& value);
    // As it is, without NUL.
    void add_bare(const std::string& key, const std::string& value);
    void commit();

  private:
    // False: the key was there, and `replace` is false.
    bool put(std::string_view key, std::string_view value, bool replace);
    // Whoever watches a terminal sees that a large table takes its time.
    void show_progress();

    MapOptions options_;
    std::string label_;  // how warnings name the table
    std::unique_ptr<TableFile> file_;
    // A new table is gathered here and written at once, in the order that its file likes best.
    EntrySet entries_;
    std::vector<std::pair<std::string, std::string>> bare_;
    bool is_watched_;
};

// -q: prints the value of the first table that has the key.  False: none has it.
bool print_value(const std::vector<std::string>& maps, const std::string& key, const MapOptions& options,
                 const Settings& settings);
// -q -: reads keys from standard input, prints key and value.
bool print_values(const std::vector<std::string>& maps, const MapOptions& options, const Settings& settings);
// -q - of -b and -h: the keys are the headers or body lines of a message on standard input.
struct MessageKeys {
    bool headers = false;
    bool body = false;
    bool mime = false;
};
bool print_message_values(const std::vector<std::string>& maps, const MessageKeys& keys,
                          const MapOptions& options, const Settings& settings);
// -d: removes the key (with "-" each line of standard input) from each table.  False: none had any.
bool remove_keys(const std::vector<std::string>& maps, const std::string& key, const MapOptions& options,
                 const Settings& settings);
// -s: prints all entries.
void list_entries(const std::string& name, const MapOptions& options, const Settings& settings);

}  // namespace postrider::tables

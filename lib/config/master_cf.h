// lib/config/master_cf.h - the services of master.cf.
//
//   service type private unprivileged chroot wakeup process_limit command + arguments
//
// A '-' stands for the default of its field.  Arguments with white space stand in braces: { a b }.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/base/result.h"
#include "lib/config/main_cf.h"
#include "lib/config/settings.h"

namespace postrider::config {

// One logical line of master.cf as it is written, its white space and options made uniform.
struct MasterLine {
    std::vector<std::string> fields;  // at least 8; the eighth is the command, its arguments follow
    int first_line = 0;
    int last_line = 0;
    std::string text = {};                   // as in the file, its physical lines in one
    std::vector<std::string> problems = {};  // of braces that do not match: "missing '}' in "{ x""
    std::string file = {};

    const std::string& service() const { return fields[0]; }
    const std::string& type() const { return fields[1]; }
};

// All lines, duplicates included.  Options come apart as "-o" and "name=value" (or "{name=value with
// spaces}"). The error is "file FILE: line N: bad field count".
Result<std::vector<MasterLine>> parse_master_lines(std::string_view text, const std::string& file);

// The columns of master.cf, as postconf -F names them.
inline constexpr std::size_t master_field_count = 8;
std::string_view master_field_name(std::size_t index);
// Where the options of the command end and its other arguments begin, as an index of the fields.
std::size_t end_of_options(const std::vector<std::string>& fields);
// A word as an argument of master.cf: in braces when it has white space, or is empty.
std::string master_word(std::string_view word);
// Takes the braces off a word that starts with one, and the white space within.  The result tells what is
// wrong with them, nothing when all is well.
std::string strip_braces(std::string& word);
// An error tells why the value cannot stand in that column: "bad transport type: x", "field "wakeup": bad
// value: "x"".
Result<void> check_master_field(std::size_t index, std::string_view value);

// A service as master(8) runs it.
struct ServiceEntry {
    std::string service;  // "smtp", "127.0.0.1:2525", "cleanup"
    std::string type;     // inet unix unix-dgram fifo pass
    bool private_ = true;
    bool unprivileged = true;
    bool chroot = false;
    int wakeup = 0;               // seconds; 0: never
    bool wakeup_if_used = false;  // only once the service has been used
    int process_limit = 0;        // 0: none
    std::string command;          // name of the program
    // As the program gets them: braces around an argument are gone, "-o" and its value are two.
    std::vector<std::string> arguments;
    int line = 0;

    // The -o options of the arguments, in their order.
    std::vector<NameAndValue> overrides() const;
};

// What '-' stands for.
struct MasterDefaults {
    bool chroot = false;
    int process_limit = 100;
};
MasterDefaults master_defaults(const Settings& settings);

// The services in the order of the file.  Of two with the same name and type the last counts, with a warning.
// The error names file, line and field.
Result<std::vector<ServiceEntry>> parse_master_cf(std::string_view text, const std::string& file,
                                                  const MasterDefaults& defaults);
// As above, of master.cf in the directory of the settings and the files of master_include, where an entry
// replaces one of an earlier file.
Result<std::vector<ServiceEntry>> load_master_cf(const Settings& settings);
// The same files as lines, without those that a later file replaces.
Result<std::vector<MasterLine>> load_master_lines(const Settings& settings);

}  // namespace postrider::config

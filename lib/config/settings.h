// lib/config/settings.h - the values of the main.cf parameters, for one process.
//
// Built once from main.cf and the -o options of master.cf.  Values are expanded and parsed when first asked
// for and kept.  A wrong value is fatal and names file, line, text and what to do.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/result.h"
#include "lib/config/parameter.h"

namespace postrider::config {

// Where a value was written.
struct Origin {
    std::string file;  // a path, "-o option", "environment variable NAME", or "" for a default
    int line = 0;      // 0: none
};

struct Entry {
    std::string name;
    std::string value;
    Origin origin;
};

// Answers a name that main.cf does not know (a macro of the moment such as $user); nothing: undefined.
using NameLookup = std::function<std::optional<std::string>(std::string_view name)>;

class Settings {
  public:
    Settings();
    ~Settings();
    Settings(Settings&&) noexcept;
    Settings& operator=(Settings&&) noexcept;

    // Reads DIRECTORY/main.cf and what it includes (lib/config/sources.h).  A missing file or a syntax error
    // comes back with file and line; overridden duplicates are logged as Postfix does ("warning: FILE, line
    // N: overriding earlier entry: name=old").
    static Result<Settings> load(const std::string& directory);
    // For tests and for commands: `text` has main.cf syntax.
    static Settings from_text(std::string_view text);

    // The same values once more, to be changed by set().
    Settings clone() const;

    // -o name=value; wins over main.cf.
    void set(std::string_view name, std::string value);
    const std::string& config_directory() const;

    // The value, expanded and parsed.  Fatal when it is wrong.
    const std::string& operator[](const Parameter<std::string>& parameter) const;
    const Raw& operator[](const Parameter<Raw>& parameter) const;
    bool operator[](const Parameter<bool>& parameter) const;
    int operator[](const Parameter<int>& parameter) const;
    long operator[](const Parameter<long>& parameter) const;
    Seconds operator[](const Parameter<Seconds>& parameter) const;

    // The words of a list parameter: split at commas and white space, `{...}` kept together.
    std::vector<std::string> words(const Parameter<std::string>& parameter) const;

    // <transport>_<suffix> when main.cf has it, else the value of `otherwise` (its default_... parameter).
    int per_transport(std::string_view transport, std::string_view suffix,
                      const Parameter<int>& otherwise) const;
    Seconds per_transport(std::string_view transport, std::string_view suffix,
                          const Parameter<Seconds>& otherwise) const;
    std::string per_transport(std::string_view transport, std::string_view suffix,
                              const Parameter<std::string>& otherwise) const;

    // The default of a parameter in main.cf syntax, unexpanded; computed when it depends on the machine.
    std::string default_of(const ParameterInfo& parameter) const;
    // The expanded value of any name: main.cf, then the parameter's default; nothing when unknown.
    std::optional<std::string> value_of(std::string_view name) const;
    // What main.cf or -o says, unexpanded.
    std::optional<Entry> explicit_value(std::string_view name) const;
    const std::map<std::string, Entry, std::less<>>& explicit_values() const;

    // Expands $name, ${name?x}, ${{a} == {b} ? {x} : {y}}, ... in any text.  `first` is asked before main.cf;
    // its answers are taken literally.
    std::string expand(std::string_view text, const NameLookup& first = nullptr) const;

    // Fatal when the value of the parameter, whatever its type, cannot be used.
    void require_valid(const ParameterInfo& parameter) const;
    // As the last thing before serving: warns about explicitly set parameters that Postrider does not honour.
    void warn_about_unhonoured() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// Parsers behind operator[], for postconf, table configuration files and -o of other programs.
Result<Seconds> parse_time(std::string_view text, char default_unit);
Result<bool> parse_boolean(std::string_view text);
// Expands with any lookup; used for everything that has main.cf's $ language.  What the lookup answers is
// taken literally (it may come from outside: a '$' in it means nothing).  The error tells of broken syntax.
Result<std::string> expand_text(std::string_view text, const NameLookup& lookup);

// compatibility_level "3.6", "2", "3.11.2" compared; the error is Postfix's "malformed compatibility level".
Result<long> parse_compatibility_level(std::string_view text);

}  // namespace postrider::config

namespace postrider {
using config::Settings;
}

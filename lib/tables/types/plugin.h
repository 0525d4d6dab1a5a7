// lib/tables/types/plugin.h - the interface between the programs and table types that are loaded when one is
// opened.
//
// A plug-in is a shared object with one function for each type, named in dynamicmaps.cf, of type
// plugin::OpenFunction, and the number POSTRIDER_PLUGIN puts into it.  It speaks to one server at a time and
// returns what it was told.  Keys, templates, result_format, domain, expansion_limit, the choice of a server,
// pooling and retries are the host's (plugin_table.h).  This header needs the standard library only.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace postrider::tables::plugin {

// Changes whenever anything below does; a plug-in with another number is not used.
inline constexpr int interface_version = 2;

// A parameter of a table that cannot be used; thrown by an opener, what() is the reason.
struct BadOption : std::invalid_argument {
    using std::invalid_argument::invalid_argument;
};

// The parameters of one table: its .cf file, or what main.cf has of it.
class Options {
  public:
    explicit Options(std::map<std::string, std::string> values) : values_(std::move(values)) {}

    bool has(const std::string& name) const { return values_.count(name) != 0; }
    std::string text(const std::string& name, const std::string& otherwise = "") const {
        const auto at = values_.find(name);
        return at == values_.end() ? otherwise : at->second;
    }
    // For a parameter that must have some text, if `least` is 1.
    std::string needed(const std::string& name, std::size_t least = 1) const {
        std::string value = text(name);
        if (value.size() < least) throw BadOption("bad string length 0 < 1: " + name + " =");
        return value;
    }
    int number(const std::string& name, int otherwise, int least = 0) const {
        if (!has(name)) return otherwise;
        std::size_t used = 0;
        int value = -1;
        const std::string given = text(name);
        try {
            value = std::stoi(given, &used);
        } catch (const std::exception&) {
            used = 0;
        }
        if (given.empty() || used != given.size())
            throw BadOption("bad numerical configuration: " + name + " = " + given);
        if (value < least)
            throw BadOption("invalid " + name + " parameter value " + given + " < " + std::to_string(least));
        return value;
    }
    bool flag(const std::string& name, bool otherwise) const {
        if (!has(name)) return otherwise;
        const std::string given = text(name);
        if (given == "yes" || given == "YES" || given == "Yes") return true;
        if (given == "no" || given == "NO" || given == "No") return false;
        throw BadOption("bad boolean configuration: " + name + " = " + given);
    }
    // The words of a list, split at commas and white space.
    std::vector<std::string> words(const std::string& name, const std::string& otherwise = "") const {
        std::vector<std::string> out;
        std::string word;
        for (const char c : text(name, otherwise) + " ") {
            const bool separator = c == ' ' || c == ',' || c == '\t' || c == '\r' || c == '\n';
            if (!separator) word += c;
            if (separator && !word.empty()) out.push_back(std::move(word)), word.clear();
        }
        return out;
    }

    // As words(); a list without any stands for `otherwise` too.
    std::vector<std::string> some_words(const std::string& name, const std::string& otherwise) const {
        std::vector<std::string> out = words(name, otherwise);
        return out.empty() ? Options({}).words(name, otherwise) : out;
    }

  private:
    std::map<std::string, std::string> values_;
};

using Quote = std::function<std::string(const std::string&)>;

// One lookup.
class Question {
  public:
    virtual ~Question() = default;
    virtual const std::string& key() const = 0;
    // A template with its %s, %u, %d ... replaced, each by way of `quote`.  Nothing when the key lacks a part
    // that the template needs: then there is nothing to ask.
    virtual std::optional<std::string> expand(const std::string& text, const Quote& quote) const = 0;
};

struct Answer {
    enum class Kind {
        values,       // `values`, as they came; none: not found
        server_gone,  // another server, or a new connection, may do better
        refused,      // the server did not like the question; the connection is still good
    };
    Kind kind = Kind::values;
    std::vector<std::string> values;
    std::string reason;

    static Answer of(std::vector<std::string> values) { return Answer{Kind::values, std::move(values), {}}; }
    static Answer gone(std::string reason) { return Answer{Kind::server_gone, {}, std::move(reason)}; }
    static Answer refuse(std::string reason) { return Answer{Kind::refused, {}, std::move(reason)}; }
};

// A connection to one server.  Used by one thread at a time, not always the same.
class Connection {
  public:
    virtual ~Connection() = default;
    // Blocks, but not for ever.
    virtual Answer ask(const Question& question) = 0;
};

// An opened table.  Its functions may be called from several threads at once.
class Table {
  public:
    virtual ~Table() = default;
    // The servers as configured; at least one.
    virtual std::vector<std::string> servers() const = 0;
    // Whether servers share the load.  False: the first that answers is used.
    virtual bool spread_load() const { return true; }
    // The templates that a key must be able to fill.
    virtual std::vector<std::string> templates() const = 0;
    // Nothing: `reason` tells why.  Blocks, but not for ever.
    virtual std::unique_ptr<Connection> connect(const std::string& server, std::string& reason) const = 0;
    // How long a server that failed is left alone, and an unused connection is kept, in seconds.
    virtual int retry_interval() const { return 60; }
    virtual int idle_interval() const { return 60; }
};

// Opens a table without speaking to a server.  Nothing: `reason` tells why.  Called from the main thread.
using OpenFunction = Table* (*)(const Options& options, std::string& reason);

// An OpenFunction's body: makes the table, turns what it throws into the reason.
template <class Made>
Table* open(const Options& options, std::string& reason) {
    try {
        return std::make_unique<Made>(options).release();
    } catch (const std::exception& problem) {
        reason = problem.what();
        return nullptr;
    }
}

}  // namespace postrider::tables::plugin

// Once in each plug-in.
#define POSTRIDER_PLUGIN                                                               \
    extern "C" {                                                                       \
    __attribute__((visibility("default"))) extern const int postrider_plugin_version;  \
    const int postrider_plugin_version = postrider::tables::plugin::interface_version; \
    }                                                                                  \
    static_assert(true)
// Before each OpenFunction.
#define POSTRIDER_OPENER extern "C" __attribute__((visibility("default"))) postrider::tables::plugin::Table*

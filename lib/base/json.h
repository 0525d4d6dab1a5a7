// lib/base/json.h - JSON written: strings, and objects on one line; RFC 8259.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace postrider {

// The text as a JSON string with its quotes.  What is not UTF-8 becomes '?'.
std::string json_string(std::string_view text);

// {"name": value, ...} in the order in which members are added.
class JsonObject {
  public:
    void add(std::string_view name, std::string_view value) { add_raw(name, json_string(value)); }
    void add(std::string_view name, const char* value) { add(name, std::string_view(value)); }
    void add(std::string_view name, const std::string& value) { add(name, std::string_view(value)); }
    void add(std::string_view name, std::int64_t value) { add_raw(name, std::to_string(value)); }
    void add(std::string_view name, bool value) { add_raw(name, value ? "true" : "false"); }
    // A value that is JSON already.
    void add_raw(std::string_view name, std::string_view json);
    bool empty() const { return members_.empty(); }
    std::string text() const { return "{" + members_ + "}"; }

  private:
    std::string members_;
};

}  // namespace postrider

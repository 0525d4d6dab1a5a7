// lib/config/parameter.h - main.cf parameters, each written once beside the code that obeys it.
//
//   inline const Parameter<Seconds> smtpd_timeout{{
//       .name = "smtpd_timeout",
//       .default_text = "${stress?{10}:{300}}s",
//       .least = 1s,
//       .summary = "time limit for sending a reply and for receiving the next command",
//   }};
//   ... settings[smtpd_timeout] ...
//
// A declaration registers itself; postconf(1) links all of them in.  lib/config/known_parameters.cc lists the
// parameters known to Postfix that no code of ours obeys yet, so that they are named, never silent.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::config {

class Settings;

using Seconds = std::chrono::seconds;

// A value that is not $-expanded when read but each time it is used (mailbox_command, luser_relay, ...).
struct Raw {
    std::string text;
};

enum class Kind { text, raw, boolean, integer, time };

// What the registry, postconf and the manual know of a parameter; the untyped half of Parameter<T>.
struct ParameterInfo {
    std::string_view name;
    std::string_view
        default_text;          // main.cf syntax, unexpanded; for times the last letter is the default unit
    std::string_view summary;  // one line, our words
    Kind kind = Kind::text;
    std::optional<long> least{};  // integers and times (seconds); for text: least length
    std::optional<long> most{};
    // A default that can only be computed at run time (myhostname); overrides default_text when set.
    std::string (*computed_default)() = nullptr;
    // As above, for a default that depends on other parameters (mydomain, mynetworks).
    std::string (*computed_from)(const Settings& settings) = nullptr;
    bool honoured = true;           // false: known to Postfix, not (yet) obeyed by Postrider
    std::string_view instead = {};  // deprecated: the parameter to use instead, or advice
};

// All parameters, declared or merely known (known_parameters.h), sorted by name.
std::vector<const ParameterInfo*> all_parameters();
// Those that some object of this program declares.
std::vector<const ParameterInfo*> declared_parameters();
const ParameterInfo* find_parameter(std::string_view name);
void register_parameter(const ParameterInfo* info);
// Names declared more than once among the objects of this program: a mistake that postconf's test finds.
std::vector<std::string_view> parameters_declared_twice();

template <class T>
struct ParameterSpec {
    std::string_view name;
    std::string_view default_text = "";
    std::optional<T> least{};
    std::optional<T> most{};
    std::string_view summary = "";
    std::string (*computed_default)() = nullptr;
};
template <>
struct ParameterSpec<std::string> {
    std::string_view name;
    std::string_view default_text = "";
    std::optional<long> least{};  // 1: an empty value is fatal
    std::optional<long> most{};
    std::string_view summary = "";
    std::string (*computed_default)() = nullptr;
    std::string (*computed_from)(const Settings& settings) = nullptr;
};
template <>
struct ParameterSpec<Raw> {
    std::string_view name;
    std::string_view default_text = "";
    std::optional<long> least{};
    std::optional<long> most{};
    std::string_view summary = "";
    std::string (*computed_default)() = nullptr;
};

template <class T>
constexpr Kind kind_of();
template <>
constexpr Kind kind_of<std::string>() {
    return Kind::text;
}
template <>
constexpr Kind kind_of<Raw>() {
    return Kind::raw;
}
template <>
constexpr Kind kind_of<bool>() {
    return Kind::boolean;
}
template <>
constexpr Kind kind_of<int>() {
    return Kind::integer;
}
template <>
constexpr Kind kind_of<long>() {
    return Kind::integer;
}
template <>
constexpr Kind kind_of<Seconds>() {
    return Kind::time;
}

// One parameter; T is std::string, Raw, bool, int, long or Seconds.
template <class T>
class Parameter {
  public:
    explicit Parameter(const ParameterSpec<T>& spec) {
        info_.name = spec.name;
        info_.default_text = spec.default_text;
        info_.summary = spec.summary;
        info_.kind = kind_of<T>();
        info_.computed_default = spec.computed_default;
        if constexpr (std::is_same_v<T, std::string>) info_.computed_from = spec.computed_from;
        if constexpr (std::is_same_v<T, Seconds>) {
            if (spec.least) info_.least = spec.least->count();
            if (spec.most) info_.most = spec.most->count();
        } else if constexpr (!std::is_same_v<T, bool>) {
            if (spec.least) info_.least = static_cast<long>(*spec.least);
            if (spec.most) info_.most = static_cast<long>(*spec.most);
        }
        register_parameter(&info_);
    }
    Parameter(const Parameter&) = delete;
    Parameter& operator=(const Parameter&) = delete;

    std::string_view name() const { return info_.name; }
    const ParameterInfo& info() const { return info_; }

  private:
    ParameterInfo info_;
};

}  // namespace postrider::config

namespace postrider {
using config::Parameter;
using config::Seconds;
}  // namespace postrider

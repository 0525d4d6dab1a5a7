// lib/milter/settings.h - the filters that main.cf names, how each is treated, and the macros they are sent.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lib/config/settings.h"
#include "lib/milter/wire.h"

namespace postrider::milter {

// How a message, or a session, goes on after an event.
struct Verdict {
    enum class Kind { go_on, hold, discard, refuse };
    Kind kind = Kind::go_on;
    std::string reply;  // of refuse: "550 5.7.1 text", further lines after LF
    bool goes_on() const { return kind == Kind::go_on; }
};

// What happens when a filter does not work: accept, reject, tempfail, quarantine or shutdown.  The error
// names what is none of these.
Result<Verdict> parse_default_action(std::string_view name);

// One filter of a list such as smtpd_milters.
struct FilterSettings {
    std::string endpoint;  // "inet:host:port", "unix:path"
    Verdict default_action;
    std::chrono::seconds connect_timeout{30};
    std::chrono::seconds command_timeout{30};
    std::chrono::seconds content_timeout{300};
    Terms offer;
    // What nobody understands in the settings: said in the log when it matters.
    std::string bad_default_action;
    std::string bad_protocol;
};
using FilterList = std::vector<FilterSettings>;

// So many filters may look at one message.
inline constexpr std::size_t filter_limit = 60;

// The words of a list: endpoints, or { endpoint, name=value ... }.
Result<FilterList> parse_filters(std::string_view text, const Settings& settings);

// What is the same for all filters of a process.
struct MacroSettings {
    explicit MacroSettings(const Settings& settings);
    std::shared_ptr<const MacroNames> names;  // unless the filter asks for others
    std::map<std::string, std::string, std::less<>> defaults;
    std::string hostname, daemon_name, version;
    // The macros j, v and {daemon_name}; "" for all others.
    std::string constant(std::string_view name) const;
};

// The name without its braces: "{client_addr}" and "client_addr" are the same macro.
std::string_view bare_name(std::string_view name);

}  // namespace postrider::milter

// services/verify/knowledge.h - what is known of an address, and for how long.
//
// Plain rules and the text form of the cache file, which Postfix reads and writes as well: status, time of
// the last probe that may still be under way, time of the result, and the reason, with colons between.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lib/config/settings.h"
#include "lib/delivery/verify_client.h"

namespace postrider::verify {

using delivery::ProbeResult;

struct Knowledge {
    ProbeResult result = ProbeResult::pending;
    std::int64_t probed = 0;   // 0: no probe under way
    std::int64_t updated = 0;  // 0: no result yet
    std::string reason;

    std::string text() const;
    static std::optional<Knowledge> parse(std::string_view text);
};

// The key of an address in the cache.
std::string cache_key(std::string_view address);

// Times in seconds.
struct Rules {
    explicit Rules(const Settings& settings);
    Rules() = default;
    std::int64_t positive_expire = 31 * 86400, positive_refresh = 7 * 86400;
    std::int64_t negative_expire = 3 * 86400, negative_refresh = 3 * 3600;
    bool remember_bad = true;

    // Too old to be told to anybody.
    bool expired(const Knowledge& known, std::int64_t now) const;
    // Worth a probe now: the result is missing or old, and no probe was sent lately.
    bool wants_probe(const Knowledge& known, std::int64_t now) const;
    // Whether a result replaces what is known: a failure does not replace a good address that has not
    // expired.
    bool replaces(ProbeResult result, const std::optional<Knowledge>& known, std::int64_t now) const;
};

}  // namespace postrider::verify

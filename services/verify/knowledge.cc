// services/verify/knowledge.cc - see knowledge.h.
#include "services/verify/knowledge.h"

#include <fmt/core.h>

#include "lib/base/text.h"
#include "services/verify/parameters.h"

namespace postrider::verify {
namespace {

// A probe without an answer for so long is taken for lost.
constexpr std::int64_t probe_life = 1000;

}  // namespace

std::string Knowledge::text() const {
    return fmt::format("{}:{}:{}:{}", static_cast<int>(result), probed, updated, reason);
}

std::optional<Knowledge> Knowledge::parse(std::string_view text) {
    std::int64_t numbers[3] = {};
    for (std::int64_t& number : numbers) {
        const std::size_t colon = text.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        const auto parsed = parse_int(text.substr(0, colon));
        if (!parsed || *parsed < 0) return std::nullopt;
        number = *parsed;
        text.remove_prefix(colon + 1);
    }
    if (numbers[0] > static_cast<int>(ProbeResult::pending)) return std::nullopt;
    Knowledge known;
    known.result = static_cast<ProbeResult>(numbers[0]);
    known.probed = numbers[1];
    known.updated = numbers[2];
    known.reason = text;
    return known;
}

std::string cache_key(std::string_view address) {
    return replace_all(address, ":", "_");
}

Rules::Rules(const Settings& settings)
    : positive_expire(settings[address_verify_positive_expire_time].count()),
      positive_refresh(settings[address_verify_positive_refresh_time].count()),
      negative_expire(settings[address_verify_negative_expire_time].count()),
      negative_refresh(settings[address_verify_negative_refresh_time].count()),
      remember_bad(settings[address_verify_negative_cache]) {}

bool Rules::expired(const Knowledge& known, std::int64_t now) const {
    const std::int64_t life = known.result == ProbeResult::ok ? positive_expire : negative_expire;
    return known.updated + life < now;
}

bool Rules::wants_probe(const Knowledge& known, std::int64_t now) const {
    if (now - known.probed <= probe_life) return false;
    const std::int64_t life = known.result == ProbeResult::ok ? positive_refresh : negative_refresh;
    return known.updated + life < now;
}

bool Rules::replaces(ProbeResult result, const std::optional<Knowledge>& known, std::int64_t now) const {
    if (result == ProbeResult::ok) return true;
    if (!remember_bad) return false;
    return !known || known->result != ProbeResult::ok || expired(*known, now);
}

}  // namespace postrider::verify

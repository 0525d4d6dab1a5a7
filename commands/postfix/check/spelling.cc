// commands/postfix/check/spelling.cc - the word that was perhaps meant.
#include "commands/postfix/check/spelling.h"

#include <algorithm>
#include <limits>

#include "lib/base/text.h"

namespace postrider::postfix::check {

std::size_t edit_distance(std::string_view one, std::string_view other) {
    const std::size_t width = other.size() + 1;
    std::vector<std::size_t> before(width), last(width), row(width);
    for (std::size_t j = 0; j < width; ++j) last[j] = j;
    for (std::size_t i = 1; i <= one.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j < width; ++j) {
            const bool same = one[i - 1] == other[j - 1];
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(row);
    }
    return last[width - 1];
}

std::optional<std::string> nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
    const std::string wanted = lower(word);
    // One mistake in six characters, three at most: further away is another word.
    const std::size_t most = std::min<std::size_t>(3, wanted.size() / 6 + (wanted.size() >= 4 ? 1 : 0));
    std::size_t best = std::numeric_limits<std::size_t>::max();
    std::string_view found;
    for (const std::string_view candidate : candidates) {
        const std::size_t longer = std::max(candidate.size(), wanted.size());
        if (longer - std::min(candidate.size(), wanted.size()) > most) continue;
        const std::size_t distance = edit_distance(wanted, lower(candidate));
        if (distance <= most && distance < best) {
            best = distance;
            found = candidate;
        }
    }
    if (found.empty()) return std::nullopt;
    return std::string(found);
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates,
                         std::string_view otherwise) {
    const auto near = nearest(word, candidates);
    return near ? "did you mean " + *near + "?" : std::string(otherwise);
}

}  // namespace postrider::postfix::check

// commands/postfix/check/spelling.h - the word that was perhaps meant.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::postfix::check {

// How many characters must be changed, left out, put in or swapped with their neighbour to make one of the
// other.
std::size_t edit_distance(std::string_view one, std::string_view other);
// The candidate that is most like the word; nothing when none is much like it.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string_view>& candidates);
// "did you mean X?", or `otherwise` when nothing is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates,
                         std::string_view otherwise);

}  // namespace postrider::postfix::check

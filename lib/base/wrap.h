// lib/base/wrap.h - text for people in lines of a limited width.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace postrider {

// Text broken at white space so that lines have at most `width` columns where possible; lines but the first
// start with `indent` spaces.
std::vector<std::string> wrap(std::string_view text, std::size_t width, std::size_t indent);

}  // namespace postrider

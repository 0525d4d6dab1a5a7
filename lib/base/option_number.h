// lib/base/option_number.h - numbers on the command lines of test programs.
#pragma once

#include <string_view>

#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider {

// The number; fatal, naming `what` it should have been, when the text is none or one below `least`.
inline long option_number(const char* text, std::string_view what, long least = 0) {
    const auto value = parse_int(text);
    if (!value || *value < least) fatal("bad {}: {}", what, text);
    return static_cast<long>(*value);
}

}  // namespace postrider

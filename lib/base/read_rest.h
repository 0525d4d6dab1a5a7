// lib/base/read_rest.h - an open file, read to its end.
#pragma once

#include <string>
#include <string_view>

#include "lib/base/result.h"

namespace postrider {

// From the current position to the end; `name` is for the error, "read NAME: reason".
Result<std::string> read_rest(int fd, std::string_view name);

}  // namespace postrider

// lib/config/honoured.cc - which parameters the suite obeys.
//
// Any one program declares only some of them; the Makefile collects the names of all declarations.
#include <algorithm>
#include <string_view>

#include "lib/config/known_parameters.h"

namespace postrider::config {

namespace {

constexpr std::string_view honoured_names[] = {
#include "honoured_names.inc"
};

}  // namespace

bool is_honoured(std::string_view name) {
    return std::find(std::begin(honoured_names), std::end(honoured_names), name) != std::end(honoured_names);
}

}  // namespace postrider::config

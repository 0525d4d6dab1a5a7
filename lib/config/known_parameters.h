// lib/config/known_parameters.h - every parameter that Postfix 3.12 knows, obeyed here or not.
//
// Where code declares a Parameter<T> of the same name, that declaration wins; the rest is kept so that
// postconf(1) prints it and a main.cf that sets it is told, once, that it has no effect.
#pragma once

#include <span>
#include <string_view>

#include "lib/config/parameter.h"

namespace postrider::config {

// Sorted by name.
std::span<const ParameterInfo> known_parameters();

// True for a name that some program of the suite declares, whichever program asks.
bool is_honoured(std::string_view name);

}  // namespace postrider::config

// lib/config/checks.h - what every program makes sure of before it works.
#pragma once

#include "lib/config/settings.h"

namespace postrider::config {

// Fatal when a parameter that all programs obey cannot be used, whether this one comes to it or not: half a
// mail system that runs with a broken configuration is worse than none.
void check_global_parameters(const Settings& settings);

// The part of it that postconf(1) insists on.
void check_networks_style(const Settings& settings);

// Fatal when a parameter that this program has declared is set to what cannot be used, or has a default that
// depends on such a one.
void check_declared_parameters(const Settings& settings);

}  // namespace postrider::config

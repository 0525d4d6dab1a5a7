// commands/postconf/show.h - what postconf(1) prints of a configuration.
#pragma once

#include <vector>

#include "commands/postconf/options.h"
#include "lib/config/master_cf.h"
#include "lib/config/settings.h"

namespace postrider::postconf {

// main.cf parameters: all, the explicit ones, or those named.
void show_parameters(const Options& options, const Settings& settings,
                     const std::vector<config::MasterLine>& services);
// master.cf entries (-M), their fields (-F), or their -o parameters (-P).
void show_services(const Options& options, const Settings& settings,
                   const std::vector<config::MasterLine>& services);
void show_fields(const Options& options, const Settings& settings,
                 const std::vector<config::MasterLine>& services);
void show_overrides(const Options& options, const Settings& settings,
                    const std::vector<config::MasterLine>& services);

}  // namespace postrider::postconf

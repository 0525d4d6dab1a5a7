// commands/postfix/upgrade.h - `postfix upgrade-configuration`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "commands/postfix/instance.h"
#include "lib/base/result.h"

namespace postrider::postfix {

// What a master.cf of an older release becomes.
struct UpgradedMaster {
    std::string text;
    std::vector<std::string> done;  // "adding missing entry for relay service"
};
Result<UpgradedMaster> upgrade_master(std::string_view text, const std::string& path);

int upgrade_configuration(const Instance& instance);

}  // namespace postrider::postfix

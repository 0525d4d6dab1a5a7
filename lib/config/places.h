// lib/config/places.h - the directories and paths fixed at build, and the choice of the configuration
// directory.
//
// main.cf can move all of them but config_directory; these are the defaults.
#pragma once

#include <optional>
#include <string>

#include "lib/base/result.h"

namespace postrider::config::places {

std::string config_directory();
std::string daemon_directory();
std::string command_directory();
std::string queue_directory();
std::string data_directory();
std::string meta_directory();
std::string shlib_directory();
std::string manpage_directory();
std::string sendmail_path();
std::string mailq_path();
std::string newaliases_path();

}  // namespace postrider::config::places

namespace postrider::config {

// The directory of main.cf: the argument of -c, else $MAIL_CONFIG, else the built-in one.
std::string choose_config_directory(const std::optional<std::string>& option = std::nullopt);

// For programs that run set-uid or set-gid: an error unless `directory` is the built-in one or the built-in
// main.cf names it in alternate_config_directories or multi_instance_directories.
Result<void> check_config_directory(const std::string& directory);

}  // namespace postrider::config

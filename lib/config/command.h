// lib/config/command.h - what every command does before its own work.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lib/config/settings.h"

namespace postrider::config {

// The process runs with more rights than who called it (set-gid): neither its environment nor its choice of a
// configuration may be trusted.  The super-user is trusted with everything.
bool runs_for_a_stranger();

// Opens the log (standard error and syslog) and reads main.cf.  `directory` is the argument of -c; without it
// MAIL_CONFIG or the built-in directory is used, and told to children by MAIL_CONFIG.  Fatal when a stranger
// chose a directory that the built-in main.cf does not list, or when main.cf cannot be read.
Settings start_command(std::string_view process, const std::optional<std::string>& directory = std::nullopt);

// Sets the variables to which import_environment gives a value; the others stay.
void update_environment(const Settings& settings);
// Empties the environment but for the names in import_environment ("NAME" keeps, "NAME=value" sets).
void clean_environment(const Settings& settings);

// Opens /dev/null on those of the descriptors 0, 1 and 2 that are closed, so that no file of ours lands
// there.
void occupy_standard_descriptors();

}  // namespace postrider::config

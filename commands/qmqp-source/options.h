// commands/qmqp-source/options.h - what qmqp-source(1) sends, and how.
#pragma once

#include <string>

#include "commands/load/load.h"

namespace postrider::qmqp_source {

using load::Options;

// Fatal with a usage text when the words make no sense.
Options parse_options(int argc, char** argv);

// A whole request: message, sender and recipients.
std::string request_text(const Options& options, long number);

}  // namespace postrider::qmqp_source

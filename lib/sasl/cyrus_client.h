// lib/sasl/cyrus_client.h - logging in with the Cyrus SASL library (smtp_sasl_type = cyrus).
#pragma once

#include <memory>
#include <string>

#include "lib/sasl/client.h"

namespace postrider::sasl {

// Loads the plug-ins, now.
Result<std::unique_ptr<AuthClient>> make_cyrus_client(const std::string& config_path);

}  // namespace postrider::sasl

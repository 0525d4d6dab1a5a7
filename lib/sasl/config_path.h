// lib/sasl/config_path.h - where Cyrus SASL finds smtpd.conf when main.cf does not say.
#pragma once

#include <string>

namespace postrider::sasl {

// The directory sasl/ beside main.cf, as on Debian, then the library's own.
inline std::string default_config_path(const std::string& config_directory) {
    return config_directory + "/sasl:/etc/sasl2:/usr/lib/sasl2";
}

}  // namespace postrider::sasl

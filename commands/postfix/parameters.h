// commands/postfix/parameters.h - parameters that describe the installation; package scripts read them.
#pragma once

#include <string>

#include "lib/config/parameter.h"
#include "lib/config/places.h"

namespace postrider::postfix {

inline const Parameter<std::string> readme_directory{{
    .name = "readme_directory",
    .default_text = "no",
    .least = 1,
    .summary = "where README files are, or no; for package scripts",
}};
inline const Parameter<std::string> html_directory{{
    .name = "html_directory",
    .default_text = "no",
    .least = 1,
    .summary = "where the documentation in HTML is, or no; for package scripts",
}};
inline const Parameter<std::string> sample_directory{{
    .name = "sample_directory",
    .least = 1,
    .summary = "where sample configuration files are; for package scripts",
    .computed_default = config::places::config_directory,
}};

inline const Parameter<std::string> openssl_path{{
    .name = "openssl_path",
    .default_text = "openssl",
    .least = 1,
    .summary = "the openssl(1) program that `postfix tls` makes keys and certificates with",
}};

}  // namespace postrider::postfix

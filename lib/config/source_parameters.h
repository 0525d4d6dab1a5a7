// lib/config/source_parameters.h - the parameters that tell what else belongs to the configuration.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::config {

inline const Parameter<std::string> include{{
    .name = "include",
    .summary = "more main.cf files, or directories of them, read where this line stands",
}};
inline const Parameter<std::string> master_include{{
    .name = "master_include",
    .summary = "more master.cf files, or directories of them, whose entries win over those of master.cf",
}};
inline const Parameter<bool> environment_overlay{{
    .name = "environment_overlay",
    .default_text = "no",
    .summary = "take parameters from environment variables POSTFIX_name, or from the files POSTFIX_name_FILE",
}};

}  // namespace postrider::config

// lib/mail/idna_parameters.h - how internationalized domain names are encoded.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::mail {

inline const Parameter<bool> enable_idna2003_compatibility{{
    .name = "enable_idna2003_compatibility",
    .default_text = "no",
    .summary = "encode domains as IDNA2003 did: sharp s as ss, final sigma as sigma",
}};

}  // namespace postrider::mail

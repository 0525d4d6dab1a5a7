// smtpd/milter_parameters.h - the main.cf parameters that choose mail filters for SMTP clients; those of the
// filters themselves are in lib/milter/parameters.h.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::smtpd {

inline const Parameter<std::string> smtpd_milters{{
    .name = "smtpd_milters",
    .summary = "mail filters for mail that comes by SMTP",
}};
inline const Parameter<std::string> smtpd_milter_maps{{
    .name = "smtpd_milter_maps",
    .summary = "tables of other mail filters by client address, or DISABLE",
}};

}  // namespace postrider::smtpd

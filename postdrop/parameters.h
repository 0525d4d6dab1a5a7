// postdrop/parameters.h - main.cf parameters only postdrop(1) obeys.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::postdrop {

inline const Parameter<std::string> local_login_sender_maps{{
    .name = "local_login_sender_maps",
    .default_text = "static:*",
    .summary = "tables of the sender addresses each login name may use with sendmail(1)",
}};
inline const Parameter<std::string> empty_address_local_login_sender_maps_lookup_key{{
    .name = "empty_address_local_login_sender_maps_lookup_key",
    .default_text = "<>",
    .summary = "stands for the null sender in the results of local_login_sender_maps",
}};

}  // namespace postrider::postdrop

// commands/postqueue/parameters.h - main.cf parameters only postqueue(1) obeys.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::postqueue {

inline const Parameter<std::string> authorized_flush_users{{
    .name = "authorized_flush_users",
    .default_text = "static:anyone",
    .summary = "users of this machine who may have queued mail tried at once",
}};
inline const Parameter<std::string> authorized_mailq_users{{
    .name = "authorized_mailq_users",
    .default_text = "static:anyone",
    .summary = "users of this machine who may look at the mail queue",
}};

}  // namespace postrider::postqueue

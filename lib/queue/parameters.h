// lib/queue/parameters.h - main.cf parameters of the programs that put mail into the queue or look at it.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::queue {

inline const Parameter<int> queue_commit_threads{{
    .name = "queue_commit_threads",
    .default_text = "32",
    .least = 1,
    .most = 256,
    .summary = "how many queue files a cleanup(8) process syncs to disk at once",
}};
inline const Parameter<std::string> internal_mail_filter_classes{{
    .name = "internal_mail_filter_classes",
    .default_text = "",
    .summary = "mail made here that is filtered like mail from outside: bounce",
}};
inline const Parameter<std::string> authorized_submit_users{{
    .name = "authorized_submit_users",
    .default_text = "static:anyone",
    .summary = "users of this machine who may send mail with sendmail(1)",
}};

}  // namespace postrider::queue

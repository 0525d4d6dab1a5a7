// lib/queue/parameters.h - main.cf parameters of every program that writes queue files.
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

}  // namespace postrider::queue

// lib/ipc/rewrite_answers.h - rewrite() and resolve() answered in this process.
//
// For commands that ask trivial-rewrite's own code: no service need run, and one that runs is not disturbed.
#pragma once

#include <functional>
#include <string>

#include "lib/async/task.h"

namespace postrider::ipc {

// One encoded RewriteServiceRequest to one encoded RewriteServiceReply.
using RewriteAnswers = std::function<Task<std::string>(std::string request)>;
// From now on; an empty function asks the service again.
void answer_rewrites_here(RewriteAnswers answers);

}  // namespace postrider::ipc

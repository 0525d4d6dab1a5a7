// lib/delivery/transcript_mail.h - the dialogue of a session, mailed to the postmaster.
#pragma once

#include "lib/async/task.h"
#include "lib/base/result.h"
#include "lib/delivery/transcript.h"

namespace postrider::delivery {

// Hands the message to cleanup(8), from double_bounce_sender.  The error is one line for the log.
async::Task<Result<void>> mail_transcript(TranscriptNotice notice, const Settings& settings);

}  // namespace postrider::delivery

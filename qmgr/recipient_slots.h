// qmgr/recipient_slots.h - how many recipients of which message may be in memory.
//
// A transport has <transport>_recipient_limit slots.  Its first job has them all; what a job does not need
// goes to the next one whose message still has recipients in the file.  A message may have
// qmgr_message_recipient_minimum recipients in memory besides the slots of its jobs.
#pragma once

#include "qmgr/scheduler.h"

namespace postrider::qmgr {

// Nothing else is done while a portion is read and sorted.
inline constexpr int largest_portion = 5000;

// A new job takes the slots that nobody has.
void take_slots(Job& job);
// A job that overtakes others gets half of the slots that <transport>_extra_recipient_limit keeps for that.
void lend_slots(Job& job);
// Recipients of the job are finished, or all of its message are in memory: slots it needs no more go on.
void hand_on_slots(Job& job);
// The job ends.
void give_back_slots(Job& job);

// Recipients that may be read now.
int free_slots(const Message& message);
// Whether reading is worth it before the next delivery of this transport.
bool is_refill_due(const Message& message, const TransportLimits& limits, Time now);

}  // namespace postrider::qmgr

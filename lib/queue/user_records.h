// lib/queue/user_records.h - which records a user of this machine may put into a message.
//
// postdrop(1) runs with more rights than its user: everything that arrives is checked against these lists.
#pragma once

#include "lib/queue/record.h"

namespace postrider::queue {

enum class Segment { envelope, content, extracted };

// The record may stand in that segment of a message from a user; its last record (message, extracted, end)
// too.
bool user_may_write(Segment segment, RecordType type);
// The attribute is one a user may set, to this value; all others are facts only the suite knows.
bool user_may_set(const NamedAttribute& attribute);

}  // namespace postrider::queue

// postdrop/submission.h - one message as a user sends it: checked record by record, and stored.
//
// The user's program may be anything.  What it sends is either exactly what a message from a user may
// contain, or refused; what only the suite may say (client names, SASL logins, times) is left out.
#pragma once

#include <string>
#include <string_view>

#include "lib/base/result.h"
#include "lib/queue/queue_file.h"
#include "lib/queue/user_records.h"

namespace postrider::postdrop {

class Submission {
  public:
    // Records go to `file`, which outlives this; `user` ("uid=1000") is for log lines.
    Submission(queue::QueueFile& file, std::string user);

    // Takes the next record.  The error says why this is no message.
    Result<void> take(queue::RecordType type, std::string_view data);
    // The end record was taken.
    bool finished() const { return finished_; }
    bool has_sender_and_recipient() const { return has_sender_ && has_recipient_; }
    const std::string& sender() const { return sender_; }

  private:
    bool is_allowed_attribute(std::string_view data) const;
    void note(queue::RecordType type, std::string_view data);

    queue::QueueFile& file_;
    std::string user_;
    queue::Segment segment_ = queue::Segment::envelope;
    bool finished_ = false;
    bool has_sender_ = false;
    bool has_recipient_ = false;
    std::string sender_;
};

}  // namespace postrider::postdrop

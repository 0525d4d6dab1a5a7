// commands/postqueue/show.h - messages of the queue as people and as programs read them.
#pragma once

#include <cstdint>
#include <string>

#include "lib/queue/listing.h"
#include "lib/queue/queue_id.h"

namespace postrider::postqueue {

// The table of mailq(1).
class TableFormat {
  public:
    // `next_attempts`: deferred messages get a line that tells when they are tried again.
    explicit TableFormat(queue::IdForm form, bool next_attempts = false)
        : form_(form), next_attempts_(next_attempts) {}
    // The lines of one message; before the first one the headings.
    std::string message(const queue::ListedMessage& message);
    // The last line: a summary.
    std::string end() const;

  private:
    std::string headings() const;
    std::string recipients(const queue::ListedMessage& message) const;
    queue::IdForm form_;
    bool next_attempts_;
    std::int64_t bytes_ = 0;
    long messages_ = 0;
};

// One JSON object on a line.
std::string json_message(const queue::ListedMessage& message);

}  // namespace postrider::postqueue

// smtpd/deadline.h - how long a client may take to send content.
#pragma once

#include "smtpd/session.h"

namespace postrider::smtpd {

// Sets the stream's deadline before each read of content: a time limit for each read, or with
// smtpd_per_request_deadline one for all, which content at smtpd_min_data_rate prolongs.
class ContentDeadline {
  public:
    explicit ContentDeadline(Session& session);
    void before_read();
    void after_read(std::size_t bytes);
    // This client has been served long enough: let the others have their turn.
    bool has_had_its_turn();

  private:
    Session& session_;
    async::Deadline deadline_;
    int least_rate_;
    std::size_t since_turn_ = 0;
};

// Resumes after everybody else who is ready has been served.
async::IoWait next_turn();

// The same for a command line.
void set_command_deadline(Session& session);

}  // namespace postrider::smtpd

// lib/queue/postdrop_client.h - handing a message to postdrop(1), as any user of this machine may.
//
// Used by sendmail(1) and by an SMTP server on standard input (smtpd -S): programs without rights of their
// own. Works when the mail system is stopped.  Blocking.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

#include "lib/base/fd.h"
#include "lib/base/result.h"
#include "lib/config/settings.h"
#include "lib/queue/cleanup_client.h"
#include "lib/queue/record.h"

namespace postrider::queue {

class PostdropClient {
  public:
    // Runs postdrop and reads the queue ID it chose.  The error when it cannot run or ends at once; it has
    // told why on standard error then.
    static Result<PostdropClient> start(const Settings& settings);
    PostdropClient(PostdropClient&& other) noexcept;
    PostdropClient& operator=(PostdropClient&&) = delete;
    // An unfinished message is dropped by postdrop, which sees the end of its input.
    ~PostdropClient();

    const std::string& queue_id() const { return queue_id_; }
    void put(RecordType type, std::string_view data);
    void put_attribute(std::string_view name, std::string_view value);
    // Call after the `end` record: waits until the message is on disk.
    CleanupOutcome finish();
    // The exit status of postdrop, once finish() failed; for a message to the user.
    int exit_status() const { return exit_status_; }

  private:
    PostdropClient(pid_t process, Fd to, Fd from);
    bool read_greeting();
    void send();
    void wait_for_end();

    pid_t process_;
    Fd to_;
    Fd from_;
    std::string pending_;
    std::string queue_id_;
    std::string answer_;  // bytes of postdrop not yet used
    bool broken_ = false;
    int exit_status_ = 0;
};

}  // namespace postrider::queue

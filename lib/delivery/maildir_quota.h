// lib/delivery/maildir_quota.h - how much a Maildir may hold, kept account of as Maildir++ does.
//
// The account is the file maildirsize of the Maildir: a line with the limit, then lines with bytes and
// messages that came or went; its sum is what is there.  Nobody locks it: who adds a message appends a line,
// and who finds it too long, malformed or of another limit counts anew.  Its owner may write whatever he
// likes into it, so it is read as what a stranger says.
#pragma once

#include <cstdint>
#include <string>

#include "lib/delivery/quota_account.h"
#include "lib/delivery/step.h"

namespace postrider::delivery {

struct QuotaOptions {
    // With none, that of the maildirsize file, if there is one.
    QuotaLimit limit;
    bool use_file = false;    // maildirsize; otherwise the messages are counted each time
    bool inbox_only = false;  // folders do not count; always counted, since others account for all folders
    std::string uncounted;    // name of a folder that does not count: ".Trash"
    std::string status = "4.2.2";
    std::string text;  // of the answer when there is no room
};

// The quota at one delivery.  Works with the rights of the thread, which are the mailbox owner's.
class MaildirQuota {
  public:
    // `maildir` ends in '/'; it may be a folder of another Maildir.
    MaildirQuota(std::string maildir, QuotaOptions options);
    // Whether a message of this size finds room.  To be asked when the Maildir's directories are there.
    bool admits(std::int64_t size);
    // A message of this size is in the Maildir now.
    void add(std::int64_t size) const;
    StepResult refusal() const;

  private:
    bool find_root();
    QuotaUsage count_anew(const QuotaLimit& limit) const;

    std::string maildir_;
    std::string root_;  // the Maildir that the folder belongs to, itself when it is none
    QuotaOptions options_;
    bool exempt_ = false;
};

}  // namespace postrider::delivery

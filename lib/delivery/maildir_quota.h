// lib/delivery/maildir_quota.h - how much a Maildir may hold, kept account of as Maildir++ does.
//
// The account is the file maildirsize of the Maildir: a line with the limit, then lines with bytes and
// messages that came or went; its sum is what is there.  Nobody locks it: who adds a message appends a line,
// and who finds it too long, malformed or of another limit counts anew.  Its owner may write whatever he
// likes into it, so it is read as what a stranger says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lib/delivery/step.h"

namespace postrider::delivery {

// 0: no limit.
struct QuotaLimit {
    std::int64_t bytes = 0;
    std::int64_t messages = 0;
    bool none() const { return bytes == 0 && messages == 0; }
    bool operator==(const QuotaLimit&) const = default;
};

// "1000000S,500C", in any order, each once; a bare number is bytes.
std::optional<QuotaLimit> parse_quota_limit(std::string_view text);
std::string quota_limit_text(const QuotaLimit& limit);
// The size that a Maildir++ writer put into the name of a message: "...,S=1234:2,S".
std::optional<std::int64_t> size_in_name(std::string_view name);

// What is in a Maildir, or in an account of it.
struct QuotaUsage {
    std::int64_t bytes = 0;
    std::int64_t messages = 0;
    // False when the sums would overflow.
    bool add(std::int64_t more_bytes, std::int64_t more_messages);
    bool leaves_room(std::int64_t size, const QuotaLimit& limit) const;
};

// The content of a maildirsize file; nothing when it must not be believed.
struct QuotaAccount {
    QuotaLimit limit;
    QuotaUsage usage;
    int lines = 0;  // behind that of the limit
};
std::optional<QuotaAccount> parse_quota_account(std::string_view text);

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

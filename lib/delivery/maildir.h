// lib/delivery/maildir.h - delivering a message into a Maildir, in a child with the user's rights.
#pragma once

#include <sys/types.h>

#include <string>

#include "lib/delivery/maildir_quota.h"
#include "lib/delivery/message_copy.h"
#include "lib/delivery/step.h"

namespace postrider::delivery {

// The file name of a delivered message: TIME.VdevIinodeMusec.host.
std::string maildir_name(std::int64_t microseconds, dev_t device, ino_t inode, std::string_view host);

// Writes into tmp/, syncs, links into new/.  Missing directories are made, with mode 0700.  `path` ends in
// '/'. `size_limit`: of the message, 0: none.
// `trouble_status`: of failures that are not about space.  `quota`: what the Maildir may hold, if anything
// but the disk limits that.
StepResult deliver_to_maildir(const std::string& path, const std::string& host, std::int64_t size_limit,
                              int queue_file, std::int64_t data_offset, const CopyOptions& copy,
                              const std::string& trouble_status = "5.2.0", MaildirQuota* quota = nullptr);

}  // namespace postrider::delivery

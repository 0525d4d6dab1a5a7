// pickup/message.h - one file of maildrop on its way to cleanup(8).
#pragma once

#include <sys/stat.h>

#include <string>

#include "lib/async/loop.h"
#include "lib/base/fd.h"
#include "lib/config/settings.h"
#include "lib/queue/cleanup_client.h"

namespace postrider::pickup {

enum class Origin {
    user,      // sendmail(1) of some user
    requeued,  // postsuper -r: mail that has been through cleanup before
};

struct DroppedMessage {
    std::string id;  // of the file in maildrop
    Fd file;
    struct stat status {};
    Origin origin = Origin::user;
};

// What the configuration says about all messages.
struct MessageRules {
    uid_t owner = 0;       // mail_owner
    std::string hostname;  // of the Received: header
    std::string mail_name;
    std::string content_filter;  // "transport:nexthop" or ""
    std::string cleanup_service;
    int user_flags = 0;  // cleanup_flag for either origin
    int requeue_flags = 0;
    async::Duration time_limit{};
};
MessageRules message_rules(const Settings& settings);

// What becomes of the file.
enum class Verdict {
    queued,        // the message is in the queue: the file goes
    worthless,     // it has no recipients: the file goes
    corrupt,       // it is no message: set aside
    later,         // cleanup could not store it: stays
    cleanup_away,  // cleanup cannot be reached: stays
};

// Feeds one file to cleanup.  `message` and `rules` must outlive the task.
Task<Verdict> hand_to_cleanup(const DroppedMessage& message, const MessageRules& rules);

}  // namespace postrider::pickup

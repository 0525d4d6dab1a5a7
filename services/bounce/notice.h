// services/bounce/notice.h - the text of one delivery status notification.
//
// RFC 3462 multipart/report: words for people, RFC 3464 fields for programs, and the message or its headers.
// With SMTPUTF8 the types of RFC 6533.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lib/config/settings.h"
#include "lib/delivery/bounce_client.h"
#include "lib/delivery/bounce_template.h"
#include "lib/queue/bounce_log.h"
#include "services/bounce/original.h"

namespace postrider::bounce {

enum class Audience { sender, postmaster };

struct Notice {
    delivery::TemplateKind kind = delivery::TemplateKind::failure;
    Audience audience = Audience::sender;
    std::string to;  // internal form
    delivery::NotifyRequest about;
    std::vector<queue::LogEntry> recipients;
    std::int64_t now = 0;  // seconds
};

// A line, or a piece of one (the end of the line comes later).
struct Line {
    std::string text;
    bool whole = true;
};

// The message, line by line, without the Received: header.
std::vector<Line> notice_lines(const Notice& notice, const Original& original,
                               const delivery::BounceTemplates& templates, const Settings& settings);

}  // namespace postrider::bounce

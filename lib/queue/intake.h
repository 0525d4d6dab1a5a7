// lib/queue/intake.h - what cleanup(8) is asked to do with mail that comes in.
#pragma once

#include <string_view>

#include "lib/config/settings.h"

namespace postrider::queue {

// cleanup_flag bits for mail from outside, less what receive_override_options takes away.
int intake_flags(const Settings& settings);

// cleanup_flag bits for mail that the mail system itself writes; `mail_class` is a word of
// internal_mail_filter_classes.
int own_mail_flags(std::string_view mail_class, const Settings& settings);

// cleanup_flag::auto_utf8 when smtputf8_autodetect_classes lists the source of the mail ("sendmail", "smtpd",
// "qmqpd", "forward", "bounce", "notify", "verify"), else 0.
int automatic_utf8(std::string_view source, const Settings& settings);

}  // namespace postrider::queue

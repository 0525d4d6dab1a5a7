// lib/mail/intake_parameters.h - parameters of the programs that take mail in (smtpd, pickup, qmqpd).
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::mail {

inline const Parameter<std::string> content_filter{{
    .name = "content_filter",
    .summary = "transport:destination that all mail goes through before it is delivered",
}};
inline const Parameter<std::string> receive_override_options{{
    .name = "receive_override_options",
    .summary =
        "what is not done with mail that comes in here: no_unknown_recipient_checks, no_address_mappings, "
        "no_header_body_checks, no_milters",
}};
inline const Parameter<bool> cleanup_replace_stray_cr_lf{{
    .name = "cleanup_replace_stray_cr_lf",
    .default_text = "yes",
    .summary = "replace CR and LF inside lines by a space",
}};
inline const Parameter<std::string> internal_mail_filter_classes{{
    .name = "internal_mail_filter_classes",
    .summary = "mail of our own that checks and mail filters see: bounce, notify",
}};
inline const Parameter<bool> requiretls_esmtp_header{{
    .name = "requiretls_esmtp_header",
    .default_text = "yes",
    .summary = "carry a REQUIRETLS request through filters as header \"Require-TLS-ESMTP: yes\"",
}};

}  // namespace postrider::mail

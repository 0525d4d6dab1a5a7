// lib/milter/parameters.h - the main.cf parameters of mail filters, wherever mail comes in.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::milter {

inline const Parameter<Seconds> milter_connect_timeout{{
    .name = "milter_connect_timeout",
    .default_text = "30s",
    .least = Seconds(1),
    .summary = "time limit for connecting to a mail filter and agreeing with it on options",
}};
inline const Parameter<Seconds> milter_command_timeout{{
    .name = "milter_command_timeout",
    .default_text = "30s",
    .least = Seconds(1),
    .summary = "time limit for a mail filter's answer to an SMTP command",
}};
inline const Parameter<Seconds> milter_content_timeout{{
    .name = "milter_content_timeout",
    .default_text = "300s",
    .least = Seconds(1),
    .summary = "time limit for a mail filter's answer to a piece of a message",
}};
inline const Parameter<std::string> milter_protocol{{
    .name = "milter_protocol",
    .default_text = "6",
    .least = 1,
    .summary = "version of the protocol offered to mail filters, and options of it",
}};
inline const Parameter<std::string> milter_default_action{{
    .name = "milter_default_action",
    .default_text = "shutdown",
    .least = 1,
    .summary = "what happens when a mail filter does not work",
}};
inline const Parameter<std::string> milter_connect_macros{{
    .name = "milter_connect_macros",
    .default_text = "j {daemon_name} {daemon_addr} v _",
    .summary = "macros sent to mail filters when a client connects",
}};
inline const Parameter<std::string> milter_helo_macros{{
    .name = "milter_helo_macros",
    .default_text = "{tls_version} {cipher} {cipher_bits} {cert_subject} {cert_issuer}",
    .summary = "macros sent to mail filters at HELO or EHLO",
}};
inline const Parameter<std::string> milter_mail_macros{{
    .name = "milter_mail_macros",
    .default_text = "i {auth_type} {auth_authen} {auth_author} {mail_addr} {mail_host} {mail_mailer}",
    .summary = "macros sent to mail filters at MAIL FROM",
}};
inline const Parameter<std::string> milter_rcpt_macros{{
    .name = "milter_rcpt_macros",
    .default_text = "i {rcpt_addr} {rcpt_host} {rcpt_mailer}",
    .summary = "macros sent to mail filters at RCPT TO",
}};
inline const Parameter<std::string> milter_data_macros{{
    .name = "milter_data_macros",
    .default_text = "i",
    .summary = "macros sent to mail filters at DATA",
}};
inline const Parameter<std::string> milter_end_of_header_macros{{
    .name = "milter_end_of_header_macros",
    .default_text = "i",
    .summary = "macros sent to mail filters with headers and at their end",
}};
inline const Parameter<std::string> milter_end_of_data_macros{{
    .name = "milter_end_of_data_macros",
    .default_text = "i",
    .summary = "macros sent to mail filters with the body and at the end of a message",
}};
inline const Parameter<std::string> milter_unknown_command_macros{{
    .name = "milter_unknown_command_macros",
    .summary = "macros sent to mail filters with an unknown command",
}};
inline const Parameter<std::string> milter_macro_daemon_name{{
    .name = "milter_macro_daemon_name",
    .default_text = "$myhostname",
    .least = 1,
    .summary = "value of the macro {daemon_name}",
}};
inline const Parameter<std::string> milter_macro_v{{
    .name = "milter_macro_v",
    .default_text = "$mail_name $mail_version",
    .least = 1,
    .summary = "value of the macro v",
}};
inline const Parameter<std::string> milter_macro_defaults{{
    .name = "milter_macro_defaults",
    .summary = "name=value of macros that have no value of their own",
}};

}  // namespace postrider::milter

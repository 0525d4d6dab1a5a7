// cleanup/parameters.h - the main.cf parameters that only cleanup(8) obeys.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::cleanup {

inline const Parameter<Seconds> in_flow_delay{{
    .name = "in_flow_delay",
    .default_text = "1s",
    .least = Seconds(0),
    .most = Seconds(10),
    .summary = "pause before a message is taken while mail comes in faster than qmgr(8) takes it",
}};
inline const Parameter<bool> always_add_missing_headers{{
    .name = "always_add_missing_headers",
    .default_text = "no",
    .summary = "add missing headers to mail from outside too",
}};
inline const Parameter<std::string> always_bcc{{
    .name = "always_bcc",
    .summary = "address that gets a copy of all mail",
}};
inline const Parameter<std::string> body_checks{{
    .name = "body_checks",
    .summary = "tables asked about each line of a body",
}};
inline const Parameter<int> body_checks_size_limit{{
    .name = "body_checks_size_limit",
    .default_text = "51200",
    .least = 0,
    .summary = "bytes of each body part shown to body_checks; 0: all",
}};
inline const Parameter<std::string> canonical_classes{{
    .name = "canonical_classes",
    .default_text = "envelope_sender, envelope_recipient, header_sender, header_recipient",
    .least = 1,
    .summary = "addresses that canonical_maps rewrite",
}};
inline const Parameter<bool> detect_8bit_encoding_header{{
    .name = "detect_8bit_encoding_header",
    .default_text = "yes",
    .summary = "believe a Content-Transfer-Encoding header that says 8bit",
}};
inline const Parameter<bool> force_mime_input_conversion{{
    .name = "force_mime_input_conversion",
    .default_text = "no",
    .summary = "convert 8-bit parts to quoted-printable as mail arrives",
}};
inline const Parameter<std::string> full_name_encoding_charset{{
    .name = "full_name_encoding_charset",
    .default_text = "utf-8",
    .least = 1,
    .summary = "character set of full names beyond ASCII in From: headers",
}};
inline const Parameter<std::string> header_checks{{
    .name = "header_checks",
    .summary = "tables asked about each primary message header",
}};
inline const Parameter<int> hopcount_limit{{
    .name = "hopcount_limit",
    .default_text = "50",
    .least = 1,
    .summary = "Received: headers that make a message a looping one",
}};
inline const Parameter<std::string> masquerade_classes{{
    .name = "masquerade_classes",
    .default_text = "envelope_sender, header_sender, header_recipient",
    .summary = "addresses that masquerade_domains rewrite",
}};
inline const Parameter<std::string> masquerade_domains{{
    .name = "masquerade_domains",
    .summary = "domains whose subdomains are hidden behind them",
}};
inline const Parameter<std::string> masquerade_exceptions{{
    .name = "masquerade_exceptions",
    .summary = "users whose addresses are not masqueraded",
}};
inline const Parameter<std::string> message_reject_characters{{
    .name = "message_reject_characters",
    .summary = "characters that no message may hold (C escapes)",
}};
inline const Parameter<std::string> message_strip_characters{{
    .name = "message_strip_characters",
    .summary = "characters removed from messages (C escapes)",
}};
inline const Parameter<std::string> milter_header_checks{{
    .name = "milter_header_checks",
    .summary = "tables asked about each header that a mail filter adds or changes",
}};
inline const Parameter<std::string> mime_header_checks{{
    .name = "mime_header_checks",
    .default_text = "$header_checks",
    .summary = "tables asked about each header of a MIME part",
}};
inline const Parameter<std::string> nested_header_checks{{
    .name = "nested_header_checks",
    .default_text = "$header_checks",
    .summary = "tables asked about each header of an enclosed message",
}};
inline const Parameter<std::string> non_smtpd_milters{{
    .name = "non_smtpd_milters",
    .summary = "mail filters for mail that has not come by SMTP",
}};
inline const Parameter<std::string> non_empty_end_of_header_action{{
    .name = "non_empty_end_of_header_action",
    .default_text = "fix_quietly",
    .least = 1,
    .summary = "when text follows the header without an empty line: fix_quietly, add_header or reject",
}};
inline const Parameter<int> queue_file_attribute_count_limit{{
    .name = "queue_file_attribute_count_limit",
    .default_text = "100",
    .least = 1,
    .summary = "named attributes of one message",
}};
inline const Parameter<std::string> recipient_bcc_maps{{
    .name = "recipient_bcc_maps",
    .summary = "tables of addresses that get a copy, by recipient",
}};
inline const Parameter<std::string> recipient_canonical_classes{{
    .name = "recipient_canonical_classes",
    .default_text = "envelope_recipient, header_recipient",
    .least = 1,
    .summary = "addresses that recipient_canonical_maps rewrite",
}};
inline const Parameter<std::string> sender_bcc_maps{{
    .name = "sender_bcc_maps",
    .summary = "tables of addresses that get a copy, by sender",
}};
inline const Parameter<std::string> sender_canonical_classes{{
    .name = "sender_canonical_classes",
    .default_text = "envelope_sender, header_sender",
    .least = 1,
    .summary = "addresses that sender_canonical_maps rewrite",
}};
inline const Parameter<bool> tls_required_enable{{
    .name = "tls_required_enable",
    .default_text = "yes",
    .summary = "honour the header \"TLS-Required: no\"",
}};
inline const Parameter<std::string> undisclosed_recipients_header{{
    .name = "undisclosed_recipients_header",
    .summary = "header added to mail that names no recipient in its header",
}};
inline const Parameter<int> virtual_alias_address_length_limit{{
    .name = "virtual_alias_address_length_limit",
    .default_text = "1000",
    .least = 1,
    .summary = "characters of an address that virtual aliases may make",
}};
inline const Parameter<int> virtual_alias_expansion_limit{{
    .name = "virtual_alias_expansion_limit",
    .default_text = "1000",
    .least = 1,
    .summary = "recipients that virtual aliases may make of one",
}};
inline const Parameter<int> virtual_alias_recursion_limit{{
    .name = "virtual_alias_recursion_limit",
    .default_text = "1000",
    .least = 1,
    .summary = "virtual aliases followed one after the other",
}};

}  // namespace postrider::cleanup

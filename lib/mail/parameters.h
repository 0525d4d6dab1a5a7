// lib/mail/parameters.h - main.cf parameters about addresses and message content that several programs obey.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::mail {

inline const Parameter<bool> owner_request_special{{
    .name = "owner_request_special",
    .default_text = "yes",
    .summary = "never split owner-name and name-request when '-' is a recipient delimiter",
}};
inline const Parameter<std::string> propagate_unmatched_extensions{{
    .name = "propagate_unmatched_extensions",
    .default_text = "canonical, virtual",
    .summary = "tables whose results get the address extension that the lookup key did not have",
}};
inline const Parameter<bool> enable_original_recipient{{
    .name = "enable_original_recipient",
    .default_text = "yes",
    .summary = "keep and show the recipient address from before rewriting",
}};
inline const Parameter<std::string> sender_canonical_maps{{
    .name = "sender_canonical_maps",
    .summary = "tables that rewrite sender addresses",
}};
inline const Parameter<std::string> recipient_canonical_maps{{
    .name = "recipient_canonical_maps",
    .summary = "tables that rewrite recipient addresses",
}};
inline const Parameter<std::string> relocated_maps{{
    .name = "relocated_maps",
    .summary = "tables of users who have moved, and where to",
}};
inline const Parameter<bool> show_user_unknown_table_name{{
    .name = "show_user_unknown_table_name",
    .default_text = "yes",
    .summary = "name the table that does not know a recipient",
}};
inline const Parameter<std::string> remote_header_rewrite_domain{{
    .name = "remote_header_rewrite_domain",
    .summary = "domain for incomplete addresses in headers from outside; empty: leave those headers alone",
}};
inline const Parameter<std::string> header_from_format{{
    .name = "header_from_format",
    .default_text = "standard",
    .least = 1,
    .summary = "how From: headers made here look: standard or obsolete",
}};
inline const Parameter<std::string> message_drop_headers{{
    .name = "message_drop_headers",
    .default_text = "bcc, content-length, resent-bcc, return-path",
    .summary = "header fields taken out of the primary message header",
}};
inline const Parameter<int> duplicate_filter_limit{{
    .name = "duplicate_filter_limit",
    .default_text = "1000",
    .least = 0,
    .summary = "recipients remembered to leave out duplicates; 0: no limit",
}};
inline const Parameter<config::Seconds> delay_warning_time{{
    .name = "delay_warning_time",
    .default_text = "0h",
    .least = config::Seconds(0),
    .summary = "how late mail is when its sender is warned; 0: never",
}};
inline const Parameter<int> header_address_token_limit{{
    .name = "header_address_token_limit",
    .default_text = "10240",
    .least = 1,
    .summary = "words and other tokens of one header address list; the rest is dropped",
}};
inline const Parameter<int> mime_nesting_limit{{
    .name = "mime_nesting_limit",
    .default_text = "100",
    .least = 1,
    .summary = "depth of multipart and enclosed messages that is still looked into",
}};
inline const Parameter<int> mime_boundary_length_limit{{
    .name = "mime_boundary_length_limit",
    .default_text = "2048",
    .least = 1,
    .summary = "characters of a MIME boundary that count",
}};
inline const Parameter<bool> disable_mime_input_processing{{
    .name = "disable_mime_input_processing",
    .default_text = "no",
    .summary = "take everything after the primary header as plain text when mail is received",
}};
inline const Parameter<bool> strict_7bit_headers{{
    .name = "strict_7bit_headers",
    .default_text = "no",
    .summary = "reject mail with 8-bit text in headers",
}};
inline const Parameter<bool> strict_8bitmime{{
    .name = "strict_8bitmime",
    .default_text = "no",
    .summary = "strict_7bit_headers and strict_8bitmime_body together",
}};
inline const Parameter<bool> strict_8bitmime_body{{
    .name = "strict_8bitmime_body",
    .default_text = "no",
    .summary = "reject mail with 8-bit text in parts that do not say so",
}};
inline const Parameter<bool> strict_mime_encoding_domain{{
    .name = "strict_mime_encoding_domain",
    .default_text = "no",
    .summary = "reject mail with encoded multipart or message parts",
}};

}  // namespace postrider::mail

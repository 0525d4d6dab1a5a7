// lib/mail/header.h - header fields: names, the ones this suite knows, folding.
//
// A logical header is "Name: value" with its continuation lines joined by LF, each starting with white space.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::mail {

// The length of the field name at the start of a line, when the line starts a header: printable characters,
// then perhaps white space, then a colon.  0: not a header.
std::size_t header_name_length(std::string_view line);
// Name and value of a logical header; the value keeps its line breaks, without the white space in front.
struct HeaderParts {
    std::string_view name;
    std::string_view value;
};
HeaderParts split_header(std::string_view header);

// Fields that some program of the suite treats in a way of its own.
enum class HeaderId {
    other,
    apparently_to,
    auto_submitted,
    bcc,
    cc,
    content_description,
    content_disposition,
    content_id,
    content_length,
    content_transfer_encoding,
    content_type,
    date,
    delivered_to,
    disposition_notification_to,
    errors_to,
    from,
    mail_followup_to,
    message_id,
    mime_version,
    received,
    reply_to,
    require_tls_esmtp,
    resent_bcc,
    resent_cc,
    resent_date,
    resent_from,
    resent_message_id,
    resent_reply_to,
    resent_sender,
    resent_to,
    return_path,
    return_receipt_to,
    sender,
    subject,
    tls_required,
    to,
};

enum class AddressRole { none, sender, recipient };

struct HeaderInfo {
    std::string_view name;
    HeaderId id = HeaderId::other;
    AddressRole role = AddressRole::none;  // whose addresses its value holds
    // `sendmail -t` takes recipients from it, and drops it when it is Bcc.
    bool names_recipients = false;
    bool resent = false;
    bool mime = false;  // describes the body part: Content-*
};
// Looked up by name in any case; a field that is not known has id `other`.
const HeaderInfo& header_info(std::string_view name);

// Pieces of an address list put on lines shorter than 70 characters, as Postfix breaks them: joined with a
// space, or LF and TAB.  `start`: "To: ".
std::string fold_pieces(std::string_view start, const std::vector<std::string>& pieces);
// Line breaks and the white space after them as one space.
std::string unfold(std::string_view value);
// Every line of a logical header but the first starts with white space: adds TABs where it does not.
std::string with_continuation_tabs(std::string_view header);

// A display name for From:, RFC 2047 encoded when it is not ASCII, otherwise a phrase.  `charset`: "utf-8".
std::string encode_display_name(std::string_view name, std::string_view charset);
// As comment text, for the obsolete form `address (comment)`; without the parentheses.
std::string encode_comment(std::string_view text, std::string_view charset);

}  // namespace postrider::mail

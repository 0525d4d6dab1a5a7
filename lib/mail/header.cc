// lib/mail/header.cc - header fields.
#include "lib/mail/header.h"

#include <fmt/core.h>

#include <algorithm>

#include "lib/base/text.h"
#include "lib/mail/rfc822.h"

namespace postrider::mail {

namespace {

constexpr HeaderInfo plain(std::string_view name, HeaderId id) {
    return {name, id};
}
constexpr HeaderInfo sender_field(std::string_view name, HeaderId id) {
    return {name, id, AddressRole::sender};
}
constexpr HeaderInfo recipient_field(std::string_view name, HeaderId id) {
    return {name, id, AddressRole::recipient, true};
}
constexpr HeaderInfo resent(HeaderInfo info) {
    info.resent = true;
    return info;
}
constexpr HeaderInfo mime_field(std::string_view name, HeaderId id) {
    HeaderInfo info{name, id};
    info.mime = true;
    return info;
}

// Sorted by name, lower case.
constexpr HeaderInfo known_headers[] = {
    // Compat: rewritten as a recipient; `sendmail -t` takes none from it.
    {"apparently-to", HeaderId::apparently_to, AddressRole::recipient},
    plain("auto-submitted", HeaderId::auto_submitted),
    recipient_field("bcc", HeaderId::bcc),
    recipient_field("cc", HeaderId::cc),
    mime_field("content-description", HeaderId::content_description),
    mime_field("content-disposition", HeaderId::content_disposition),
    mime_field("content-id", HeaderId::content_id),
    plain("content-length", HeaderId::content_length),
    mime_field("content-transfer-encoding", HeaderId::content_transfer_encoding),
    mime_field("content-type", HeaderId::content_type),
    plain("date", HeaderId::date),
    plain("delivered-to", HeaderId::delivered_to),
    sender_field("disposition-notification-to", HeaderId::disposition_notification_to),
    sender_field("errors-to", HeaderId::errors_to),
    sender_field("from", HeaderId::from),
    sender_field("mail-followup-to", HeaderId::mail_followup_to),
    plain("message-id", HeaderId::message_id),
    mime_field("mime-version", HeaderId::mime_version),
    plain("received", HeaderId::received),
    sender_field("reply-to", HeaderId::reply_to),
    plain("require-tls-esmtp", HeaderId::require_tls_esmtp),
    resent(recipient_field("resent-bcc", HeaderId::resent_bcc)),
    resent(recipient_field("resent-cc", HeaderId::resent_cc)),
    resent(plain("resent-date", HeaderId::resent_date)),
    resent(sender_field("resent-from", HeaderId::resent_from)),
    resent(plain("resent-message-id", HeaderId::resent_message_id)),
    // Compat: Postfix rewrites it as a recipient, but takes no recipient from it.
    resent({"resent-reply-to", HeaderId::resent_reply_to, AddressRole::recipient}),
    resent(sender_field("resent-sender", HeaderId::resent_sender)),
    resent(recipient_field("resent-to", HeaderId::resent_to)),
    sender_field("return-path", HeaderId::return_path),
    sender_field("return-receipt-to", HeaderId::return_receipt_to),
    sender_field("sender", HeaderId::sender),
    plain("subject", HeaderId::subject),
    plain("tls-required", HeaderId::tls_required),
    recipient_field("to", HeaderId::to),
};
constexpr HeaderInfo unknown_header{};

// Compat: a continued list breaks before it reaches this many characters.
constexpr std::size_t folded_line_limit = 70;

std::string quoted_printable_word(std::string_view text, std::string_view charset) {
    std::string out = fmt::format("=?{}?Q?", charset);
    for (char c : text) {
        if (c == ' ')
            out += '_';
        else if (is_alnum(c) || c == '-' || c == '!' || c == '*' || c == '+' || c == '/')
            out += c;
        else
            out += fmt::format("={:02X}", static_cast<unsigned char>(c));
    }
    return out + "?=";
}

// RFC 2047 2: an encoded word is at most 75 characters; characters are not divided.
std::string encoded_words(std::string_view text, std::string_view charset) {
    constexpr std::size_t bytes_a_word = 18;  // 3 each, and room for the charset's name
    std::string out;
    while (!text.empty()) {
        std::size_t length = std::min(bytes_a_word, text.size());
        while (length < text.size() && length > 1 &&
               (static_cast<unsigned char>(text[length]) & 0xc0) == 0x80)
            --length;
        if (!out.empty()) out += ' ';
        out += quoted_printable_word(text.substr(0, length), charset);
        text.remove_prefix(length);
    }
    return out;
}

}  // namespace

std::size_t header_name_length(std::string_view line) {
    std::size_t length = 0;
    while (length < line.size() && line[length] > ' ' && line[length] != 0x7f && line[length] != ':')
        ++length;
    std::size_t colon = length;
    while (colon < line.size() && (line[colon] == ' ' || line[colon] == '\t')) ++colon;
    return colon < line.size() && line[colon] == ':' ? length : 0;
}

HeaderParts split_header(std::string_view header) {
    const std::size_t length = header_name_length(header);
    const std::size_t colon = header.find(':', length);
    if (length == 0 || colon == std::string_view::npos) return {header.substr(0, 0), header};
    std::string_view value = header.substr(colon + 1);
    return {header.substr(0, length), trim_left(value)};
}

const HeaderInfo& header_info(std::string_view name) {
    const std::string key = lower(name);
    const auto* const end = std::end(known_headers);
    const auto* const found = std::lower_bound(
        std::begin(known_headers), end, key,
        [](const HeaderInfo& info, const std::string& wanted) { return info.name < wanted; });
    return found != end && found->name == key ? *found : unknown_header;
}

std::string fold_pieces(std::string_view start, const std::vector<std::string>& pieces) {
    std::string out(start);
    std::size_t line_length = start.size();
    bool first = true;
    for (const std::string& piece : pieces) {
        if (first) {
            line_length += piece.size();
        } else if (line_length + 1 + piece.size() < folded_line_limit) {
            out += ' ';
            line_length += 1 + piece.size();
        } else {
            out += piece.empty() ? "\n" : "\n\t";
            line_length = piece.size();
        }
        out += piece;
        first = false;
    }
    return out;
}

std::string unfold(std::string_view value) {
    std::string out;
    for (std::string_view line : split(value, '\n')) {
        if (!out.empty()) {
            line = trim_left(line);
            if (!line.empty()) out += ' ';
        }
        out += line;
    }
    return out;
}

std::string with_continuation_tabs(std::string_view header) {
    std::string out;
    bool first = true;
    for (std::string_view line : split(header, '\n')) {
        if (!first) {
            out += '\n';
            if (line.empty() || (line.front() != ' ' && line.front() != '\t')) out += '\t';
        }
        out += line;
        first = false;
    }
    return out;
}

std::string encode_display_name(std::string_view name, std::string_view charset) {
    return is_ascii(name) ? quote_phrase(name) : encoded_words(name, charset);
}

std::string encode_comment(std::string_view text, std::string_view charset) {
    if (!is_ascii(text)) return encoded_words(text, charset);
    std::string out;
    for (char c : text) {
        if (c == '(' || c == ')' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

}  // namespace postrider::mail

// lib/mail/mime.cc - the structure of a message, line by line.
#include "lib/mail/mime.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "lib/base/text.h"
#include "lib/mail/header.h"
#include "lib/mail/rfc822.h"

namespace postrider::mail {

namespace {

constexpr std::size_t encoded_line_limit = 76;  // RFC 2045 6.7 (5)
constexpr std::size_t extract_limit = 100;

// A parameter of a Content-Type value, its quotes undone.
std::string parameter_of(std::string_view value, std::string_view name) {
    // MIME tokens may hold what ends an RFC 5322 atom ("." for one); so take the raw text up to `;` or space.
    for (std::size_t at = value.find(';'); at != std::string_view::npos;) {
        std::string_view rest = trim_left(value.substr(at + 1));
        const std::size_t equals = rest.find('=');
        if (equals == std::string_view::npos) return "";
        const bool wanted = equals_ignoring_case(trim(rest.substr(0, equals)), name);
        std::string_view text = trim_left(rest.substr(equals + 1));
        std::size_t length = 0;
        std::string found;
        if (!text.empty() && text.front() == '"') {
            length = 1;
            while (length < text.size() && text[length] != '"') length += text[length] == '\\' ? 2 : 1;
            length = std::min(length, text.size());
            found = unquote(text.substr(1, length - 1));
        } else {
            length = std::min(text.find_first_of("; \t\r\n"), text.size());
            found = text.substr(0, length);
        }
        if (wanted) return found;
        value = text.substr(std::min(length, text.size()));
        at = value.find(';');
    }
    return "";
}

// Comments may stand anywhere in a structured value, RFC 2045 5.1.
std::string without_comments(std::string_view value) {
    std::string out;
    int depth = 0;
    bool quoted = false;
    for (std::size_t at = 0; at < value.size(); ++at) {
        const char c = value[at];
        if (c == '\\' && at + 1 < value.size()) {
            if (depth == 0) out.append(value.substr(at, 2));
            ++at;
        } else if (!quoted && c == '(') {
            ++depth;
        } else if (!quoted && c == ')' && depth > 0) {
            --depth;
        } else if (depth == 0) {
            if (c == '"') quoted = !quoted;
            out += c;
        }
    }
    return out;
}

bool is_continuation(std::string_view line) {
    return !line.empty() && (line.front() == ' ' || line.front() == '\t');
}

}  // namespace

std::string_view mime_flaw_text(MimeFlaw flaw) {
    switch (flaw) {
        case MimeFlaw::none:
            return "";
        case MimeFlaw::nesting:
            return "MIME nesting exceeds safety limit";
        case MimeFlaw::eightbit_in_header:
            return "improper use of 8-bit data in message header";
        case MimeFlaw::eightbit_in_7bit_body:
            return "improper use of 8-bit data in message body";
        case MimeFlaw::encoding_domain:
            return "invalid message/* or multipart/* encoding domain";
        case MimeFlaw::text_after_header:
            return "message header is not followed by an empty line";
    }
    return "";
}

MimeParser::MimeParser(const MimeOptions& options) : options_(options) {
    watched_ = options_.report_8bit_in_7bit_body;
}

std::string_view MimeParser::keep(std::string text) {
    kept_.push_back(std::move(text));
    return kept_.back();
}

const std::vector<MimeEvent>& MimeParser::feed(std::string_view line, bool line_ends) {
    events_.clear();
    kept_.clear();
    if (state_ == State::header)
        header_line(line, line_ends);
    else
        body_line(line, line_ends);
    line_open_ = !line_ends;
    return events_;
}

const std::vector<MimeEvent>& MimeParser::finish() {
    events_.clear();
    kept_.clear();
    if (state_ == State::header) {
        emit_header();
        end_header_block("");
    } else if (!encoded_line_.empty()) {
        flush_soft_line(true);
    }
    return events_;
}

void MimeParser::header_line(std::string_view line, bool line_ends) {
    if (line_open_) {  // the rest of a long line
        if (!skip_rest_)
            header_.append(line.substr(
                0, options_.header_size_limit - std::min(header_.size(), options_.header_size_limit)));
        return;
    }
    if (has_header_ && is_continuation(line)) {
        if (skip_rest_) return;
        const std::size_t room =
            options_.header_size_limit - std::min(header_.size(), options_.header_size_limit);
        if (room > 0) header_.append("\n").append(line.substr(0, room - 1));
        skip_rest_ = room <= line.size();
        return;
    }
    emit_header();
    skip_rest_ = false;
    if (const std::size_t name = header_name_length(line); name > 0) {
        // Compat: white space between name and colon is taken out.
        const std::size_t colon = line.find(':', name);
        header_ = line.substr(0, name);
        header_ +=
            line.substr(colon, options_.header_size_limit - std::min(name, options_.header_size_limit));
        has_header_ = true;
        return;
    }
    // Compat: text directly after the primary header gets an empty line in between; part headers are left.
    const bool fix = !line.empty() && header_class_ == HeaderClass::primary;
    if (fix) emit_flaw(MimeFlaw::text_after_header, line);
    end_header_block(line);
    if (line.empty()) {
        emit_body(line, line_ends);
        return;
    }
    if (fix) emit_body("", true);
    body_line(line, line_ends);
}

void MimeParser::emit_header() {
    if (!has_header_) return;
    has_header_ = false;
    note_mime_header(header_);
    if (options_.report_8bit_in_header && !is_ascii(header_))
        emit_flaw(MimeFlaw::eightbit_in_header, header_);
    const bool replaced = options_.to_7bit && domain_ != Domain::seven_bit && !encoded_ &&
                          header_info(split_header(header_).name).id == HeaderId::content_transfer_encoding;
    if (!replaced) {
        MimeEvent event;
        event.kind = MimeEvent::Kind::header;
        event.header_class = header_class_;
        event.text = keep(std::move(header_));
        events_.push_back(event);
    }
    header_.clear();
}

void MimeParser::note_mime_header(std::string_view header) {
    if (!options_.parse_body && !options_.to_7bit) return;
    const HeaderParts parts = split_header(header);
    // Quick refusal: only Content-Type and Content-Transfer-Encoding matter here.
    if (parts.name.empty() || to_lower(parts.name.front()) != 'c') return;
    const HeaderId id = header_info(parts.name).id;
    if (id == HeaderId::content_type)
        note_content_type(without_comments(unfold(parts.value)));
    else if (id == HeaderId::content_transfer_encoding)
        note_encoding(without_comments(unfold(parts.value)));
}

void MimeParser::note_content_type(std::string_view value) {
    const std::string type = lower(trim(value.substr(0, value.find(';'))));
    const std::size_t slash = std::min(type.find('/'), type.size());
    const std::string major(trim(std::string_view(type).substr(0, slash)));
    const std::string minor(slash < type.size() ? trim(std::string_view(type).substr(slash + 1)) : "");
    // Compat: of several Content-Type: headers the first one counts.
    if (std::exchange(type_seen_, true)) return;
    boundary_.clear();
    digest_ = false;
    is_partial_ = false;
    if (major == "multipart") {
        media_ = Media::multipart;
        digest_ = minor == "digest";
        boundary_ = parameter_of(value, "boundary").substr(0, options_.boundary_length_limit);
    } else if (major == "message") {
        // partial and external-body hold no complete message with a structure of its own.
        media_ = minor == "rfc822" || minor == "global" ? Media::message : Media::message_opaque;
        is_partial_ = minor == "partial" || minor == "external-body";
    } else {
        media_ = major == "text" ? Media::text : Media::other;
    }
}

void MimeParser::note_encoding(std::string_view value) {
    const std::string name = lower(trim(value));
    encoding_seen_ = true;
    encoding_ = trim(value);
    encoded_ = name == "base64" || name == "quoted-printable";
    if (name == "8bit")
        domain_ = Domain::eight_bit;
    else if (name == "binary")
        domain_ = Domain::binary;
    else
        domain_ = Domain::seven_bit;
}

void MimeParser::emit_encoding_header() {
    const bool composite =
        media_ == Media::multipart || media_ == Media::message || media_ == Media::message_opaque;
    MimeEvent event;
    event.kind = MimeEvent::Kind::header;
    event.header_class = header_class_;
    event.text =
        composite ? "Content-Transfer-Encoding: 7bit" : "Content-Transfer-Encoding: quoted-printable";
    events_.push_back(event);
}

void MimeParser::end_header_block(std::string_view line) {
    const bool composite =
        media_ == Media::multipart || media_ == Media::message || media_ == Media::message_opaque;
    // RFC 2046 5.2.2 and 5.2.3: partial and external-body are 7bit.
    const bool wrong = encoded_ || (is_partial_ && domain_ != Domain::seven_bit);
    if (options_.report_encoding_domain && composite && wrong)
        emit_flaw(MimeFlaw::encoding_domain, encoding_);
    if (convert_body() && encoding_seen_) emit_encoding_header();
    MimeEvent event;
    event.kind = MimeEvent::Kind::end_of_headers;
    event.header_class = header_class_;
    events_.push_back(event);
    state_ = State::body;
    if (!options_.parse_body) return;
    const bool too_deep = static_cast<int>(stack_.size()) >= options_.nesting_limit;
    if (media_ == Media::multipart && !boundary_.empty()) {
        if (too_deep) {
            if (options_.report_nesting) emit_flaw(MimeFlaw::nesting, boundary_);
            return;
        }
        stack_.push_back({std::move(boundary_), digest_});
        boundary_.clear();
    } else if (media_ == Media::message && line.empty()) {
        if (too_deep) {
            if (options_.report_nesting) emit_flaw(MimeFlaw::nesting, "message/rfc822");
            return;
        }
        // A level without a boundary: the enclosed message ends where a level above it does.
        stack_.push_back({});
        header_class_ = HeaderClass::nested;
        reset_part(false);
        state_ = State::header;
    }
}

void MimeParser::reset_part(bool digest) {
    media_ = digest ? Media::message : Media::text;
    domain_ = Domain::seven_bit;
    encoded_ = false;
    encoding_seen_ = false;
    type_seen_ = false;
    encoding_.clear();
    is_partial_ = false;
    boundary_.clear();
    digest_ = false;
}

bool MimeParser::boundary_line(std::string_view line) {
    if (stack_.empty() || line.size() < 3 || line[0] != '-' || line[1] != '-') return false;
    const std::string_view rest = line.substr(2);
    for (std::size_t level = stack_.size(); level-- > 0;) {
        const std::string& boundary = stack_[level].boundary;
        if (boundary.empty() || rest.substr(0, boundary.size()) != boundary) continue;
        const bool last = rest.substr(boundary.size(), 2) == "--";
        if (!encoded_line_.empty()) flush_soft_line(true);
        const bool digest = stack_[level].digest;
        stack_.resize(last ? level : level + 1);
        reset_part(!last && digest);
        header_class_ = HeaderClass::mime;
        state_ = last ? State::body : State::header;
        return true;
    }
    return false;
}

void MimeParser::body_line(std::string_view line, bool line_ends) {
    if (!line_open_ && boundary_line(line)) {
        MimeEvent event;
        event.text = line;
        event.line_ends = line_ends;
        events_.push_back(event);
        return;
    }
    if (watched_ && !eightbit_reported_ && domain_ == Domain::seven_bit && !is_ascii(line)) {
        eightbit_reported_ = true;
        emit_flaw(MimeFlaw::eightbit_in_7bit_body, line);
    }
    emit_body(line, line_ends);
}

void MimeParser::emit_body(std::string_view text, bool line_ends) {
    const bool composite = media_ == Media::multipart || media_ == Media::message;
    if (convert_body() && !composite) {
        emit_converted(text, line_ends);
        return;
    }
    MimeEvent event;
    event.text = text;
    event.line_ends = line_ends;
    events_.push_back(event);
}

// RFC 2045 6.7: lines of at most 76 characters, white space at a line's end encoded.
void MimeParser::emit_converted(std::string_view text, bool line_ends) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool last = line_ends && at + 1 == text.size();
        const bool plain = (c > ' ' && c != '=' && c != 0x7f && c > 0) || ((c == ' ' || c == '\t') && !last);
        if (encoded_line_.size() + (plain ? 1 : 3) > encoded_line_limit - 1) {
            encoded_line_ += '=';
            flush_soft_line(true);
        }
        if (plain)
            encoded_line_ += c;
        else
            encoded_line_ += fmt::format("={:02X}", static_cast<unsigned char>(c));
    }
    if (line_ends) flush_soft_line(true);
}

void MimeParser::flush_soft_line(bool line_ends) {
    MimeEvent event;
    event.text = keep(std::move(encoded_line_));
    event.line_ends = line_ends;
    events_.push_back(event);
    encoded_line_.clear();
}

void MimeParser::emit_flaw(MimeFlaw flaw, std::string_view text) {
    MimeEvent event;
    event.kind = MimeEvent::Kind::flaw;
    event.flaw = flaw;
    event.header_class = header_class_;
    event.text = keep(std::string(text.substr(0, extract_limit)));
    events_.push_back(event);
}

}  // namespace postrider::mail

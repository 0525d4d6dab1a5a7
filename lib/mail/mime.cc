// lib/mail/mime.cc - the structure of a message, line by line.
#include "lib/mail/mime.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "lib/base/text.h"
#include "lib/mail/header.h"

namespace postrider::mail {

namespace {

constexpr std::size_t encoded_line_limit = 72;  // Compat: one more byte goes out; RFC 2045 6.7 (5) allows 76
constexpr std::size_t extract_limit = 100;

// The words and specials of a structured value, RFC 2045 5.1: what a part of it up to `;` begins with.
struct ValueToken {
    char kind = word;  // word, quoted, or the special itself
    std::string text;

    static constexpr char word = 'w', quoted = 'q';
    bool is_word(std::string_view wanted) const { return kind == word && equals_ignoring_case(text, wanted); }
};

bool is_value_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// RFC 2045 5.1 and RFC 5322 3.2.3: a value of Content-Type is made of the former.
constexpr std::string_view mime_specials = "()<>@,;:\\\"/[]?=";
constexpr std::string_view mail_specials = "()<>@,;:\\\".[]";

bool is_special(char c, std::string_view specials) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f || specials.find(c) != std::string_view::npos;
}

// Comments nest.  `at` is behind the opening parenthesis, and behind the closing one afterwards.
void skip_comment(std::string_view value, std::size_t& at) {
    for (int depth = 1; at < value.size();) {
        const char c = value[at++];
        if (c == '(') ++depth;
        if (c == ')' && --depth == 0) return;
        if (c == '\\' && at < value.size()) ++at;
    }
}

std::string read_quoted(std::string_view value, std::size_t& at) {
    std::string text;
    while (at < value.size()) {
        char c = value[at++];
        if (c == '"') break;
        if (c == '\n') {  // a fold
            while (!text.empty() && is_value_space(text.back())) text.pop_back();
            continue;
        }
        if (c == '\\') {
            if (at == value.size()) break;
            c = value[at++];
        }
        text += c;
    }
    return text;
}

// The first three tokens up to the next `;` or the end; nothing when there is not even an empty part left.
// Compat: Postfix looks no further, so that what follows a boundary's first word does not count.
std::optional<std::vector<ValueToken>> next_part(std::string_view value, std::size_t& at,
                                                 std::string_view specials = mime_specials) {
    constexpr std::size_t enough = 3;
    std::vector<ValueToken> tokens;
    while (at < value.size()) {
        const char c = value[at++];
        if (c == ';') return tokens;
        if (is_value_space(c)) continue;
        ValueToken token;
        if (c == '(') {
            skip_comment(value, at);
            continue;
        }
        if (c == '"') {
            token = {ValueToken::quoted, read_quoted(value, at)};
        } else if (is_special(c, specials)) {
            token = {c, std::string(1, c)};
        } else {
            const std::size_t start = at - 1;
            while (at < value.size() && !is_value_space(value[at]) && !is_special(value[at], specials)) ++at;
            token.text = value.substr(start, at - start);
        }
        if (tokens.size() < enough) tokens.push_back(std::move(token));
    }
    if (tokens.empty()) return std::nullopt;
    return tokens;
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

void MimeParser::add_to_header(std::string_view text) {
    // Compat: nothing of a header line counts behind a NUL.
    header_.append(text.substr(0, text.find('\0')));
}

void MimeParser::header_line(std::string_view line, bool line_ends) {
    // Compat: a line that begins within the limit counts as a whole.
    const bool is_full = header_.size() >= options_.header_size_limit;
    if (line_open_) {  // the rest of a long line
        if (!skip_rest_ && !is_full) add_to_header(line);
        return;
    }
    if (has_header_ && is_continuation(line)) {
        skip_rest_ = is_full;
        if (skip_rest_) return;
        add_to_header("\n");
        add_to_header(line);
        return;
    }
    emit_header();
    skip_rest_ = false;
    if (const std::size_t name = header_name_length(line); name > 0) {
        // Compat: white space between name and colon is taken out.
        add_to_header(line.substr(0, name));
        add_to_header(line.substr(line.find(':', name)));
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
    if (fix) {
        emit_body("", true);
        if (!events_.empty()) events_.back().added = true;
    }
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
        note_content_type(header, parts.value);
    else if (id == HeaderId::content_transfer_encoding)
        note_encoding(parts.value);
}

// Compat: a type that is neither text nor composite leaves the default of the part, which in a digest is
// message/rfc822.
void MimeParser::note_content_type(std::string_view header, std::string_view value) {
    std::size_t at = 0;
    const auto type = next_part(value, at);
    if (!type || type->empty()) {
        media_ = Media::other;
        return;
    }
    const auto has_subtype = [&](std::string_view name) {
        return type->size() >= 3 && (*type)[1].kind == '/' && (*type)[2].is_word(name);
    };
    const ValueToken& major = type->front();
    if (major.is_word("text")) {
        media_ = Media::text;
    } else if (major.is_word("message")) {
        // partial and external-body hold no complete message with a structure of its own.
        media_ = Media::message_opaque;
        is_partial_ = has_subtype("partial") || has_subtype("external-body");
        is_global_ = has_subtype("global");
        if (is_global_ || has_subtype("rfc822")) media_ = Media::message;
    } else if (major.is_word("multipart")) {
        media_ = Media::multipart;
        const bool digest = has_subtype("digest");
        // All boundaries count that a message names, one after the other or in several headers: whichever of
        // them a reader believes, the headers of its parts are seen.
        while (const auto part = next_part(value, at)) {
            if (part->size() < 3 || !part->front().is_word("boundary") || (*part)[1].kind != '=') continue;
            // Compat: the limit is of levels beyond the first.
            if (static_cast<int>(stack_.size()) > options_.nesting_limit + 1) {
                if (options_.report_nesting) emit_flaw(MimeFlaw::nesting, header);
            } else {
                stack_.push_back({(*part)[2].text.substr(0, options_.boundary_length_limit), digest});
            }
        }
    }
}

void MimeParser::note_encoding(std::string_view value) {
    struct Known {
        std::string_view name;
        Domain domain;
        bool encoded;
    };
    static constexpr Known known[] = {{"7bit", Domain::seven_bit, false},
                                      {"8bit", Domain::eight_bit, false},
                                      {"binary", Domain::binary, false},
                                      {"quoted-printable", Domain::seven_bit, true},
                                      {"base64", Domain::seven_bit, true}};
    encoding_seen_ = true;
    std::size_t at = 0;
    // Compat: a slash does not end a word here.
    const auto tokens = next_part(value, at, mail_specials);
    if (!tokens || tokens->empty()) return;
    for (const Known& one : known) {
        if (!tokens->front().is_word(one.name)) continue;
        domain_ = one.domain;
        encoded_ = one.encoded;
        encoding_ = one.name;
    }
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
    if (convert_body() && encoding_seen_) emit_encoding_header();
    MimeEvent event;
    event.kind = MimeEvent::Kind::end_of_headers;
    event.header_class = header_class_;
    events_.push_back(event);
    // RFC 2046 5.2.2 and 5.2.3: partial and external-body are 7bit.  RFC 6532 3.7: message/global may be
    // encoded.
    const bool composite = media_ == Media::multipart || (media_ == Media::message && !is_global_);
    const bool wrong = is_partial_ ? domain_ != Domain::seven_bit : composite && encoded_;
    if (options_.report_encoding_domain && wrong) emit_flaw(MimeFlaw::encoding_domain, encoding_);
    state_ = State::body;
    if (!options_.parse_body) return;
    if (media_ == Media::message && line.empty()) {
        // The enclosed message ends where a boundary around it comes: it is no level of its own.
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
    encoding_.clear();
    is_partial_ = false;
    is_global_ = false;
}

bool MimeParser::boundary_line(std::string_view line) {
    if (stack_.empty() || line.size() < 3 || line[0] != '-' || line[1] != '-') return false;
    const std::string_view rest = line.substr(2);
    for (std::size_t level = stack_.size(); level-- > 0;) {
        const std::string& boundary = stack_[level].boundary;
        if (rest.substr(0, boundary.size()) != boundary) continue;
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
        event.begins_part = state_ == State::body;
        events_.push_back(event);
        return;
    }
    // Compat: what claims to be encoded is not looked at.
    if (watched_ && domain_ == Domain::seven_bit && !encoded_ && !is_ascii(line))
        emit_flaw(MimeFlaw::eightbit_in_7bit_body, line);
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
        if (encoded_line_.size() > encoded_line_limit) {
            encoded_line_ += '=';
            flush_soft_line(true);
        }
        const char c = text[at];
        const bool last = line_ends && at + 1 == text.size();
        const bool plain = (c > ' ' && c != '=' && c != 0x7f && c > 0) || ((c == ' ' || c == '\t') && !last);
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

// Each kind once: a message has as many as it has lines.
void MimeParser::emit_flaw(MimeFlaw flaw, std::string_view text) {
    const unsigned bit = 1U << static_cast<unsigned>(flaw);
    if ((reported_ & bit) != 0) return;
    reported_ |= bit;
    if (flaw == MimeFlaw::eightbit_in_7bit_body) watched_ = false;
    MimeEvent event;
    event.kind = MimeEvent::Kind::flaw;
    event.flaw = flaw;
    event.header_class = header_class_;
    event.text = keep(std::string(text.substr(0, extract_limit)));
    events_.push_back(event);
}

}  // namespace postrider::mail

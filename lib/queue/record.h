// lib/queue/record.h - the records a queue file is made of: type byte, length, data.
//
// The length is base 128, least significant first, high bit: more follows.  A queue file is a plain sequence
// of records: envelope until `message`, content until `extracted`, then extracted information until `end`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace postrider::queue {

enum class RecordType : char {
    size = 'C',
    time = 'T',
    create_time = 'c',
    full_name = 'F',
    inspector = 'I',
    filter = 'L',     // in the envelope and the extracted segment
    long_text = 'L',  // in the content: a chunk without newline
    sender = 'S',
    recipient = 'R',
    done = 'D',
    original_recipient = 'O',
    cancelled = '/',
    warn_time = 'W',
    attribute = 'A',  // "name=value"
    killed = 'K',
    redirect = '>',
    flags = 'f',
    delay = 'd',
    milter_count = 'm',
    message = 'M',
    text = 'N',  // one line, newline implied
    padding = 'w',
    extracted = 'X',
    return_receipt = 'r',
    errors_to = 'e',
    priority = 'P',
    pointer = 'p',
    verp = 'V',
    dsn_ret = '<',
    dsn_envid = 'i',
    dsn_orcpt = 'o',
    dsn_notify = 'n',
    end = 'E',
};

struct Record {
    RecordType type{};
    std::string data;
    std::int64_t offset = 0;  // of the type byte in the file; 0 in a stream
};

// Appends the encoded record to `out`.
void append_record(std::string& out, RecordType type, std::string_view data);

// Parses the record at the start of `bytes`: its total length, 0 when more bytes are needed, -1 when broken.
long parse_record(std::string_view bytes, RecordType& type, std::string_view& data);

// An `A` record's text as name and value; nothing when it has no '=' or an empty name or value.
struct NamedAttribute {
    std::string_view name;
    std::string_view value;
};
std::optional<NamedAttribute> parse_named_attribute(std::string_view data);

}  // namespace postrider::queue

// services/bounce/original.cc - see original.h.
#include "services/bounce/original.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/header.h"
#include "lib/queue/record_reader.h"

namespace postrider::bounce {
namespace {

// Message-ID of a logical header, when it is the first of that name.  Compat: one that is folded or has
// anything beside the ID is left alone.
void note_header(Original& original, std::string_view id, const std::string& header, bool& seen) {
    if (header.empty() || seen) return;
    const mail::HeaderParts parts = mail::split_header(header);
    if (!equals_ignoring_case(parts.name, "message-id")) return;
    seen = true;
    const std::string_view value = trim(parts.value);
    const bool one_word = std::none_of(value.begin(), value.end(), is_space);
    if (value.size() > 2 && value.front() == '<' && value.back() == '>' && one_word &&
        header.find('\n') == std::string::npos)
        original.message_id = value;
    else
        log::warning("{}: ignoring malformed Message-ID", id);
}

bool is_text(queue::RecordType type) {
    return type == queue::RecordType::text || type == queue::RecordType::long_text;
}

// Reads the content's records; of the headers the one that threads are made of.
void read_content(Original& original, std::string_view id, int file, const queue::SizeRecord& size) {
    bool seen = false;
    queue::RecordReader reader(file, size.data_offset);
    queue::Record record;
    std::string header;
    bool in_headers = true;
    while (reader.next(record) == queue::RecordReader::Next::record) {
        if (record.type == queue::RecordType::extracted) break;
        if (!is_text(record.type)) continue;
        if (in_headers) {
            const bool continues = !record.data.empty() && (record.data[0] == ' ' || record.data[0] == '\t');
            if (continues)
                header += "\n" + record.data;
            else
                note_header(original, id, std::exchange(header, record.data), seen);
            if (record.data.empty()) {
                in_headers = false;
                if (original.headers_only) break;
            }
        }
        original.content.push_back(record);
    }
    if (in_headers) note_header(original, id, header, seen);
    original.unreadable = reader.read_errno() != 0;
}

}  // namespace

Original read_original(const queue::Spool& spool, queue::Queue queue, std::string_view id, bool headers_only,
                       std::int64_t size_limit) {
    Original original;
    const Fd file = spool.open(queue, id, O_RDWR | O_CLOEXEC);
    if (!file) {
        original.unreadable = errno != ENOENT;
        return original;
    }
    queue::EnvelopeReader reader(file.get());
    queue::Envelope envelope;
    const Result<void> read = reader.read(envelope, 1);
    if (!read || !envelope.size) {
        original.unreadable = reader.unreadable();
        original.corrupt = !original.unreadable;
        return original;
    }
    original.found = true;
    original.arrival = envelope.arrival_seconds;
    original.size = envelope.size->content_size;
    original.headers_only = headers_only || original.size > size_limit;
    read_content(original, id, file.get(), *envelope.size);
    return original;
}

}  // namespace postrider::bounce

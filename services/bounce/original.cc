// services/bounce/original.cc - see original.h.
#include "services/bounce/original.h"

#include <fcntl.h>

#include "lib/base/text.h"
#include "lib/mail/header.h"
#include "lib/queue/record_reader.h"

namespace postrider::bounce {
namespace {

// Message-ID and References of a logical header, when it is one of them.
void note_header(Original& original, const std::string& header, std::string& in_reply_to) {
    if (header.empty()) return;
    const mail::HeaderParts parts = mail::split_header(header);
    const std::string name = lower(parts.name);
    if (name == "message-id") original.message_id = trim(mail::unfold(parts.value));
    if (name == "references") original.references = trim(mail::unfold(parts.value));
    if (name == "in-reply-to") in_reply_to = trim(mail::unfold(parts.value));
}

bool is_text(queue::RecordType type) {
    return type == queue::RecordType::text || type == queue::RecordType::long_text;
}

// Reads the content's records; of the headers the ones that threads are made of.
void read_content(Original& original, int file, const queue::SizeRecord& size) {
    queue::RecordReader reader(file, size.data_offset);
    queue::Record record;
    std::string header;
    std::string in_reply_to;
    bool in_headers = true;
    while (reader.next(record) == queue::RecordReader::Next::record) {
        if (record.type == queue::RecordType::extracted) break;
        if (!is_text(record.type)) continue;
        if (in_headers) {
            const bool continues = !record.data.empty() && (record.data[0] == ' ' || record.data[0] == '\t');
            if (continues)
                header += "\n" + record.data;
            else
                note_header(original, std::exchange(header, record.data), in_reply_to);
            if (record.data.empty()) {
                in_headers = false;
                if (original.headers_only) break;
            }
        }
        original.content.push_back(record);
    }
    if (in_headers) note_header(original, header, in_reply_to);
    if (original.references.empty()) original.references = in_reply_to;
}

}  // namespace

Original read_original(const queue::Spool& spool, queue::Queue queue, std::string_view id, bool headers_only,
                       std::int64_t size_limit) {
    Original original;
    const Fd file = spool.open(queue, id, O_RDWR | O_CLOEXEC);
    if (!file) return original;
    queue::EnvelopeReader reader(file.get());
    queue::Envelope envelope;
    const Result<void> read = reader.read(envelope, 1);
    if (!read || !envelope.size) {
        original.corrupt = true;
        return original;
    }
    original.found = true;
    original.arrival = envelope.arrival_seconds;
    original.size = envelope.size->content_size;
    original.headers_only = headers_only || original.size > size_limit;
    read_content(original, file.get(), *envelope.size);
    return original;
}

}  // namespace postrider::bounce

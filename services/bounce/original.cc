// services/bounce/original.cc - see original.h.
#include "services/bounce/original.h"

#include <fcntl.h>

#include "lib/base/text.h"
#include "lib/mail/header.h"
#include "lib/queue/record_reader.h"

namespace postrider::bounce {
namespace {

// Message-ID of a logical header, when it is that.
void note_header(Original& original, const std::string& header) {
    if (header.empty()) return;
    const mail::HeaderParts parts = mail::split_header(header);
    const std::string name = lower(parts.name);
    if (name == "message-id") original.message_id = trim(mail::unfold(parts.value));
}

bool is_text(queue::RecordType type) {
    return type == queue::RecordType::text || type == queue::RecordType::long_text;
}

// Reads the content's records; of the headers the one that threads are made of.
void read_content(Original& original, int file, const queue::SizeRecord& size) {
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
                note_header(original, std::exchange(header, record.data));
            if (record.data.empty()) {
                in_headers = false;
                if (original.headers_only) break;
            }
        }
        original.content.push_back(record);
    }
    if (in_headers) note_header(original, header);
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

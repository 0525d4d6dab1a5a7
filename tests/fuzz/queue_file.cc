// tests/fuzz/queue_file.cc - queue files as they may be found.
#include <sys/mman.h>
#include <unistd.h>

#include "lib/base/fd.h"
#include "lib/queue/envelope.h"
#include "lib/queue/record_reader.h"
#include "lib/queue/user_records.h"
#include "tests/fuzz/fuzz.h"

using namespace postrider;
using namespace postrider::queue;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Fd file(::memfd_create("queue-file", MFD_CLOEXEC));
    fuzz::demand(::ftruncate(file.get(), 0) == 0);
    fuzz::demand(::pwrite(file.get(), data, size, 0) == static_cast<ssize_t>(size));
    const auto end = static_cast<std::int64_t>(size);

    for (const Pointers pointers : {Pointers::follow, Pointers::show}) {
        RecordReader reader(file.get(), 0, pointers);
        RecordType type{};
        std::string_view record;
        std::size_t count = 0;
        while (reader.next(type, record) == RecordReader::Next::record) {
            fuzz::demand(reader.record_offset() >= 0 && reader.record_offset() < end);
            fuzz::demand(reader.offset() <= end);
            // Every jump back is counted: a file cannot be endless.
            fuzz::demand(++count < 10000000);
            if (type == RecordType::attribute) {
                const auto attribute = parse_named_attribute(record);
                if (attribute) user_may_set(*attribute);
            }
            if (type == RecordType::size) SizeRecord::parse(record);
            user_may_write(Segment::envelope, type);
        }
    }
    static_cast<void>(read_envelope(file.get()).ok());
    EnvelopeReader reader(file.get());
    Envelope envelope;
    for (int parts = 0; parts < 100 && !reader.at_end(); ++parts) {
        if (!reader.read(envelope, 2)) break;
        fuzz::demand(envelope.recipients.size() <= size);
    }
    for (const EnvelopeRecipient& recipient : envelope.recipients) {
        fuzz::demand(recipient.offset >= 0 && recipient.offset < end);
        fuzz::demand(mark_done(file.get(), recipient.offset));
    }
    return 0;
}

// lib/queue/record_reader.cc - reading the records of a queue file.
#include "lib/queue/record_reader.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>

#include "lib/base/file.h"
#include "lib/base/text.h"

namespace postrider::queue {

namespace {
constexpr std::size_t block_size = 16 * 1024;
constexpr int most_backward_jumps = 10000;
}  // namespace

RecordReader::RecordReader(int fd, std::int64_t offset, Pointers pointers)
    : fd_(fd), pointers_(pointers), offset_(offset), block_offset_(offset) {}

RecordReader::Next RecordReader::broken(std::string reason) {
    error_ = std::move(reason);
    return Next::broken;
}

// The part of the block that starts at offset_; empty when offset_ is outside of it.
std::string_view RecordReader::window() const {
    const std::int64_t skip = offset_ - block_offset_;
    if (skip < 0 || skip > static_cast<std::int64_t>(block_.size())) return {};
    return std::string_view(block_).substr(static_cast<std::size_t>(skip));
}

bool RecordReader::grow() {
    const std::string_view kept = window();
    std::string fresh(kept);
    // Twice as much each time: a record longer than a block takes few reads.
    const std::size_t wanted = std::max(block_size, kept.size());
    fresh.resize(kept.size() + wanted);
    ssize_t n = 0;
    do {
        n = ::pread(fd_, fresh.data() + kept.size(), wanted,
                    offset_ + static_cast<std::int64_t>(kept.size()));
    } while (n < 0 && errno == EINTR);
    if (n < 0) {
        read_errno_ = errno;
        error_ = fmt::format("read: {}", errno_text());
    }
    fresh.resize(kept.size() + static_cast<std::size_t>(n < 0 ? 0 : n));
    block_ = std::move(fresh);
    block_offset_ = offset_;
    return n > 0;
}

RecordReader::Next RecordReader::raw_next(RecordType& type, std::string_view& data) {
    for (;;) {
        const std::string_view bytes = window();
        const long length = parse_record(bytes, type, data);
        if (length < 0) return broken(fmt::format("bad record length at offset {}", offset_));
        if (length > 0) {
            record_offset_ = offset_;
            offset_ += length;
            return Next::record;
        }
        const std::size_t had = bytes.size();
        if (grow()) continue;
        if (!error_.empty()) return Next::broken;
        if (had > 0) return broken(fmt::format("premature end of file in a record at offset {}", offset_));
        return Next::end_of_file;
    }
}

// Value 0 is a place kept for a later edit: reading goes on behind it.
bool RecordReader::follow(std::string_view data) {
    const auto target = parse_int(trim(data));
    if (!target || *target < 0) {
        error_ = fmt::format("bad pointer record at offset {}", record_offset_);
        return false;
    }
    if (*target == 0) return true;
    if (*target <= record_offset_ && ++backward_jumps_ > most_backward_jumps) {
        error_ = fmt::format("too many backward pointer records at offset {}", record_offset_);
        return false;
    }
    offset_ = *target;
    return true;
}

RecordReader::Next RecordReader::next(RecordType& type, std::string_view& data) {
    for (;;) {
        const Next found = raw_next(type, data);
        if (found != Next::record || type != RecordType::pointer || pointers_ == Pointers::show) return found;
        if (!follow(data)) return Next::broken;
    }
}

RecordReader::Next RecordReader::next(Record& record) {
    std::string_view data;
    const Next found = next(record.type, data);
    if (found != Next::record) return found;
    record.data.assign(data);
    record.offset = record_offset_;
    return found;
}

}  // namespace postrider::queue

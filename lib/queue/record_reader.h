// lib/queue/record_reader.h - reading the records of a queue file.
//
// Blocking reads of large blocks: a file just written is in memory.  Pointer records, left by edits of mail
// filters, are followed; broken bytes, endless jumps and a missing end are told as `broken`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lib/queue/record.h"

namespace postrider::queue {

enum class Pointers { follow, show };

class RecordReader {
  public:
    enum class Next { record, end_of_file, broken };

    // Reads from `fd`, which stays the caller's.  Its file position is neither used nor moved.
    explicit RecordReader(int fd, std::int64_t offset = 0, Pointers pointers = Pointers::follow);

    // The next record; its data stays valid until the next call.
    Next next(RecordType& type, std::string_view& data);
    Next next(Record& record);
    // Where the record given last starts, and where the next one will be looked for.
    std::int64_t record_offset() const { return record_offset_; }
    std::int64_t offset() const { return offset_; }
    void seek(std::int64_t offset) { offset_ = offset; }
    // Why next() said broken.
    const std::string& error() const { return error_; }
    // The errno of a read that failed, 0 otherwise: such a file may be as good as ever.
    int read_errno() const { return read_errno_; }

  private:
    Next broken(std::string reason);
    Next raw_next(RecordType& type, std::string_view& data);
    bool follow(std::string_view data);
    std::string_view window() const;
    // Reads more of the file at offset_; false at its end or on an error.
    bool grow();

    int fd_;
    Pointers pointers_;
    std::int64_t offset_;
    std::int64_t record_offset_ = 0;
    std::string block_;
    std::int64_t block_offset_ = 0;
    int backward_jumps_ = 0;
    std::string error_;
    int read_errno_ = 0;
};

}  // namespace postrider::queue

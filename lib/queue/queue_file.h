// lib/queue/queue_file.h - a new queue file: written, made durable, and only then a message.
//
//   auto file = QueueFile::create(spool, Queue::incoming);
//   file->write(RecordType::sender, sender);
//   ...
//   Result<void> committed = co_await file->commit();   // only after this may we answer 250
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lib/async/task.h"
#include "lib/base/fd.h"
#include "lib/base/result.h"
#include "lib/queue/record.h"
#include "lib/queue/spool.h"

namespace postrider::queue {

// Owns the file until commit(): the destructor unlinks what was not committed.
class QueueFile {
  public:
    // Makes an empty file under its final name; its mode 0600 says "being written" to every reader.
    static Result<QueueFile> create(const Spool& spool, Queue queue);
    // `spool` must outlive the file.
    QueueFile(QueueFile&& other) noexcept;
    QueueFile& operator=(QueueFile&& other) noexcept;
    ~QueueFile();

    const std::string& id() const { return id_; }
    Queue queue() const { return queue_; }
    int fd() const { return fd_.get(); }

    // Appends one record and returns its offset.  Records collect in memory; an error shows in failed().
    std::int64_t write(RecordType type, std::string_view data);
    // Appends already encoded records.
    std::int64_t write_encoded(std::string_view records);
    // Where the next record goes.
    std::int64_t end_offset() const { return flushed_ + static_cast<std::int64_t>(buffer_.size()); }
    // Replaces a record that is there by one whose encoding is not longer.
    void overwrite(std::int64_t offset, RecordType type, std::string_view data);
    // Replaces the bytes at `offset`.
    void overwrite_bytes(std::int64_t offset, std::string_view bytes);
    // Puts `bytes` in the place of `length` bytes at `offset` and moves what follows.  False with failed()
    // set.
    Task<bool> replace(std::int64_t offset, std::int64_t length, std::string bytes);
    // Cuts the file off at `offset`.
    bool truncate(std::int64_t offset);
    // Passes what was collected to the kernel, so that the file can be read.
    bool flush();
    // 0, or the errno of the first write that failed (ENOSPC, EFBIG, EDQUOT, EIO, ...).
    int failed() const { return errno_; }

    // Moves the unfinished file to another queue (hold) under the same ID.
    bool move(Queue to);
    // Bits added to the ready mode 0700: 0044 in maildrop, which pickup reads as another user.
    void set_extra_mode(mode_t bits) { extra_mode_ = bits; }

    // Completes the file and makes it durable, fsync(2) on the worker pool.  Afterwards it is a message and
    // the destructor leaves it; on an error it is still ours and will be unlinked.
    Task<Result<void>> commit();
    // The same, blocking; for commands.
    Result<void> commit_now();

  private:
    QueueFile(const Spool& spool, Queue queue, std::string id, Fd fd);
    Result<void> finish();
    Error write_failure() const;
    void discard();

    const Spool* spool_;
    Queue queue_;
    std::string id_;
    Fd fd_;
    std::string buffer_;
    std::int64_t flushed_ = 0;
    int errno_ = 0;
    mode_t extra_mode_ = 0;
    bool committed_ = false;
};

}  // namespace postrider::queue

// lib/queue/queue_file.cc - a new queue file: written, made durable, and only then a message.
#include "lib/queue/queue_file.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <sys/time.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <utility>

#include "lib/async/offload.h"
#include "lib/base/file.h"

namespace postrider::queue {

namespace {

constexpr std::size_t buffer_limit = 64 * 1024;
constexpr int most_tries = 1000;
constexpr std::int64_t move_block = 1 << 20;
// More than this is moved on the worker pool.
constexpr std::int64_t most_moved_at_once = 512 * 1024;

struct timeval now() {
    struct timeval time {};
    ::gettimeofday(&time, nullptr);
    return time;
}

// The dot keeps every scanner away from the name.
std::string temporary_path(const Spool& spool, Queue queue) {
    return fmt::format("{}/{}.{}", spool.directory(queue), now().tv_usec, ::getpid());
}

// Gives the file the name that its inode and the time make; nothing with errno.
std::optional<std::string> name_file(const Spool& spool, Queue queue, const std::string& temporary,
                                     ino_t inode) {
    for (int tries = 0; tries < most_tries; ++tries) {
        const struct timeval time = now();
        std::string id = make_queue_id(spool.id_form(), time.tv_sec, time.tv_usec, inode);
        const std::string path = spool.path(queue, id);
        if (::rename(temporary.c_str(), path.c_str()) == 0) return id;
        if (errno == ENOENT) {
            if (!spool.make_parents(path)) return std::nullopt;
        } else if (errno != EPERM && errno != EISDIR) {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

bool write_at(int fd, std::string_view bytes, std::int64_t offset) {
    while (!bytes.empty()) {
        const ssize_t n = ::pwrite(fd, bytes.data(), bytes.size(), offset);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
        offset += n;
    }
    return true;
}

}  // namespace

Result<QueueFile> QueueFile::create(const Spool& spool, Queue queue) {
    const mode_t mode = queue == Queue::maildrop ? 0644 : 0600;
    std::string temporary;
    Fd fd;
    for (int tries = 0; !fd; ++tries) {
        temporary = temporary_path(spool, queue);
        fd.reset(::open(temporary.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode));
        if (!fd && ((errno != EEXIST && errno != EISDIR) || tries == most_tries))
            return Error{fmt::format("create file {}: {}", temporary, errno_text())};
    }
    struct stat status {};
    std::optional<std::string> id;
    if (::fstat(fd.get(), &status) == 0) id = name_file(spool, queue, temporary, status.st_ino);
    if (!id) {
        Error error{fmt::format("rename file {}: {}", temporary, errno_text())};
        ::unlink(temporary.c_str());
        return error;
    }
    return QueueFile(spool, queue, std::move(*id), std::move(fd));
}

QueueFile::QueueFile(const Spool& spool, Queue queue, std::string id, Fd fd)
    : spool_(&spool), queue_(queue), id_(std::move(id)), fd_(std::move(fd)) {}

QueueFile::QueueFile(QueueFile&& other) noexcept
    : spool_(other.spool_),
      queue_(other.queue_),
      id_(std::move(other.id_)),
      fd_(std::move(other.fd_)),
      buffer_(std::move(other.buffer_)),
      flushed_(other.flushed_),
      errno_(other.errno_),
      extra_mode_(other.extra_mode_),
      committed_(std::exchange(other.committed_, true)) {}

QueueFile& QueueFile::operator=(QueueFile&& other) noexcept {
    if (this == &other) return *this;
    discard();
    spool_ = other.spool_;
    queue_ = other.queue_;
    id_ = std::move(other.id_);
    fd_ = std::move(other.fd_);
    buffer_ = std::move(other.buffer_);
    flushed_ = other.flushed_;
    errno_ = other.errno_;
    extra_mode_ = other.extra_mode_;
    committed_ = std::exchange(other.committed_, true);
    return *this;
}

QueueFile::~QueueFile() {
    discard();
}

void QueueFile::discard() {
    if (!committed_) spool_->remove(queue_, id_);
    committed_ = true;
}

std::int64_t QueueFile::write(RecordType type, std::string_view data) {
    const std::int64_t offset = end_offset();
    append_record(buffer_, type, data);
    if (buffer_.size() >= buffer_limit) flush();
    return offset;
}

std::int64_t QueueFile::write_encoded(std::string_view records) {
    const std::int64_t offset = end_offset();
    buffer_ += records;
    if (buffer_.size() >= buffer_limit) flush();
    return offset;
}

void QueueFile::overwrite(std::int64_t offset, RecordType type, std::string_view data) {
    std::string encoded;
    append_record(encoded, type, data);
    overwrite_bytes(offset, encoded);
}

void QueueFile::overwrite_bytes(std::int64_t offset, std::string_view bytes) {
    // Most overwritten bytes (the size record of a small message) have not left the buffer yet.
    if (offset >= flushed_ && offset + static_cast<std::int64_t>(bytes.size()) <= end_offset()) {
        buffer_.replace(static_cast<std::size_t>(offset - flushed_), bytes.size(), bytes);
        return;
    }
    if (flush() && !write_at(fd_.get(), bytes, offset)) errno_ = errno;
}

// Moves the bytes from `from` to the end of the file, `size` of them, to `to`; 0 or errno.
static int move_bytes(int fd, std::int64_t from, std::int64_t to, std::int64_t size) {
    std::string block;
    for (std::int64_t moved = 0; moved < size;) {
        const std::int64_t part = std::min(size - moved, move_block);
        // Towards the end the last block goes first, so that nothing is overwritten before it was read.
        const std::int64_t at = to > from ? size - moved - part : moved;
        block.resize(static_cast<std::size_t>(part));
        const ssize_t n = ::pread(fd, block.data(), block.size(), from + at);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno;
        if (n != part) return EIO;
        if (!write_at(fd, block, to + at)) return errno;
        moved += part;
    }
    return 0;
}

Task<bool> QueueFile::replace(std::int64_t offset, std::int64_t length, std::string bytes) {
    if (!flush()) co_return false;
    const std::int64_t tail = flushed_ - offset - length;
    const std::int64_t grown = static_cast<std::int64_t>(bytes.size()) - length;
    const std::int64_t from = offset + length;
    const int fd = fd_.get();
    int problem = 0;
    if (grown != 0 && tail > most_moved_at_once) {
        auto work = [fd, from, grown, tail] { return move_bytes(fd, from, from + grown, tail); };
        problem = co_await async::offload(std::move(work));
    } else if (grown != 0) {
        problem = move_bytes(fd, from, from + grown, tail);
    }
    if (problem == 0 && !write_at(fd, bytes, offset)) problem = errno;
    if (problem == 0 && grown < 0 && ::ftruncate(fd, flushed_ + grown) != 0) problem = errno;
    if (problem != 0) errno_ = problem;
    flushed_ += grown;
    co_return errno_ == 0;
}

bool QueueFile::truncate(std::int64_t offset) {
    if (offset >= flushed_) {
        buffer_.resize(static_cast<std::size_t>(offset - flushed_));
        return true;
    }
    buffer_.clear();
    if (::ftruncate(fd_.get(), offset) != 0) errno_ = errno;
    flushed_ = offset;
    return errno_ == 0;
}

bool QueueFile::flush() {
    if (errno_ == 0 && !buffer_.empty()) {
        if (write_at(fd_.get(), buffer_, flushed_)) {
            flushed_ += static_cast<std::int64_t>(buffer_.size());
            buffer_.clear();
        } else {
            errno_ = errno;
        }
    }
    // After a failure the rest is not kept: the file is going to be thrown away.
    if (errno_ != 0) buffer_.clear();
    return errno_ == 0;
}

bool QueueFile::move(Queue to) {
    if (!spool_->move(queue_, to, id_)) return false;
    queue_ = to;
    return true;
}

Error QueueFile::write_failure() const {
    return Error{fmt::format("write queue file {}: {}", id_, errno_text(errno_))};
}

// The ready mode is set before the sync, so that one sync makes content, name and mode durable.  A reader
// that comes between the two must look for the end record, not only at the mode.
Result<void> QueueFile::finish() {
    if (::fchmod(fd_.get(), mode_ready | extra_mode_) != 0 || ::fsync(fd_.get()) != 0)
        return Error{fmt::format("write queue file {}: {}", id_, errno_text())};
    return {};
}

Task<Result<void>> QueueFile::commit() {
    if (!flush()) co_return write_failure();
    auto work = [this] { return finish(); };
    Result<void> done = co_await async::offload(std::move(work));
    committed_ = done.ok();
    co_return done;
}

Result<void> QueueFile::commit_now() {
    if (!flush()) return write_failure();
    Result<void> done = finish();
    committed_ = done.ok();
    return done;
}

}  // namespace postrider::queue

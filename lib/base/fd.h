// lib/base/fd.h - a file descriptor with one owner.
#pragma once

#include <unistd.h>

#include <utility>

namespace postrider {

// Owns one descriptor and closes it; -1 means "none".
class Fd {
  public:
    Fd() = default;
    explicit Fd(int fd) : fd_(fd) {}
    Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Fd& operator=(Fd&& other) noexcept {
        if (this != &other) reset(std::exchange(other.fd_, -1));
        return *this;
    }
    Fd(const Fd&) = delete;
    Fd& operator=(const Fd&) = delete;
    ~Fd() { reset(); }

    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }
    int release() { return std::exchange(fd_, -1); }
    void reset(int fd = -1) {
        if (fd_ >= 0) ::close(fd_);
        fd_ = fd;
    }

  private:
    int fd_ = -1;
};

// Sets or clears O_NONBLOCK; false with errno on failure.
bool set_nonblocking(int fd, bool on = true);
// Sets close-on-exec; false with errno on failure.
bool set_close_on_exec(int fd, bool on = true);
// Writes all bytes to a blocking descriptor, retrying after EINTR; false with errno on failure.
bool write_all(int fd, const void* data, std::size_t size);

}  // namespace postrider

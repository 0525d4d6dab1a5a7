// lib/ipc/fd_transport.h - a stream over a UNIX socket that carries descriptors along with bytes
// (SCM_RIGHTS).
#pragma once

#include <vector>

#include "lib/async/stream.h"

namespace postrider::ipc {

// Descriptors travel with the bytes sent after send(), and are there when those bytes have been read.
class FdTransport : public async::Transport {
  public:
    // `socket` is that of the stream, and stays its.
    explicit FdTransport(int socket) : socket_(socket) {}

    // Copies of these go with the next bytes.  At most 60 between two flushes.  False when copying failed.
    bool send(const std::vector<int>& descriptors);
    // The descriptors that have come so far.
    std::vector<Fd> take_received() { return std::move(received_); }

    int read(void* data, std::size_t size) override;
    int write(const void* data, std::size_t size) override;

  private:
    int socket_;
    std::vector<Fd> sending_;
    std::vector<Fd> received_;
};

// The transport of a stream, put in place when the stream has none of its own.
FdTransport& fd_transport(async::Stream& stream);

}  // namespace postrider::ipc

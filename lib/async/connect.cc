// lib/async/connect.cc - outgoing connections with a deadline.
#include "lib/async/connect.h"

#include <cerrno>

#include "lib/base/file.h"

namespace postrider::async {

namespace {

int pending_error(int socket) {
    int error = 0;
    socklen_t length = sizeof(error);
    if (::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length) != 0) return errno;
    return error;
}

}  // namespace

Task<Result<Fd>> connect_to(SocketAddress destination, SocketAddress source, Deadline deadline) {
    Result<Fd> made = make_stream_socket(destination, source);
    if (!made) co_return Error{made.error()};
    Fd socket = std::move(made).value();
    if (::connect(socket.get(), destination.get(), destination.length()) == 0) co_return std::move(socket);
    // A UNIX socket whose queue is full answers EAGAIN at once and cannot be waited for.
    if (errno != EINPROGRESS && errno != EINTR) co_return Error{errno_text()};
    const Ready ready = co_await writable(socket.get(), deadline);
    if (ready == Ready::timed_out) co_return Error{errno_text(ETIMEDOUT)};
    if (const int error = pending_error(socket.get()); error != 0) co_return Error{errno_text(error)};
    co_return std::move(socket);
}

}  // namespace postrider::async

// lib/ipc/client.h - asking a neighbour daemon.
//
// A frame is: length (4 bytes, big endian, of what follows), tag (4 bytes), body.  Requests of one process
// share a standing connection and are told apart by their tag.  Bodies are attribute lists; see
// docs/protocols.md.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "lib/async/stream.h"
#include "lib/base/result.h"
#include "lib/ipc/attributes.h"

namespace postrider::ipc {

inline constexpr std::size_t frame_limit = 64U << 20;

// Connects to a UNIX socket; the path is relative to the queue directory, which is every daemon's current
// one. Waits for the connection until the deadline.  The error is "connect to PATH: reason".
Task<Result<Fd>> connect_unix(std::string path, async::Deadline deadline);
// As above, blocking; for commands.
Result<Fd> connect_unix_now(const std::string& path);

// Sends trigger bytes to a UNIX socket or FIFO and does not wait for an answer.
Result<void> send_trigger(const std::string& path, std::string_view bytes);

// Many calls at once over one connection, made on first use, made again after it was lost, closed when idle.
class Client {
  public:
    // `path`: "private/rewrite".
    explicit Client(std::string path);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // Sends one request body and waits for the reply body.  A connection that dies in mid-call, or a service
    // that is not there, comes back as an error after `limit`; connecting is retried once a second until
    // then.
    Task<Result<std::string>> call(std::string body, async::Duration limit);

    template <class Reply, class Request>
    Task<Result<Reply>> ask(Request request, async::Duration limit) {
        std::string body = encode(request);
        Result<std::string> answer = co_await call(std::move(body), limit);
        if (!answer) co_return Error{answer.error()};
        std::optional<Reply> reply = decode<Reply>(*answer);
        if (!reply) co_return Error{"malformed reply from " + path_};
        co_return std::move(*reply);
    }

  private:
    struct Connection;
    std::string path_;
    std::shared_ptr<Connection> connection_;
};

// Writes one frame to the stream's output (no flush).
void put_frame(async::Stream& stream, std::uint32_t tag, std::string_view body);
struct Frame {
    std::uint32_t tag = 0;
    std::string body;
};
// Reads one frame; throws PeerGone at end of file or when the length is beyond `frame_limit`.
Task<Frame> read_frame(async::Stream& stream);

// File descriptors over UNIX sockets (SCM_RIGHTS), blocking for the one byte they ride on.
bool send_fd(int socket, int fd);
Fd receive_fd(int socket);

}  // namespace postrider::ipc

// lib/ipc/server.h - answering neighbour daemons: the other end of ipc::Client.
#pragma once

#include <functional>

#include "lib/ipc/client.h"

namespace postrider::ipc {

// Answers one request body with a reply body.  Requests of one connection run side by side.  An exception
// ends the connection; it never ends the process.
using Handler = std::function<Task<std::string>(std::string request)>;

// Serves frames until the client leaves or stop_serving() is called.  `idle_limit`: a silent client with
// nothing pending is let go.
Task<> serve_requests(async::Stream stream, Handler handler,
                      async::Duration idle_limit = std::chrono::hours(1));

// The process is about to leave: every connection that waits for its next request reads end of file now, so
// that its client asks elsewhere; requests in hand are answered first.
void stop_serving();
// Has been called.  A request that was on its way then can still be read, but nothing after it: a protocol
// whose requests are more than one frame closes the connection instead of answering.
bool serving_stopped();

// Marks a descriptor as "between two requests" for stop_serving(), as long as the object lives.  For services
// with a protocol of their own.
class BetweenRequests {
  public:
    explicit BetweenRequests(int fd);
    ~BetweenRequests();
    BetweenRequests(const BetweenRequests&) = delete;
    BetweenRequests& operator=(const BetweenRequests&) = delete;

  private:
    int fd_;
};

}  // namespace postrider::ipc

// lib/ipc/server.cc - answering neighbour daemons.
#include "lib/ipc/server.h"

#include <sys/socket.h>

#include <set>

#include "lib/base/log.h"

namespace postrider::ipc {

namespace {

thread_local std::set<int> between_requests;
thread_local bool stopped = false;

// One connection: requests in hand answer into the stream; one flusher at a time.
struct Conversation {
    explicit Conversation(async::Stream connection) : stream(std::move(connection)) {}
    async::Stream stream;
    async::Scope requests{"ipc server"};
    bool flushing = false;
    bool broken = false;

    void fail() {
        broken = true;
        ::shutdown(stream.fd(), SHUT_RDWR);
    }

    static Task<> flush(Conversation& self) {
        try {
            while (self.stream.queued() > 0) co_await self.stream.flush();
        } catch (const async::PeerGone&) {
            // A client that can still be read from would wait for the answer.
            self.fail();
        }
        self.flushing = false;
    }

    static Task<> answer(Conversation& self, const Handler& handler, Frame frame) {
        std::string reply;
        try {
            Task<std::string> work = handler(std::move(frame.body));
            reply = co_await work;
        } catch (const async::Cancelled&) {
            throw;
        } catch (const std::exception& failure) {
            log::warning("request failed: {}", failure.what());
            self.fail();
            co_return;
        }
        put_frame(self.stream, frame.tag, reply);
        if (self.flushing || self.broken) co_return;
        self.flushing = true;
        // Requests that have come together are answered together.
        co_await async::end_of_turn();
        co_await flush(self);
    }
};

}  // namespace

BetweenRequests::BetweenRequests(int fd) : fd_(fd) {
    if (stopped) {
        ::shutdown(fd_, SHUT_RD);
    } else {
        between_requests.insert(fd_);
    }
}

BetweenRequests::~BetweenRequests() {
    between_requests.erase(fd_);
}

bool serving_stopped() {
    return stopped;
}

void stop_serving() {
    stopped = true;
    for (const int fd : between_requests) ::shutdown(fd, SHUT_RD);
    between_requests.clear();
}

Task<> serve_requests(async::Stream stream, Handler handler, async::Duration idle_limit) {
    Conversation conversation(std::move(stream));
    try {
        for (;;) {
            Frame frame;
            {
                const BetweenRequests waiting(conversation.stream.fd());
                if (conversation.requests.size() == 0) {
                    conversation.stream.set_timeout(idle_limit);
                } else {
                    conversation.stream.set_deadline(async::never);
                }
                frame = co_await read_frame(conversation.stream);
            }
            conversation.requests.spawn(Conversation::answer(conversation, handler, std::move(frame)));
        }
    } catch (const async::PeerGone&) {
        // The client has left; what it asked is finished below, for its effects.
    } catch (const async::Cancelled&) {
        conversation.requests.cancel();
    }
    co_await conversation.requests.join();
}

}  // namespace postrider::ipc

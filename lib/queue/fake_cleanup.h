// lib/queue/fake_cleanup.h - a cleanup service for tests: takes messages and remembers their records.
#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "lib/async/loop.h"
#include "lib/async/stream.h"
#include "lib/base/socket_address.h"
#include "lib/ipc/client.h"
#include "lib/queue/record.h"
#include "lib/queue/test_spool.h"

namespace postrider::queue {

// Serves public/cleanup below the spool of a test, which becomes the current directory as long as this lives.
class FakeCleanup {
  public:
    explicit FakeCleanup(const TestSpool& spool) : before_(std::filesystem::current_path()) {
        std::filesystem::current_path(spool.root());
        std::filesystem::create_directory("public");
        Result<Fd> listener = listen_on(*SocketAddress::from_path("public/cleanup"), 10);
        listener_ = std::move(*listener);
    }
    ~FakeCleanup() { std::filesystem::current_path(before_); }
    FakeCleanup(const FakeCleanup&) = delete;
    FakeCleanup& operator=(const FakeCleanup&) = delete;

    int status = 0;  // of every message
    int messages_per_connection = 100;
    int connections = 0;
    std::vector<std::string> messages;  // records as "S:data" lines

    // Serves connections one after the other until `count` messages have come.
    Task<> serve(std::size_t count) {
        while (messages.size() < count) {
            const async::Ready ready =
                co_await async::readable(listener_.get(), async::after(std::chrono::seconds(10)));
            if (ready == async::Ready::timed_out) co_return;
            async::Stream stream(
                Fd(::accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)));
            ++connections;
            co_await serve_connection(stream, count);
        }
    }

  private:
    Task<> serve_connection(async::Stream& stream, std::size_t count) {
        try {
            for (int i = 0; i < messages_per_connection && messages.size() < count; ++i)
                co_await take_message(stream);
        } catch (const async::PeerGone&) {
            // The client left; perhaps in the middle of a message.
        }
    }

    Task<> take_message(async::Stream& stream) {
        stream.set_timeout(std::chrono::seconds(10));
        const ipc::Frame begin = co_await ipc::read_frame(stream);
        ipc::AttributeWriter reply;
        reply.put("queue_id", "NEW" + std::to_string(messages.size()));
        ipc::put_frame(stream, begin.tag, std::move(reply).finish());
        co_await stream.flush();
        std::string bytes, text;
        while (!ends(bytes, text)) {
            const ipc::Frame frame = co_await ipc::read_frame(stream);
            bytes += frame.body;
        }
        messages.push_back(text);
        ipc::AttributeWriter outcome;
        outcome.put("status", std::to_string(status));
        outcome.put("reason", status == 0 ? "" : "as told");
        ipc::put_frame(stream, 2, std::move(outcome).finish());
        co_await stream.flush();
    }

    static bool ends(std::string& bytes, std::string& text) {
        RecordType type{};
        std::string_view data;
        while (const long length = parse_record(bytes, type, data)) {
            if (length < 0) return true;
            text += static_cast<char>(type);
            text += ":" + std::string(data) + "\n";
            bytes.erase(0, static_cast<std::size_t>(length));
            if (type == RecordType::end) return true;
        }
        return false;
    }

    std::filesystem::path before_;
    Fd listener_;
};

}  // namespace postrider::queue

// lib/tables/types/remote.h - connections to servers that answer table lookups, kept and used again.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "lib/async/stream.h"
#include "lib/base/result.h"
#include "lib/tables/table.h"

namespace postrider::tables {

// Where a server is: "inet:host:port" or "unix:path".
struct Endpoint {
    std::string path;  // of a UNIX socket; empty: host and port
    std::string host;
    std::string port;
    static std::optional<Endpoint> parse(std::string_view text);
};

// What a server sent as a value: up to a NUL, and nothing to be used when it should be UTF-8 and is not.
LookupResult received_value(const std::string& table, const std::string& key, std::string value, bool utf8);

// The connections to one server.  Many lookups may be under way, each on a connection of its own; what is
// done with a connection is the protocol's affair.
class RemoteServer {
  public:
    explicit RemoteServer(Endpoint endpoint, async::Duration answer_limit = std::chrono::seconds(100),
                          async::Duration connect_limit = std::chrono::seconds(10))
        : endpoint_(std::move(endpoint)),
          answer_limit_(answer_limit),
          connect_limit_(connect_limit),
          free_(most_connections) {}

    // A request and its answer on one connection.
    class Dialogue {
      public:
        virtual ~Dialogue() = default;
        virtual Task<> run(async::Stream& stream) = 0;
    };
    // Runs the dialogue on a kept or a new connection.  When a kept one turns out to be closed it is run once
    // more on a new one; the error is why there is no answer.
    Task<Result<void>> talk(Dialogue& dialogue);

  private:
    static constexpr int most_connections = 20;
    struct Kept {
        async::Stream stream;
        async::Deadline made;
        async::Deadline used;
    };
    Task<Result<void>> talk_once(Dialogue& dialogue, bool kept_allowed, bool& was_kept);
    Task<Result<Fd>> connect();
    std::optional<Kept> take_kept();

    Endpoint endpoint_;
    async::Duration answer_limit_;
    async::Duration connect_limit_;
    std::vector<Kept> kept_;
    async::Semaphore free_;
};

}  // namespace postrider::tables

// lib/ipc/client.cc - asking a neighbour daemon.
#include "lib/ipc/client.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <unordered_map>
#include <utility>

#include "lib/base/file.h"
#include "lib/base/log.h"

namespace postrider::ipc {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t header_size = 8;
// A connection nobody has used for this long is closed, so that the service may leave.
constexpr auto idle_limit = 60s;
constexpr auto connect_retry = 1s;
// A socket that is not there may be about to be made; beyond this nobody holds up deliveries for it.
constexpr auto connect_patience = 5s;

void put_u32(std::string& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift & 255));
}

std::uint32_t get_u32(std::string_view bytes) {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]);
    return value;
}

bool fill_address(sockaddr_un& address, const std::string& path) {
    address = {};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) return false;
    path.copy(address.sun_path, path.size());
    return true;
}

// Readers and writers of connections outlive the client that made them, and end by themselves.
async::Scope& connection_tasks() {
    static async::Scope& tasks = *new async::Scope("ipc client");
    return tasks;
}

Error connect_error(const std::string& path) {
    return Error{fmt::format("connect to {}: {}", path, errno_text())};
}

}  // namespace

Task<Result<Fd>> connect_unix(std::string path, async::Deadline deadline) {
    sockaddr_un address;
    if (!fill_address(address, path)) co_return Error{"connect to " + path + ": path too long"};
    for (;;) {
        Fd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        if (!fd) co_return connect_error(path);
        if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
            co_return fd;
        // EAGAIN: the socket's backlog is full.
        const bool busy = errno == EAGAIN;
        if (!busy || async::Clock::now() >= deadline) co_return connect_error(path);
        co_await async::sleep_for(20ms);
    }
}

Result<Fd> connect_unix_now(const std::string& path) {
    sockaddr_un address;
    if (!fill_address(address, path)) return Error{"connect to " + path + ": path too long"};
    Fd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd || ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return connect_error(path);
    return fd;
}

Result<void> send_trigger(const std::string& path, std::string_view bytes) {
    struct stat found {};
    Fd fd;
    if (::stat(path.c_str(), &found) == 0 && S_ISFIFO(found.st_mode)) {
        fd.reset(::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
        if (!fd) return Error{fmt::format("open {}: {}", path, errno_text())};
    } else {
        Result<Fd> connected = connect_unix_now(path);
        if (!connected) return Error{connected.error()};
        fd = std::move(*connected);
    }
    if (!write_all(fd.get(), bytes.data(), bytes.size()))
        return Error{fmt::format("write {}: {}", path, errno_text())};
    return {};
}

void put_frame(async::Stream& stream, std::uint32_t tag, std::string_view body) {
    std::string header;
    put_u32(header, static_cast<std::uint32_t>(body.size() + 4));
    put_u32(header, tag);
    stream.put(header);
    stream.put(body);
}

Task<Frame> read_frame(async::Stream& stream) {
    while (stream.buffered().size() < header_size) {
        const bool more = co_await stream.fill();
        if (!more) throw async::PeerGone(async::PeerGone::Why::end_of_file);
    }
    const std::string_view header = stream.buffered();
    const std::uint32_t length = get_u32(header);
    Frame frame;
    frame.tag = get_u32(header.substr(4));
    stream.consume(header_size);
    if (length < 4 || length - 4 > frame_limit) throw async::PeerGone(async::PeerGone::Why::reset);
    frame.body = co_await stream.read_exactly(length - 4);
    co_return frame;
}

// One connection and the calls that wait for an answer on it.  Shared by the client, the reader and the
// callers.
struct Client::Connection {
    struct Call {
        async::Event done;
        std::string reply;
        bool lost = false;
    };

    explicit Connection(Fd fd) : stream(std::move(fd)) {}

    async::Stream stream;
    std::unordered_map<std::uint32_t, Call*> calls;
    std::uint32_t last_tag = 0;
    bool open = true;
    bool flushing = false;

    void lose_all() {
        // The other one of reader and writer ends as well.
        if (std::exchange(open, false) && stream.fd() >= 0) ::shutdown(stream.fd(), SHUT_RDWR);
        for (auto& [tag, call] : calls) {
            call->lost = true;
            call->done.set();
        }
        calls.clear();
    }

    static Task<> read_replies(std::shared_ptr<Connection> self) {
        try {
            for (;;) {
                if (self->calls.empty()) {
                    self->stream.set_timeout(idle_limit);
                } else {
                    self->stream.set_deadline(async::never);
                }
                Frame frame = co_await read_frame(self->stream);
                const auto found = self->calls.find(frame.tag);
                if (found == self->calls.end()) continue;
                found->second->reply = std::move(frame.body);
                found->second->done.set();
                self->calls.erase(found);
            }
        } catch (const async::PeerGone&) {
            // Calls made while the reader slept on an idle deadline are told, and try again on a new
            // connection.
        } catch (const std::exception& failure) {
            log::warning("ipc client: {}", failure.what());
        }
        self->lose_all();
    }

    static Task<> flush_requests(std::shared_ptr<Connection> self) {
        try {
            co_await async::end_of_turn();  // others may have something to ask, too
            while (self->stream.queued() > 0) co_await self->stream.flush();
        } catch (const async::PeerGone&) {
            self->lose_all();
        } catch (const std::exception& failure) {
            log::warning("ipc client: {}", failure.what());
            self->lose_all();
        }
        self->flushing = false;
    }
};

Client::Client(std::string path) : path_(std::move(path)) {}

Client::~Client() {
    // The reader holds the connection: end of file makes it let go.
    if (connection_ && connection_->open) ::shutdown(connection_->stream.fd(), SHUT_RDWR);
}

Task<Result<std::string>> Client::call(std::string body, async::Duration limit) {
    const async::Deadline deadline = async::after(limit);
    const async::Deadline connect_deadline = std::min(deadline, async::after(connect_patience));
    std::string reason;
    // A connection may have been closed by an idle service while we wrote: once more on a fresh one.
    for (int attempt = 0; attempt < 2;) {
        if (!connection_ || !connection_->open) {
            Result<Fd> connected = co_await connect_unix(path_, deadline);
            if (!connected) {
                reason = connected.error();
                if (async::Clock::now() + connect_retry >= connect_deadline) co_return Error{reason};
                co_await async::sleep_for(connect_retry);
                continue;
            }
            // Somebody else may have connected while we waited.
            if (!connection_ || !connection_->open) {
                connection_ = std::make_shared<Connection>(std::move(*connected));
                connection_tasks().spawn(Connection::read_replies(connection_));
            }
        }
        const std::shared_ptr<Connection> connection = connection_;
        Connection::Call mine;
        const std::uint32_t tag = ++connection->last_tag;
        connection->calls.emplace(tag, &mine);
        // However this frame ends, the reader must not write into it.
        struct Forget {
            Connection& connection;
            std::uint32_t tag;
            ~Forget() { connection.calls.erase(tag); }
        } const forget{*connection, tag};
        put_frame(connection->stream, tag, body);
        if (!connection->flushing) {
            connection->flushing = true;
            connection_tasks().spawn(Connection::flush_requests(connection));
        }
        const async::Ready ready = co_await mine.done.wait(deadline);
        if (ready == async::Ready::timed_out) co_return Error{fmt::format("{}: no reply in time", path_)};
        if (!mine.lost) co_return std::move(mine.reply);
        reason = fmt::format("{}: lost connection", path_);
        ++attempt;
    }
    co_return Error{reason};
}

namespace {

// A message of one byte with room for a descriptor beside it.
struct DescriptorMessage {
    DescriptorMessage() {
        message.msg_iov = &data;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = sizeof control;
    }
    DescriptorMessage(const DescriptorMessage&) = delete;
    DescriptorMessage& operator=(const DescriptorMessage&) = delete;

    char byte = 0;
    iovec data{&byte, 1};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    msghdr message{};
};

}  // namespace

bool send_fd(int socket, int fd) {
    DescriptorMessage with;
    cmsghdr* header = CMSG_FIRSTHDR(&with.message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &fd, sizeof fd);
    return ::sendmsg(socket, &with.message, MSG_NOSIGNAL) == 1;
}

Fd receive_fd(int socket) {
    DescriptorMessage with;
    if (::recvmsg(socket, &with.message, MSG_CMSG_CLOEXEC) != 1) return Fd();
    const cmsghdr* header = CMSG_FIRSTHDR(&with.message);
    if (header == nullptr || header->cmsg_type != SCM_RIGHTS || header->cmsg_len != CMSG_LEN(sizeof(int)))
        return Fd();
    int fd = -1;
    std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
    return Fd(fd);
}

}  // namespace postrider::ipc

// lib/async/stream.cc - a buffered byte and line stream.
#include "lib/async/stream.h"

#include <event2/event.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

namespace postrider::async {

namespace {

constexpr std::size_t chunk_size = 16384;
constexpr std::size_t write_threshold = 65536;
constexpr std::size_t kept_chunks = 64;

// Chunks no stream needs at the moment.
thread_local std::vector<std::unique_ptr<char[]>> free_chunks;

std::unique_ptr<char[]> take_chunk() {
    if (free_chunks.empty()) return std::make_unique_for_overwrite<char[]>(chunk_size);
    std::unique_ptr<char[]> chunk = std::move(free_chunks.back());
    free_chunks.pop_back();
    return chunk;
}

void give_chunk(std::unique_ptr<char[]> chunk) {
    if (free_chunks.size() < kept_chunks) free_chunks.push_back(std::move(chunk));
}

}  // namespace

// Bytes that arrived and were not consumed: [begin, end) of one chunk.
struct Stream::Input {
    Input() : chunk(take_chunk()) {}
    ~Input() { give_chunk(std::move(chunk)); }
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;
    std::unique_ptr<char[]> chunk;
    std::size_t begin = 0;
    std::size_t end = 0;
};

Stream::Stream(Fd fd) : fd_(std::move(fd)) {
    if (fd_) set_nonblocking(fd_.get());
}
Stream::~Stream() = default;
Stream::Stream(Stream&&) noexcept = default;
Stream& Stream::operator=(Stream&& other) noexcept {
    interest_ = std::move(other.interest_);  // ours goes before our descriptor does
    fd_ = std::move(other.fd_);
    transport_ = std::move(other.transport_);
    input_ = std::move(other.input_);
    output_ = std::move(other.output_);
    deadline_ = other.deadline_;
    idle_timeout_ = other.idle_timeout_;
    line_was_cut_ = other.line_was_cut_;
    line_had_cr_ = other.line_had_cr_;
    is_socket_ = other.is_socket_;
    drained_ = other.drained_;
    return *this;
}

Fd Stream::release() {
    interest_.reset();
    input_.reset();
    return std::move(fd_);
}

void Stream::close() {
    transport_.reset();
    interest_.reset();
    input_.reset();
    fd_.reset();
}

std::string_view Stream::buffered() const {
    if (!input_) return {};
    return {input_->chunk.get() + input_->begin, input_->end - input_->begin};
}

void Stream::consume(std::size_t size) {
    if (!input_) return;
    input_->begin += size;
    if (input_->begin == input_->end) input_.reset();
}

int Stream::read_into(char* data, std::size_t size) {
    if (transport_) return transport_->read(data, size);
    for (;;) {
        const ssize_t n = is_socket_ ? ::recv(fd_.get(), data, size, 0) : ::read(fd_.get(), data, size);
        if (n >= 0) {
            drained_ = is_socket_ && n > 0 && static_cast<std::size_t>(n) < size;
            return static_cast<int>(n);
        }
        if (errno == ENOTSOCK) {
            is_socket_ = false;
            continue;
        }
        if (errno == EINTR) continue;
        return errno == EAGAIN || errno == EWOULDBLOCK ? Transport::want_read : Transport::failed;
    }
}

// Appends to the input; as read_into().
int Stream::read_chunk() {
    if (!input_) input_ = std::make_unique<Input>();
    if (input_->begin > 0) {
        std::memmove(input_->chunk.get(), input_->chunk.get() + input_->begin, input_->end - input_->begin);
        input_->end -= input_->begin;
        input_->begin = 0;
    }
    if (input_->end == chunk_size) return Transport::failed;
    const int n = read_into(input_->chunk.get() + input_->end, chunk_size - input_->end);
    if (n > 0) input_->end += static_cast<std::size_t>(n);
    return n;
}

Task<> Stream::wait_for(int want) {
    if (want == Transport::failed) throw PeerGone(PeerGone::Why::reset);
    const short event = want == Transport::want_write ? EV_WRITE : EV_READ;
    const Ready ready = co_await IoWait(fd_.get(), event, deadline_);
    if (ready == Ready::timed_out) throw PeerGone(PeerGone::Why::timed_out);
}

int Stream::try_fill() {
    if (!fd_) throw PeerGone(PeerGone::Why::end_of_file);
    // After a read that took all there was, the next one would be for nothing.
    const int n = std::exchange(drained_, false) ? Transport::want_read : read_chunk();
    if (n > 0) {
        if (idle_timeout_.count() > 0) deadline_ = after(idle_timeout_);
        return n;
    }
    // An idle stream owns no chunk.
    if (input_ && input_->begin == input_->end) input_.reset();
    if (n == Transport::failed) throw PeerGone(PeerGone::Why::reset);
    return n;
}

ReadInterest::Awaiter Stream::ready_to_read() {
    if (!interest_) interest_ = std::make_unique<ReadInterest>(fd_.get());
    return interest_->wait(deadline_);
}

Task<bool> Stream::fill() {
    for (;;) {
        const int n = try_fill();
        if (n >= 0) co_return n > 0;
        if (n == Transport::want_write) {
            co_await wait_for(n);
            continue;
        }
        // As wait_for() does, without its frame.
        const Ready ready = co_await ready_to_read();
        if (ready == Ready::timed_out) throw PeerGone(PeerGone::Why::timed_out);
    }
}

bool Stream::try_read_line(std::string& line, std::size_t limit) {
    const std::string_view bytes = buffered();
    const std::size_t newline = bytes.substr(0, limit + 2).find('\n');
    if (newline == std::string_view::npos) {
        if (bytes.size() < limit) return false;
        line.assign(bytes.substr(0, limit));
        line_was_cut_ = true;
        line_had_cr_ = false;
        consume(limit);
        return true;
    }
    std::size_t length = newline;
    line_had_cr_ = length > 0 && bytes[length - 1] == '\r';
    if (line_had_cr_) --length;
    line_was_cut_ = length > limit;
    if (line_was_cut_) {
        line.assign(bytes.substr(0, limit));
        consume(limit);
        return true;
    }
    line.assign(bytes.substr(0, length));
    consume(newline + 1);
    return true;
}

Task<std::string> Stream::read_line(std::size_t limit) {
    std::string line;
    if (try_read_line(line, limit)) co_return line;
    // Longer than what has arrived: collect.  A CR at the end of a piece may belong to the line end.
    for (;;) {
        const std::string_view bytes = buffered();
        const std::size_t newline = bytes.find('\n');
        const std::size_t whole = newline == std::string_view::npos ? bytes.size() : newline + 1;
        const std::size_t take = std::min(whole, limit + 2 - line.size());
        line.append(bytes.substr(0, take));
        consume(take);
        if (line.size() >= limit + 2 || (newline != std::string_view::npos && take == whole)) break;
        const bool more = co_await fill();
        if (!more) throw PeerGone(PeerGone::Why::end_of_file);
    }
    line_was_cut_ = line.back() != '\n';
    line_had_cr_ = false;
    if (!line_was_cut_) {
        line.pop_back();
        if (!line.empty() && line.back() == '\r') {
            line.pop_back();
            line_had_cr_ = true;
        }
    }
    co_return line;
}

Task<std::string> Stream::read_exactly(std::size_t size) {
    std::string bytes;
    bytes.reserve(std::min<std::size_t>(size, 1 << 20));
    while (bytes.size() < size) {
        const std::string_view waiting = buffered();
        if (waiting.empty()) {
            const bool more = co_await fill();
            if (!more) throw PeerGone(PeerGone::Why::end_of_file);
            continue;
        }
        const std::size_t take = std::min(waiting.size(), size - bytes.size());
        bytes.append(waiting.substr(0, take));
        consume(take);
    }
    co_return bytes;
}

Task<std::string> Stream::read_some(std::size_t limit) {
    if (buffered().empty()) {
        const bool more = co_await fill();
        if (!more) co_return std::string();
    }
    std::string bytes(buffered().substr(0, limit));
    consume(bytes.size());
    co_return bytes;
}

bool Stream::input_waiting() {
    if (!buffered().empty() || (transport_ && transport_->pending())) return true;
    pollfd asked{};
    asked.fd = fd_.get();
    asked.events = POLLIN;
    return ::poll(&asked, 1, 0) > 0 && (asked.revents & POLLIN) != 0;
}

Task<> Stream::write(std::string bytes) {
    put(bytes);
    if (output_.size() >= write_threshold) co_await flush();
}

Task<> Stream::flush() {
    std::size_t at = 0;
    while (at < output_.size()) {
        if (!fd_) throw PeerGone(PeerGone::Why::end_of_file);
        int n = 0;
        if (transport_) {
            n = transport_->write(output_.data() + at, output_.size() - at);
        } else {
            ssize_t sent = ::send(fd_.get(), output_.data() + at, output_.size() - at, MSG_NOSIGNAL);
            if (sent < 0 && errno == ENOTSOCK)
                sent = ::write(fd_.get(), output_.data() + at, output_.size() - at);
            if (sent < 0 && errno == EINTR) continue;
            n = sent >= 0
                    ? static_cast<int>(sent)
                    : (errno == EAGAIN || errno == EWOULDBLOCK ? Transport::want_write : Transport::failed);
        }
        if (n > 0) {
            at += static_cast<std::size_t>(n);
            if (idle_timeout_.count() > 0) deadline_ = after(idle_timeout_);
            continue;
        }
        output_.erase(0, at);
        at = 0;
        if (n == 0) n = Transport::want_write;
        co_await wait_for(n);
    }
    std::string().swap(output_);  // an idle stream owns no buffer; assignment would keep it
}

void Stream::set_transport(std::unique_ptr<Transport> transport) {
    input_.reset();
    drained_ = false;
    transport_ = std::move(transport);
}

}  // namespace postrider::async

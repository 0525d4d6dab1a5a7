// lib/async/stream.h - a buffered byte and line stream over a non-blocking descriptor.
//
// Reads are awaiters with a ready fast path: a line that has already arrived costs no frame.  Input buffers
// are 16 KB chunks of a per-loop free list, attached only while bytes are pending.  Writes collect until
// flush(). A peer that is gone or too slow is an exception, PeerGone, caught once where the session is
// served.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "lib/async/loop.h"
#include "lib/async/read_interest.h"
#include "lib/base/fd.h"

namespace postrider::async {

// The peer will say nothing more: what() is "lost connection" or "timeout".
struct PeerGone : std::runtime_error {
    enum class Why { end_of_file, reset, timed_out };
    explicit PeerGone(Why reason)
        : std::runtime_error(reason == Why::timed_out ? "timeout" : "lost connection"), why(reason) {}
    Why why;
};

// How bytes cross the descriptor; TLS is another one.  Results: > 0 bytes, 0 end of file, or a Want / error.
class Transport {
  public:
    enum : int { want_read = -1, want_write = -2, failed = -3 };
    virtual ~Transport() = default;
    virtual int read(void* data, std::size_t size) = 0;
    virtual int write(const void* data, std::size_t size) = 0;
    // Bytes already decrypted and waiting inside the transport.
    virtual bool pending() const { return false; }
};

class Stream {
  public:
    // Takes the descriptor and makes it non-blocking.
    explicit Stream(Fd fd);
    ~Stream();
    Stream(Stream&&) noexcept;
    Stream& operator=(Stream&&) noexcept;

    int fd() const { return fd_.get(); }
    bool is_open() const { return static_cast<bool>(fd_); }
    // Gives the descriptor away; unread input is lost.
    Fd release();
    void close();

    // The time by which the pending or next wait must end; applies to reads and writes.
    void set_deadline(Deadline deadline) { deadline_ = deadline; }
    void set_timeout(Duration limit) { deadline_ = after(limit); }
    // With a positive value, every successful read or write of bytes moves the deadline this far ahead.
    void set_idle_timeout(Duration limit) {
        idle_timeout_ = limit;
        deadline_ = after(limit);
    }

    // The next line without its LF or CRLF.  `limit`: longer lines come in pieces of that size, see
    // line_was_cut().
    Task<std::string> read_line(std::size_t limit = 1 << 20);
    // The last read_line stopped at its limit, not at a line end.
    bool line_was_cut() const { return line_was_cut_; }
    // The last line ended in CRLF (false: in a bare LF).
    bool line_had_cr() const { return line_had_cr_; }
    // A line that has arrived in whole, without waiting; false when there is none.
    bool try_read_line(std::string& line, std::size_t limit = 1 << 20);
    // Exactly `size` bytes.
    Task<std::string> read_exactly(std::size_t size);
    // Some bytes, at most `limit`, at least one; empty at end of file.
    Task<std::string> read_some(std::size_t limit);
    // Bytes read from the peer and not yet consumed.
    std::string_view buffered() const;
    void consume(std::size_t size);
    // Reads at least one more byte into the buffer; false at end of file.
    Task<bool> fill();
    // The same in pieces, for a coroutine that wants no frame below it while it waits: what read() of a
    // Transport returns, where `failed` is thrown as PeerGone.  After want_read comes
    // co_await stream.ready_to_read(), which is Ready::timed_out at the deadline; after want_write,
    // wait_for().
    int try_fill();
    ReadInterest::Awaiter ready_to_read();
    // Bytes are waiting: in the buffer, in TLS or (asked from the kernel) in the socket.
    bool input_waiting();

    // Queues bytes; nothing is sent before flush(), or before 64 KB are queued by co_await write().
    void put(std::string_view bytes) { output_.append(bytes); }
    Task<> write(std::string bytes);
    Task<> flush();
    std::size_t queued() const { return output_.size(); }

    // Replaces the way bytes cross, for STARTTLS; buffered plaintext input is dropped (RFC 3207 4.2).
    void set_transport(std::unique_ptr<Transport> transport);
    Transport* transport() const { return transport_.get(); }
    // Waits for a descriptor event the transport asked for; throws PeerGone at the deadline.
    Task<> wait_for(int want);

  private:
    struct Input;
    int read_into(char* data, std::size_t size);
    int read_chunk();
    Fd fd_;
    std::unique_ptr<ReadInterest> interest_;  // after fd_: it goes first
    std::unique_ptr<Transport> transport_;
    std::unique_ptr<Input> input_;
    std::string output_;
    Deadline deadline_ = never;
    Duration idle_timeout_{};
    bool line_was_cut_ = false;
    bool line_had_cr_ = false;
    bool is_socket_ = true;
    bool drained_ = false;  // the last read took all there was
};

}  // namespace postrider::async

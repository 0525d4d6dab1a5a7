// lib/sasl/dovecot_link.cc - one connection to Dovecot's auth server.
#include "lib/sasl/dovecot_link.h"

#include <fmt/core.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::sasl {

namespace {

constexpr auto greeting_limit = std::chrono::seconds(10);
constexpr auto send_limit = std::chrono::seconds(10);
// Dovecot delays the answer to wrong passwords, the longer the more often they come.
constexpr auto answer_limit = std::chrono::seconds(30);
constexpr std::size_t line_limit = 64 * 1024;
constexpr std::size_t mechanism_limit = 100;

}  // namespace

DovecotLink::Waiting::Waiting(DovecotLink& link, std::uint32_t id) : link_(link), id_(id) {
    link_.waiting_[id_] = this;
}

DovecotLink::Waiting::~Waiting() {
    link_.waiting_.erase(id_);
}

DovecotLink::DovecotLink(Fd socket)
    : socket_(std::move(socket)), input_ready_(socket_.get(), [this] { read(); }) {
    set_nonblocking(socket_.get());
}

Task<Result<void>> DovecotLink::greet() {
    std::string greeting = dovecot_greeting(::getpid());
    const bool sent = co_await send(greeting);
    if (!sent) co_return Error{"Couldn't send handshake"};
    const async::Ready ready = co_await greeted_.wait(async::after(greeting_limit));
    if (ready == async::Ready::timed_out) {
        timed_out_ = true;
        lose("timeout");
    }
    if (lost_) co_return Error{trouble_};
    co_return Result<void>();
}

const DovecotLink::Mechanism* DovecotLink::find(const std::string& name) const {
    for (const Mechanism& mechanism : mechanisms_)
        if (equals_ignoring_case(mechanism.name, name)) return &mechanism;
    return nullptr;
}

Task<std::optional<DovecotLine>> DovecotLink::ask(std::uint32_t id, std::string line) {
    Waiting waiting(*this, id);
    const bool sent = co_await send(std::move(line));
    if (!sent) co_return std::nullopt;
    const async::Ready ready = co_await waiting.ended.wait(async::after(answer_limit));
    if (ready == async::Ready::timed_out) cancel(id);
    co_return std::move(waiting.answer);
}

void DovecotLink::cancel(std::uint32_t id) {
    if (lost_ || !understands_cancel_ || writer_.available() == 0) return;
    const std::string line = dovecot_cancel(id);
    const ssize_t sent = ::send(socket_.get(), line.data(), line.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent > 0 && static_cast<std::size_t>(sent) < line.size()) lose("cannot write");
}

// A line that was sent in part is the end of the connection, whoever interrupts it.
Task<bool> DovecotLink::send(std::string bytes) {
    struct Turn {
        DovecotLink& link;
        bool whole = false;
        ~Turn() {
            if (!whole) link.lose("cannot write");
            link.writer_.release();
        }
    };
    co_await writer_.acquire();
    Turn turn{*this};
    const async::Deadline deadline = async::after(send_limit);
    std::size_t done = 0;
    while (!lost_ && done < bytes.size()) {
        const ssize_t sent =
            ::send(socket_.get(), bytes.data() + done, bytes.size() - done, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent >= 0) {
            done += static_cast<std::size_t>(sent);
        } else if (errno == EAGAIN) {
            const async::Ready ready = co_await async::writable(socket_.get(), deadline);
            if (ready == async::Ready::timed_out) break;
        } else if (errno != EINTR) {
            break;
        }
    }
    turn.whole = done == bytes.size();
    co_return turn.whole && !lost_;
}

void DovecotLink::read() {
    char bytes[4096];
    const ssize_t got = ::recv(socket_.get(), bytes, sizeof bytes, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) {
        lose("Connection lost to authentication server");
        return;
    }
    input_.append(bytes, static_cast<std::size_t>(got));
    std::size_t start = 0;
    for (std::size_t end = input_.find('\n'); end != std::string::npos && !lost_;
         end = input_.find('\n', start)) {
        take(std::string_view(input_).substr(start, end - start));
        start = end + 1;
    }
    input_.erase(0, start);
    if (input_.size() > line_limit) lose("Protocol error");
}

void DovecotLink::take(std::string_view text) {
    const Result<DovecotLine> line = parse_dovecot_line(text);
    if (!line) {
        log::warning("SASL: {}: {:.100}", line.error(), text);
        lose(line.error());
        return;
    }
    if (!greeted_.is_set()) {
        take_greeting(*line);
        return;
    }
    using Kind = DovecotLine::Kind;
    if (line->kind != Kind::ok && line->kind != Kind::go_on && line->kind != Kind::fail) return;
    // The client of an unknown request has left meanwhile.
    const auto waiting = waiting_.find(line->id);
    if (waiting == waiting_.end()) return;
    waiting->second->answer = *line;
    waiting->second->ended.set();
}

void DovecotLink::take_greeting(const DovecotLine& line) {
    switch (line.kind) {
        case DovecotLine::Kind::version:
            version_told_ = true;
            understands_cancel_ = line.minor >= 1;
            if (line.major != 1) lose(fmt::format("Protocol version mismatch ({} vs. 1)", line.major));
            break;
        case DovecotLine::Kind::mechanism:
            if (line.mechanism.empty() || mechanisms_.size() >= mechanism_limit) break;
            mechanisms_.push_back({line.mechanism, line.properties});
            break;
        case DovecotLine::Kind::server_process:
            // The socket for Dovecot's own servers does not tell mechanisms.
            if (mechanisms_.empty())
                lose("Connected to wrong auth socket (auth-master instead of auth-client)");
            break;
        case DovecotLine::Kind::done:
            if (!version_told_)
                lose("Protocol version error");
            else
                greeted_.set();
            break;
        default:
            break;
    }
}

// May be called while read() works: the socket stays until the link is gone.
void DovecotLink::lose(std::string why) {
    if (lost_) return;
    lost_ = true;
    trouble_ = std::move(why);
    input_ready_.pause();
    for (auto& [id, waiting] : waiting_) waiting->ended.set();
    greeted_.set();
}

}  // namespace postrider::sasl

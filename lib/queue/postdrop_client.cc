// lib/queue/postdrop_client.cc - handing a message to postdrop(1), as any user of this machine may.
#include "lib/queue/postdrop_client.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <optional>
#include <utility>

#include "lib/base/file.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/ipc/attributes.h"

namespace postrider::queue {

namespace {

constexpr std::size_t send_size = 16 * 1024;

struct Pipe {
    Fd read;
    Fd write;
};
std::optional<Pipe> make_pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
    Pipe pipe;
    pipe.read.reset(ends[0]);
    pipe.write.reset(ends[1]);
    return pipe;
}

[[noreturn]] void become_postdrop(const std::string& path, int in, int out) {
    ::dup2(in, STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    ::signal(SIGPIPE, SIG_DFL);
    ::execl(path.c_str(), "postdrop", "-r", static_cast<char*>(nullptr));
    const std::string text = fmt::format("postdrop: fatal: execute {}: {}\n", path, errno_text());
    write_all(STDERR_FILENO, text.data(), text.size());
    ::_exit(71);
}

// The next attribute list of the answer; nothing at the end of it.
std::optional<ipc::Attributes> read_list(int fd, std::string& buffer) {
    for (;;) {
        std::size_t used = 0;
        if (auto list = ipc::parse_attributes(buffer, &used)) {
            buffer.erase(0, used);
            return list;
        }
        char chunk[4096];
        const ssize_t n = ::read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return std::nullopt;
        buffer.append(chunk, static_cast<std::size_t>(n));
    }
}

}  // namespace

Result<PostdropClient> PostdropClient::start(const Settings& settings) {
    const std::string path = settings[config::command_directory] + "/postdrop";
    ::signal(SIGPIPE, SIG_IGN);
    auto to = make_pipe();
    auto from = make_pipe();
    if (!to || !from) return Error{fmt::format("pipe: {}", errno_text())};
    const pid_t process = ::fork();
    if (process < 0) return Error{fmt::format("fork: {}", errno_text())};
    if (process == 0) become_postdrop(path, to->read.get(), from->write.get());
    PostdropClient client(process, std::move(to->write), std::move(from->read));
    to->read.reset();
    from->write.reset();
    if (!client.read_greeting()) {
        client.wait_for_end();
        return Error{fmt::format("command \"{} -r\" exited with status {}", path, client.exit_status_)};
    }
    return client;
}

PostdropClient::PostdropClient(pid_t process, Fd to, Fd from)
    : process_(process), to_(std::move(to)), from_(std::move(from)) {}

PostdropClient::PostdropClient(PostdropClient&& other) noexcept
    : process_(std::exchange(other.process_, -1)),
      to_(std::move(other.to_)),
      from_(std::move(other.from_)),
      pending_(std::move(other.pending_)),
      queue_id_(std::move(other.queue_id_)),
      answer_(std::move(other.answer_)),
      broken_(other.broken_),
      exit_status_(other.exit_status_) {}

PostdropClient::~PostdropClient() {
    wait_for_end();
}

bool PostdropClient::read_greeting() {
    const auto greeting = read_list(from_.get(), answer_);
    const std::string* id = greeting ? greeting->find("queue_id") : nullptr;
    if (id != nullptr) queue_id_ = *id;
    return id != nullptr;
}

void PostdropClient::put(RecordType type, std::string_view data) {
    append_record(pending_, type, data);
    if (pending_.size() >= send_size) send();
}

void PostdropClient::put_attribute(std::string_view name, std::string_view value) {
    put(RecordType::attribute, fmt::format("{}={}", name, value));
}

void PostdropClient::send() {
    if (!broken_) broken_ = !write_all(to_.get(), pending_.data(), pending_.size());
    pending_.clear();
}

CleanupOutcome PostdropClient::finish() {
    send();
    CleanupOutcome outcome;
    const auto answer = read_list(from_.get(), answer_);
    if (answer) {
        const std::string* status = answer->find("status");
        const std::string* reason = answer->find("reason");
        if (status != nullptr)
            outcome.status = static_cast<int>(parse_int(*status).value_or(cleanup_status::write_error));
        if (reason != nullptr) outcome.reason = *reason;
    }
    wait_for_end();
    return outcome;
}

void PostdropClient::wait_for_end() {
    to_.reset();
    from_.reset();
    if (process_ < 0) return;
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) continue;
    exit_status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    process_ = -1;
}

}  // namespace postrider::queue

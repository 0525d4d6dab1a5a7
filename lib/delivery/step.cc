// lib/delivery/step.cc - one step of a delivery, made with the recipient's rights.
#include "lib/delivery/step.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "lib/base/fd.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/ipc/attributes.h"

namespace postrider::delivery {

namespace {

constexpr std::size_t answer_limit = 4U << 20;

// Kills and reaps the child, unless it has been reaped.
class Child {
  public:
    explicit Child(pid_t pid) : pid_(pid) {}
    ~Child() {
        if (pid_ <= 0) return;
        ::kill(pid_, SIGKILL);
        reap();
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    int reap() {
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
        pid_ = -1;
        return status;
    }

  private:
    pid_t pid_;
};

// The child's whole life.
[[noreturn]] void live(int answer, const Rights* rights, const std::function<StepResult()>& job) {
    async::Loop::forget_after_fork();
    ::signal(SIGTERM, SIG_DFL);
    ::signal(SIGHUP, SIG_DFL);
    ::umask(077);
    if (rights != nullptr && !become(*rights)) {
        log::warning("cannot become user {}: {}", rights->name, errno_text());
        ::_exit(1);
    }
    try {
        const std::string text = ipc::encode(job());
        ::_exit(write_all(answer, text.data(), text.size()) ? 0 : 1);
    } catch (const std::exception& error) {
        log::warning("delivery step: {}", error.what());
    }
    ::_exit(1);
}

Task<Result<std::string>> run_child(const Rights* rights, std::function<StepResult()> job,
                                    async::Duration limit) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) co_return Error{fmt::format("pipe: {}", errno_text())};
    Fd reading(ends[0]);
    Fd writing(ends[1]);
    const pid_t pid = ::fork();
    if (pid < 0) co_return Error{fmt::format("fork: {}", errno_text())};
    if (pid == 0) {
        reading.reset();
        live(writing.get(), rights, job);
    }
    Child child(pid);
    writing.reset();
    set_nonblocking(reading.get());
    std::string answer;
    const async::Deadline deadline = async::after(limit);
    for (;;) {
        const async::Ready ready = co_await async::readable(reading.get(), deadline);
        if (ready == async::Ready::timed_out) co_return Error{"delivery took too long"};
        char chunk[16384];
        const ssize_t n = ::read(reading.get(), chunk, sizeof chunk);
        if (n < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        if (n <= 0) break;
        answer.append(chunk, static_cast<std::size_t>(n));
        if (answer.size() > answer_limit) co_return Error{"a delivery step said too much"};
    }
    const int status = child.reap();
    if (status != 0) co_return Error{fmt::format("delivery step ended with status {}", status)};
    co_return answer;
}

StepResult decoded(const Result<std::string>& answer) {
    if (!answer) return StepResult::problem("4.3.0", answer.error());
    auto result = ipc::decode<StepResult>(*answer);
    if (!result) return StepResult::problem("4.3.0", "malformed answer of a delivery step");
    return std::move(*result);
}

}  // namespace

StepResult StepResult::delivered(std::string text) {
    StepResult result;
    result.kind = Kind::delivered;
    result.status = "2.0.0";
    result.text = std::move(text);
    return result;
}

std::string status_of_errno(int number, const std::string& otherwise) {
    switch (number) {
        case EDQUOT:
        case EFBIG:
            return "5.2.2";
        case EAGAIN:
        case ESTALE:
        case EINTR:
            return "4.2.0";
        case ENOSPC:
        // Postfix returns mail for these.
        case EIO:
        case EMFILE:
        case ENFILE:
        case ENOMEM:
            return "4.3.0";
        default:
            return otherwise;
    }
}

StepResult StepResult::problem(std::string status, std::string text) {
    StepResult result;
    result.kind = status.front() == '5' ? Kind::failed : Kind::deferred;
    result.status = std::move(status);
    result.text = std::move(text);
    return result;
}

Task<StepResult> write_as(Rights rights, std::function<StepResult()> job) {
    Result<StepResult> result = co_await act_as(std::move(rights), std::move(job));
    if (!result) co_return StepResult::problem("4.3.0", result.error());
    co_return std::move(*result);
}

Task<StepResult> run_step(Rights rights, std::function<StepResult()> job, async::Duration limit) {
    const Result<std::string> answer = co_await run_child(&rights, std::move(job), limit);
    co_return decoded(answer);
}

Task<StepResult> run_step_before_becoming(std::function<StepResult()> job, async::Duration limit) {
    const Result<std::string> answer = co_await run_child(nullptr, std::move(job), limit);
    co_return decoded(answer);
}

}  // namespace postrider::delivery

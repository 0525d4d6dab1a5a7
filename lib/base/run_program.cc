// lib/base/run_program.cc - other programs, run to their end.
#include "lib/base/run_program.h"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "lib/base/fd.h"
#include "lib/base/file.h"
#include "lib/base/log.h"

namespace postrider {

namespace {

using Clock = std::chrono::steady_clock;

std::vector<char*> pointers(const std::vector<std::string>& arguments) {
    std::vector<char*> result;
    for (const std::string& one : arguments) result.push_back(const_cast<char*>(one.c_str()));
    result.push_back(nullptr);
    return result;
}

// One of its output streams, kept up to a limit.
class Kept {
  public:
    explicit Kept(std::size_t limit) : limit_(limit) {
        int ends[2];
        if (limit == 0 || ::pipe2(ends, O_CLOEXEC) != 0) return;
        output_.reset(ends[0]);
        input_.reset(ends[1]);
    }
    int descriptor() const { return output_.get(); }
    int input() const { return input_.get(); }
    void close_input() { input_.reset(); }
    void read_some() {
        char bytes[4096];
        const ssize_t got = ::read(output_.get(), bytes, std::min(sizeof bytes, limit_ - text_.size()));
        if (got < 0 && errno == EINTR) return;
        if (got > 0) text_.append(bytes, static_cast<std::size_t>(got));
        // One that has said enough is not listened to any more.
        if (got <= 0 || text_.size() == limit_) output_.reset();
    }
    std::string take() { return std::move(text_); }

  private:
    Fd output_;
    Fd input_;
    std::size_t limit_;
    std::string text_;
};

pid_t spawn(const std::vector<std::string>& arguments, int output, int errors) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    if (output >= 0) {
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    }
    if (errors >= 0) posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
    pid_t pid = -1;
    errno = posix_spawnp(&pid, arguments[0].c_str(), &actions, nullptr, pointers(arguments).data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    return errno == 0 ? pid : -1;
}

// posix_spawn(3) knows no other user.
pid_t spawn_as(const ProgramUser& user, const std::vector<std::string>& arguments, int output, int errors) {
    std::vector<char*> words = pointers(arguments);
    const pid_t pid = ::fork();
    if (pid != 0) return pid;
    if (::setgroups(1, &user.group) != 0 || ::setgid(user.group) != 0 || ::setuid(user.user) != 0)
        ::_exit(126);
    if (output >= 0) {
        const int nothing = ::open("/dev/null", O_RDONLY);
        if (nothing < 0 || ::dup2(nothing, STDIN_FILENO) < 0 || ::dup2(output, STDOUT_FILENO) < 0)
            ::_exit(126);
    }
    if (errors >= 0) ::dup2(errors, STDERR_FILENO);
    ::execvp(words[0], words.data());
    ::_exit(127);
}

// What is left for poll(2), in milliseconds; -1 without a limit.
int left(const std::optional<Clock::time_point>& deadline) {
    if (!deadline) return -1;
    const auto time = std::chrono::ceil<std::chrono::milliseconds>(*deadline - Clock::now());
    return static_cast<int>(std::max<long>(0, time.count()));
}

// False: the time is up before both have ended.
bool read_all(Kept& output, Kept& errors, const std::optional<Clock::time_point>& deadline) {
    while (output.descriptor() >= 0 || errors.descriptor() >= 0) {
        pollfd waiting[] = {{output.descriptor(), POLLIN, 0}, {errors.descriptor(), POLLIN, 0}};
        const int ready = ::poll(waiting, 2, left(deadline));
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return false;
        if (waiting[0].revents != 0) output.read_some();
        if (waiting[1].revents != 0) errors.read_some();
    }
    return true;
}

// False: the time is up before the process has ended.
bool wait_for(pid_t pid, const std::optional<Clock::time_point>& deadline) {
    const Fd process(deadline ? static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)) : -1);
    if (!process) return true;
    for (;;) {
        pollfd waiting{process.get(), POLLIN, 0};
        const int ready = ::poll(&waiting, 1, left(deadline));
        if (ready < 0 && errno == EINTR) continue;
        return ready > 0;
    }
}

}  // namespace

Ended run_to_end(const Program& program) {
    Ended ended;
    Kept output(program.output_limit);
    Kept errors(program.errors_limit);
    const pid_t pid = program.user
                          ? spawn_as(*program.user, program.arguments, output.input(), errors.input())
                          : spawn(program.arguments, output.input(), errors.input());
    if (pid < 0) {
        ended.errors = errno_text();
        return ended;
    }
    output.close_input();
    errors.close_input();
    std::optional<Clock::time_point> deadline;
    if (program.time_limit) deadline = Clock::now() + *program.time_limit;
    ended.in_time = read_all(output, errors, deadline) && wait_for(pid, deadline);
    if (!ended.in_time) ::kill(pid, SIGKILL);
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0)
        if (errno != EINTR) return ended;
    ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    ended.output = output.take();
    ended.errors = errors.take();
    return ended;
}

int run_program(const std::vector<std::string>& arguments) {
    Program program;
    program.arguments = arguments;
    return run_to_end(program).status;
}

Result<std::string> output_of_program(const std::vector<std::string>& arguments,
                                      std::chrono::seconds time_limit, std::size_t size_limit) {
    Program program;
    program.arguments = arguments;
    program.time_limit = time_limit;
    program.output_limit = size_limit;
    Ended ended = run_to_end(program);
    if (!ended.in_time) return Error{arguments[0] + ": timed out"};
    if (!ended.errors.empty()) return Error{arguments[0] + ": " + ended.errors};
    if (ended.status != 0) return Error{arguments[0] + ": failed"};
    return std::move(ended.output);
}

void become_program(const std::vector<std::string>& arguments) {
    execvp(arguments[0].c_str(), pointers(arguments).data());
    fatal("cannot run {}: {}", arguments[0], errno_text());
}

}  // namespace postrider

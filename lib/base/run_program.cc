// lib/base/run_program.cc - other programs, run to their end.
#include "lib/base/run_program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "lib/base/fd.h"
#include "lib/base/file.h"
#include "lib/base/log.h"

namespace postrider {

namespace {

std::vector<char*> pointers(const std::vector<std::string>& arguments) {
    std::vector<char*> result;
    for (const std::string& one : arguments) result.push_back(const_cast<char*>(one.c_str()));
    result.push_back(nullptr);
    return result;
}

}  // namespace

int run_program(const std::vector<std::string>& arguments) {
    pid_t pid = 0;
    if (posix_spawnp(&pid, arguments[0].c_str(), nullptr, nullptr, pointers(arguments).data(), environ) != 0)
        return 127;
    int status = 0;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR) return 127;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

Result<std::string> output_of_program(const std::vector<std::string>& arguments,
                                      std::chrono::seconds time_limit, std::size_t size_limit) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return Error{"pipe: " + errno_text()};
    const Fd output(ends[0]);
    Fd input(ends[1]);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, input.get(), 1);
    pid_t pid = 0;
    const int error =
        posix_spawnp(&pid, arguments[0].c_str(), &actions, nullptr, pointers(arguments).data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) return Error{arguments[0] + ": " + errno_text(error)};
    input.reset();

    const auto deadline = std::chrono::steady_clock::now() + time_limit;
    std::string text;
    bool in_time = true;
    while (text.size() < size_limit) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        pollfd waiting{output.get(), POLLIN, 0};
        const int ready = left.count() > 0 ? ::poll(&waiting, 1, static_cast<int>(left.count())) : 0;
        if (ready < 0 && errno == EINTR) continue;
        in_time = ready > 0;
        char bytes[4096];
        const ssize_t got =
            in_time ? ::read(output.get(), bytes, std::min(sizeof bytes, size_limit - text.size())) : 0;
        if (got <= 0) break;
        text.append(bytes, static_cast<std::size_t>(got));
    }
    if (!in_time) ::kill(pid, SIGKILL);
    int status = 0;
    // One that has said enough and does not end has no more to say either.
    while (::waitpid(pid, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() >= deadline) ::kill(pid, SIGKILL);
        ::poll(nullptr, 0, 5);
    }
    if (!in_time) return Error{arguments[0] + ": timed out"};
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return Error{arguments[0] + ": failed"};
    return text;
}

void become_program(const std::vector<std::string>& arguments) {
    execvp(arguments[0].c_str(), pointers(arguments).data());
    fatal("cannot run {}: {}", arguments[0], errno_text());
}

}  // namespace postrider

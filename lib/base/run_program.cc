// lib/base/run_program.cc - other programs, run to their end.
#include "lib/base/run_program.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

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

void become_program(const std::vector<std::string>& arguments) {
    execvp(arguments[0].c_str(), pointers(arguments).data());
    fatal("cannot run {}: {}", arguments[0], errno_text());
}

}  // namespace postrider

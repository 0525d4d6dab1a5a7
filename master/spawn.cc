// master/spawn.cc - starting a daemon process.
#include "master/spawn.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>

#include "lib/base/fd.h"
#include "lib/base/file.h"
#include "lib/config/global_parameters.h"
#include "lib/config/source_parameters.h"
#include "lib/config/sources.h"
#include "lib/daemon/master_protocol.h"
#include "master/parameters.h"

namespace postrider::master {

using namespace config;  // parameters

namespace {

constexpr int cannot_run = 126;

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (const std::string& text : texts) out.push_back(const_cast<char*>(text.c_str()));
    out.push_back(nullptr);
    return out;
}

// In the child.  Only async-signal-safe calls; everything was prepared before fork.
[[noreturn]] void become(const char* program, char** arguments, char** environment,
                         const std::vector<int>& wanted, int null_fd) {
    // First above all targets, so that no dup2 overwrites a source.
    const int safe = daemon::master_fd + static_cast<int>(wanted.size()) + 16;
    std::size_t i = 0;
    int parked[256];
    for (; i < wanted.size() && i < 256; ++i) parked[i] = fcntl(wanted[i], F_DUPFD_CLOEXEC, safe);
    for (std::size_t j = 0; j < i; ++j)
        if (parked[j] < 0 || dup2(parked[j], daemon::master_fd + static_cast<int>(j)) < 0) _exit(cannot_run);
    dup2(null_fd, STDIN_FILENO);
    for (const int number : {SIGTERM, SIGINT, SIGHUP, SIGCHLD, SIGPIPE, SIGALRM}) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    execve(program, arguments, environment);
    _exit(cannot_run);
}

}  // namespace

Result<pid_t> spawn(const SpawnRequest& request) {
    if (::access(request.program.c_str(), X_OK) != 0)
        return Error{fmt::format("cannot run {}: {}", request.program, errno_text())};
    const Fd null_fd(::open("/dev/null", O_RDWR | O_CLOEXEC));
    std::vector<char*> arguments = pointers(request.arguments);
    std::vector<char*> environment = pointers(request.environment);
    std::vector<int> wanted{request.channel};
    wanted.insert(wanted.end(), request.sockets.begin(), request.sockets.end());
    if (wanted.size() > 256)
        return Error{fmt::format("{}: more than 255 listening sockets", request.program)};
    // A signal for the child must not be taken by our own handler, which it has until it resets it.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    const pid_t pid = ::fork();
    if (pid != 0) sigprocmask(SIG_SETMASK, &before, nullptr);
    if (pid < 0) return Error{fmt::format("fork: {}", errno_text())};
    if (pid == 0)
        become(request.program.c_str(), arguments.data(), environment.data(), wanted, null_fd.get());
    return pid;
}

std::vector<std::string> child_environment(const Settings& settings) {
    std::vector<std::string> environment;
    for (const std::string& word : settings.words(import_environment)) {
        if (word.find('=') != std::string::npos) {
            environment.push_back(word);
        } else if (const char* value = std::getenv(word.c_str())) {
            environment.push_back(word + "=" + value);
        }
    }
    if (settings[config::environment_overlay])
        for (const auto& [name, value] : config::overlay_variables())
            environment.push_back(name + "=" + value);
    environment.emplace_back("PATH=/usr/bin:/bin");
    return environment;
}

}  // namespace postrider::master

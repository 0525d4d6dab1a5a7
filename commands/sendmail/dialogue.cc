// commands/sendmail/dialogue.cc - sendmail -bs: SMTP on standard input and output.
#include "commands/sendmail/dialogue.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "lib/base/fd.h"
#include "lib/base/file.h"
#include "lib/base/log.h"

namespace postrider::sendmail {

namespace {

[[noreturn]] void become_server(const std::string& path, std::vector<std::string> words, int socket) {
    ::dup2(socket, STDIN_FILENO);
    ::dup2(socket, STDOUT_FILENO);
    ::signal(SIGPIPE, SIG_DFL);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execv(path.c_str(), arguments.data());
    log::warning("execute {}: {}", path, errno_text());
    ::_exit(75);
}

// Passes what is there from one descriptor to the other; false at the end, or when nobody listens.
bool pass(int from, int to) {
    std::array<char, 16384> bytes;
    const ssize_t n = ::read(from, bytes.data(), bytes.size());
    if (n < 0) return errno == EINTR || errno == EAGAIN;
    return n > 0 && write_all(to, bytes.data(), static_cast<std::size_t>(n));
}

void relay(int socket) {
    bool input_open = true;
    for (;;) {
        std::array<pollfd, 2> waiting{};
        waiting[0].fd = socket;
        waiting[0].events = POLLIN;
        waiting[1].fd = input_open ? STDIN_FILENO : -1;
        waiting[1].events = POLLIN;
        if (::poll(waiting.data(), waiting.size(), -1) < 0) {
            if (errno == EINTR) continue;
            return;
        }
        if (waiting[0].revents != 0 && !pass(socket, STDOUT_FILENO)) return;
        if (waiting[1].revents != 0 && !pass(STDIN_FILENO, socket)) {
            ::shutdown(socket, SHUT_WR);
            input_open = false;
        }
    }
}

}  // namespace

int run_dialogue(const std::string& path, const std::vector<std::string>& words) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        fatal("socketpair: {}", errno_text());
    const Fd ours(ends[0]);
    Fd theirs(ends[1]);
    ::signal(SIGPIPE, SIG_IGN);
    const pid_t server = ::fork();
    if (server < 0) fatal("fork: {}", errno_text());
    if (server == 0) become_server(path, words, theirs.get());
    theirs.reset();
    relay(ours.get());
    int status = 0;
    while (::waitpid(server, &status, 0) < 0 && errno == EINTR) continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 75;
}

}  // namespace postrider::sendmail

// lib/delivery/command.cc - running a command with the message on its standard input.
#include "lib/delivery/command.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "lib/base/fd.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/main_cf.h"
#include "lib/mail/status.h"

namespace postrider::delivery {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t output_limit = 4096;
// EX_TEMPFAIL: the exit status of a child that could not become the command.
constexpr int cannot_run = 75;
// Compat: what a shell that we start calls itself in its messages.
constexpr const char* shell_name = "sh";
// What a command line may have and still be run without a shell.
constexpr std::string_view plain_characters =
    "1234567890!@%-_=+:,./abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ \t";

struct Meaning {
    int exit_status;
    const char* status;
    const char* text;
};
constexpr Meaning meanings[] = {
    {64, "5.3.0", "command line usage error"},  {65, "5.6.0", "data format error"},
    {66, "5.3.0", "cannot open input"},         {67, "5.1.1", "user unknown"},
    {68, "5.1.2", "host name unknown"},         {69, "5.3.0", "service unavailable"},
    {70, "5.3.0", "internal software error"},   {71, "4.3.0", "system resource problem"},
    {72, "5.3.0", "critical OS file missing"},  {73, "5.2.0", "can't create user output file"},
    {74, "5.3.0", "input/output error"},        {75, "4.3.0", "temporary failure"},
    {76, "5.5.0", "remote error in protocol"},  {77, "5.7.0", "permission denied"},
    {78, "5.3.5", "local configuration error"},
};

// Compat: lines become words, and what cannot be printed an underscore.
std::string one_line(std::string text) {
    for (char& c : text)
        if (c == '\n' || c == '\t' || c == '\v' || c == '\f') c = ' ';
    return printable(text, '_');
}

std::string with_output(std::string text, const std::string& output) {
    if (!output.empty()) text += ". Command output: " + output;
    return text;
}

StepResult unix_result(const std::string& status, std::string text, const std::string& diagnostic) {
    StepResult result = StepResult::problem(status, std::move(text));
    result.diagnostic_type = "x-unix";
    result.diagnostic_text = diagnostic;
    return result;
}

// The child's side: becomes the command.
[[noreturn]] void become_command(const CommandTarget& target, const std::vector<std::string>& words,
                                 int input, int output) {
    ::setsid();
    if (::dup2(input, 0) < 0 || ::dup2(output, 1) < 0 || ::dup2(output, 2) < 0) ::_exit(EXIT_FAILURE);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGCHLD}) ::signal(number, SIG_DFL);
    // Compat: a write that finds no reader, or goes beyond the size limit of files, fails; it does not kill.
    for (const int number : {SIGPIPE, SIGXFSZ}) ::signal(number, SIG_IGN);
    ::umask(077);
    if (!target.directory.empty() && ::chdir(target.directory.c_str()) != 0) {
        log::write(log::Level::fatal, fmt::format("cannot change directory to \"{}\" for uid={} gid={}: {}",
                                                  target.directory, ::geteuid(), ::getegid(), errno_text()));
        ::_exit(cannot_run);
    }
    if (target.file_size_limit > 0) {
        const rlimit limit{static_cast<rlim_t>(target.file_size_limit),
                           static_cast<rlim_t>(target.file_size_limit)};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    std::vector<char*> arguments, environment;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    for (const std::string& item : target.environment) environment.push_back(const_cast<char*>(item.c_str()));
    arguments.push_back(nullptr);
    environment.push_back(nullptr);
    if (words.front() == shell_name) ::execve("/bin/sh", arguments.data(), environment.data());
    ::execvpe(arguments.front(), arguments.data(), environment.data());
    if (errno == ENOENT && words.front().find('/') == std::string::npos && target.arguments.empty()) {
        // Perhaps the shell knows it.
        ::execle("/bin/sh", "sh", "-c", target.command.c_str(), nullptr, environment.data());
    }
    // Compat: a command that is not there or may not be run is the administrator's mistake, and the mail
    // waits.
    const std::string problem = fmt::format("{}execvp {}: {}", target.complaint, words.front(), errno_text());
    const std::string line = fmt::format("{}: fatal: {}\n", target.agent, problem);
    write_all(2, line.data(), line.size());
    log::write(log::Level::fatal, problem);
    ::_exit(cannot_run);
}

// A command under way, seen from the process that feeds it.
class Running {
  public:
    Running(pid_t pid, Fd input, Fd output, Clock::time_point deadline)
        : pid_(pid), input_(std::move(input)), output_(std::move(output)), deadline_(deadline) {
        set_nonblocking(input_.get());
        set_nonblocking(output_.get());
    }
    ~Running() {
        if (pid_ > 0) kill_all();
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    // Writes to the command, reading what it says meanwhile.  False when it reads no more, or at the
    // deadline.
    bool feed(std::string_view bytes) {
        while (!bytes.empty()) {
            if (!wait(POLLOUT)) return false;
            const ssize_t n = ::write(input_.get(), bytes.data(), bytes.size());
            if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
            if (n < 0 && errno != EAGAIN && errno != EINTR) return false;
        }
        return true;
    }
    // Reads until the command has closed its output; false at the deadline.
    bool drain() {
        input_.reset();
        while (output_)
            if (!wait(0)) return false;
        return true;
    }
    // Waits for its end; nothing at the deadline.
    std::optional<int> reap() {
        for (;;) {
            int status = 0;
            const pid_t done = ::waitpid(pid_, &status, WNOHANG);
            if (done == pid_) {
                pid_ = -1;
                return status;
            }
            if (Clock::now() >= deadline_) return std::nullopt;
            ::usleep(pause_);
            pause_ = std::min(pause_ * 2, 100'000U);
        }
    }
    bool timed_out() const { return timed_out_; }
    std::string output() const { return one_line(said_); }

  private:
    // Waits until input can be written (POLLOUT) or, always, output was read.
    bool wait(short what) {
        for (;;) {
            const auto left =
                std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
            if (left <= 0) {
                timed_out_ = true;
                return false;
            }
            pollfd polled[2] = {{output_.get(), POLLIN, 0}, {what != 0 ? input_.get() : -1, what, 0}};
            const int ready = ::poll(polled, 2, static_cast<int>(std::min<long>(left, 60'000)));
            if (ready < 0 && errno != EINTR) return false;
            if (ready <= 0) continue;
            if (polled[0].revents != 0) read_some();
            if (what == 0 || polled[1].revents != 0) return true;
        }
    }
    void read_some() {
        char chunk[4096];
        const ssize_t n = ::read(output_.get(), chunk, sizeof chunk);
        if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (n <= 0) return output_.reset();
        const std::size_t room = output_limit - said_.size();
        said_.append(chunk, std::min(room, static_cast<std::size_t>(n)));
    }
    void kill_all() {
        ::kill(-pid_, SIGKILL);
        ::kill(pid_, SIGKILL);
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
    }

    pid_t pid_;
    Fd input_, output_;
    Clock::time_point deadline_;
    std::string said_;
    bool timed_out_ = false;
    unsigned pause_ = 1000;
};

StepResult too_long(const CommandTarget& target, const std::string& output) {
    return unix_result(
        "5.3.0", with_output(fmt::format("Command time limit exceeded: \"{}\"", target.command), output),
        output.empty() ? "internal software error" : output);
}

}  // namespace

std::vector<std::string> command_arguments(const std::string& command, const std::string& shell) {
    if (!shell.empty()) {
        std::vector<std::string> words = split_words(shell, " \t");
        words.push_back(command);
        return words;
    }
    const bool plain = command.find_first_not_of(plain_characters) == std::string::npos;
    std::vector<std::string> words = split_words(command, " \t");
    if (plain && !words.empty()) return words;
    return {shell_name, "-c", command};
}

std::vector<std::string> exported_environment(const std::vector<std::string>& items) {
    std::vector<std::string> environment;
    for (const std::string& item : items) {
        if (item.find('=') != std::string::npos) {
            const bool braces = item.front() == '{' && item.back() == '}';
            const auto pair = config::parse_assignment(braces ? item.substr(1, item.size() - 2) : item);
            if (!pair) fatal("clean_env: {} in: {}", pair.error(), item);
            environment.push_back(pair->name + "=" + pair->value);
        } else if (const char* value = std::getenv(item.c_str())) {
            environment.push_back(item + "=" + value);
        }
    }
    // Compat: a command's PATH is always the system's default.
    std::erase_if(environment, [](const std::string& item) { return item.starts_with("PATH="); });
    environment.emplace_back("PATH=/usr/bin:/bin");
    return environment;
}

std::optional<ExitMeaning> exit_meaning(int status) {
    for (const Meaning& meaning : meanings)
        if (meaning.exit_status == status) return ExitMeaning{meaning.status, meaning.text};
    return std::nullopt;
}

StepResult command_result(int wait_status, const std::string& command, const std::string& output) {
    if (WIFSIGNALED(wait_status))
        return unix_result(
            "4.3.0",
            with_output(fmt::format("Command died with signal {}: \"{}\"", WTERMSIG(wait_status), command),
                        output),
            output.empty() ? "internal software error" : output);
    const int status = WEXITSTATUS(wait_status);
    if (status == 0) return StepResult::delivered(output);
    const std::size_t code = mail::status_code_length(output);
    if (code > 0) {
        const mail::StatusText said = mail::split_status(output, "5.3.0");
        StepResult result = unix_result(said.status, said.text, said.text);
        // A code of success does not make it one: the class is corrected where it is told.
        if (said.status.front() == '2') result.kind = StepResult::Kind::failed;
        return result;
    }
    const auto meaning = exit_meaning(status);
    if (meaning)
        return unix_result(meaning->status, with_output(meaning->text, output),
                           output.empty() ? meaning->text : output);
    return unix_result(
        "5.3.0", with_output(fmt::format("Command died with status {}: \"{}\"", status, command), output),
        output.empty() ? fmt::format("unknown mail system error {}", status) : output);
}

StepResult run_command(const CommandTarget& target, int queue_file, std::int64_t data_offset,
                       const CopyOptions& copy) {
    const std::vector<std::string> words =
        target.arguments.empty() ? command_arguments(target.command, target.shell) : target.arguments;
    int input[2], output[2];
    if (::pipe2(input, O_CLOEXEC) != 0 || ::pipe2(output, O_CLOEXEC) != 0)
        return StepResult::problem("4.3.0", "pipe: " + errno_text());
    ::signal(SIGPIPE, SIG_IGN);
    const pid_t pid = ::fork();
    if (pid < 0) return StepResult::problem("4.3.0", "Delivery failed: fork: " + errno_text());
    if (pid == 0) become_command(target, words, input[0], output[1]);
    ::close(input[0]);
    ::close(output[1]);
    Running running(pid, Fd(input[1]), Fd(output[0]), Clock::now() + target.time_limit);
    const Copied copied = copy_message(queue_file, data_offset, copy,
                                       [&running](std::string_view piece) { return running.feed(piece); });
    if (auto missing = no_message(copied)) return std::move(*missing);
    // A command need not read all of its input: what its exit status says counts.
    const bool ended = !running.timed_out() && running.drain();
    const auto status = ended ? running.reap() : std::nullopt;
    if (!status) {
        StepResult result = too_long(target, running.output());
        result.warn("pipe_command_read: read time limit exceeded");
        return result;
    }
    return command_result(*status, target.command, running.output());
}

}  // namespace postrider::delivery

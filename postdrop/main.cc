// postdrop/main.cc - postdrop(1): puts a message into maildrop for any user of this machine.
//
// Runs set-gid, because maildrop is writable by that group only, and trusts nothing it is given: not its
// environment, not the choice of a configuration, not its standard input.  Read submission.cc next.
#include <sys/resource.h>
#include <sysexits.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/config/command.h"
#include "lib/config/command_options.h"
#include "lib/config/global_parameters.h"
#include "lib/config/log_setup.h"
#include "lib/ipc/attributes.h"
#include "lib/ipc/client.h"
#include "lib/queue/authorized_users.h"
#include "lib/queue/cleanup_client.h"
#include "lib/queue/parameters.h"
#include "lib/queue/queue_file.h"
#include "postdrop/sender_check.h"
#include "postdrop/submission.h"

namespace {

using namespace postrider;
namespace status = queue::cleanup_status;

// For the signal handler, which may do little more than unlink(2) and _exit(2).
std::array<char, 512> unfinished_path{};

void die_by_signal(int signal) {
    if (unfinished_path[0] != '\0') ::unlink(unfinished_path.data());
    ::_exit(128 + signal);
}

void catch_signals() {
    for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGALRM}) {
        // A signal ignored by our parent (nohup) stays ignored.
        if (::signal(signal, SIG_IGN) != SIG_IGN) ::signal(signal, die_by_signal);
    }
    ::signal(SIGPIPE, SIG_IGN);
    ::signal(SIGXFSZ, SIG_IGN);
}

void remember_unfinished(const std::string& path) {
    unfinished_path[0] = '\0';
    if (path.size() < unfinished_path.size() - 1) path.copy(unfinished_path.data(), path.size());
}

// The kernel ends a message that grows without end, whatever it is made of.
void limit_file_size(long limit) {
    struct rlimit size {};
    if (limit <= 0 || ::getrlimit(RLIMIT_FSIZE, &size) != 0) return;
    const auto wanted = static_cast<rlim_t>(limit);
    if (size.rlim_cur != RLIM_INFINITY && size.rlim_cur <= wanted) return;
    size.rlim_cur = wanted;
    ::setrlimit(RLIMIT_FSIZE, &size);
}

// Standard input, record by record.
class Input {
  public:
    // False when the input ends between records; the error when what is there is no record.
    Result<bool> next(queue::RecordType& type, std::string_view& data, std::size_t limit) {
        buffer_.erase(0, used_);
        used_ = 0;
        for (;;) {
            const long length = queue::parse_record(buffer_, type, data);
            if (length < 0 || (length == 0 && buffer_.size() > limit + 8) || data.size() > limit)
                return Error{"malformed input"};
            if (length > 0) {
                used_ = static_cast<std::size_t>(length);
                return true;
            }
            data = {};
            char chunk[16384];
            const ssize_t n = ::read(STDIN_FILENO, chunk, sizeof chunk);
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0 && buffer_.empty()) return false;
            if (n <= 0) {
                log::warning("stdin: unexpected EOF in a record of type {}",
                             static_cast<int>(buffer_.front()));
                return Error{"malformed input"};
            }
            buffer_.append(chunk, static_cast<std::size_t>(n));
        }
    }

  private:
    std::string buffer_;
    std::size_t used_ = 0;
};

void answer(ipc::AttributeWriter list) {
    const std::string bytes = std::move(list).finish();
    write_all(STDOUT_FILENO, bytes.data(), bytes.size());
}

void greet(const std::string& queue_id) {
    ipc::AttributeWriter list;
    list.put("protocol", "postdrop_protocol");
    list.put("queue_id", queue_id);
    answer(std::move(list));
}

// Records up to the end record; false when the input stops before it: a user who changed his mind.
bool receive(postdrop::Submission& submission, const std::string& user, std::size_t line_limit) {
    Input input;
    while (!submission.finished()) {
        queue::RecordType type{};
        std::string_view data;
        const Result<bool> more = input.next(type, data, line_limit);
        if (!more) fatal("{}: {}", user, more.error());
        if (!*more) return false;
        const Result<void> taken = submission.take(type, data);
        if (!taken) fatal("{}", taken.error());
    }
    return true;
}

// A cleanup status, and what the user is told.
struct Outcome {
    explicit Outcome(int with) : status(with), reason(with == status::ok ? "" : status::explain(with).text) {}
    Outcome(int with, std::string why) : status(with), reason(std::move(why)) {}
    int status;
    std::string reason;
};

Outcome store(queue::QueueFile& file, const postdrop::Submission& submission, const std::string& login,
              const Settings& settings) {
    if (!submission.has_sender_and_recipient()) return Outcome(status::bad);
    postdrop::SenderVerdict verdict = postdrop::check_sender(login, submission.sender(), settings);
    if (verdict.outcome == postdrop::SenderVerdict::try_again)
        return Outcome(status::write_error, std::move(verdict.reason));
    if (verdict.outcome == postdrop::SenderVerdict::refused)
        return Outcome(status::no_permission, std::move(verdict.reason));
    // pickup reads it as another user.
    file.set_extra_mode(S_IRUSR | S_IRGRP | S_IROTH);
    const Result<void> committed = file.commit_now();
    if (committed) return Outcome(status::ok);
    log::warning("uid={}: {}", ::getuid(), committed.error());
    return Outcome(file.failed() == EFBIG ? status::size : status::write_error);
}

void wake_pickup(const Settings& settings) {
    // A stopped mail system finds the message when it starts.
    (void)ipc::send_trigger("public/" + settings[config::pickup_service_name], "W").ok();
}

std::optional<std::string> parse_options(int argc, char** argv) {
    config::CommandOptions letters(argc, argv, "r");
    while (const int option = letters.next())
        if (option != 'r') fatal("usage: postdrop [-c config_dir] [-v]");
    return letters.directory();
}

}  // namespace

int main(int argc, char** argv) {
    static std::string name = "postdrop";  // as getopt(3) shall call us
    argv[0] = name.data();
    config::occupy_standard_descriptors();
    config::open_log_early("postdrop", config::LogUser::command);
    const std::optional<std::string> directory = parse_options(argc, argv);
    const Settings settings = config::start_command("postdrop", directory);
    config::clean_environment(settings);
    const uid_t user_id = ::getuid();
    if (::geteuid() != user_id && ::setuid(user_id) != 0) fatal("setuid({}): {}", user_id, errno_text());
    const std::string login = queue::login_name(user_id);
    if (!queue::is_authorized(user_id, queue::authorized_submit_users, settings))
        fatal("User {}({}) is not allowed to submit mail", login, user_id);
    const std::string& spool_directory = settings[config::queue_directory];
    if (::chdir(spool_directory.c_str()) != 0) fatal("chdir {}: {}", spool_directory, errno_text());
    limit_file_size(settings[config::message_size_limit]);
    catch_signals();

    const queue::Spool spool(settings);
    Result<queue::QueueFile> file = queue::QueueFile::create(spool, queue::Queue::maildrop);
    if (!file) fatal("mail_queue_enter: {}", file.error());
    remember_unfinished(spool.path(queue::Queue::maildrop, file->id()));
    // fatal() ends the process without running destructors of main.
    std::atexit([] {
        if (unfinished_path[0] != '\0') ::unlink(unfinished_path.data());
    });
    greet(file->id());
    const std::string user = fmt::format("uid={}", user_id);
    postdrop::Submission submission(*file, user);
    const bool received =
        receive(submission, user, static_cast<std::size_t>(settings[config::line_length_limit]));
    if (!received) return EX_OK;
    const Outcome outcome = store(*file, submission, login, settings);
    if (outcome.status == status::ok) {
        // From here on the message exists, whatever happens to us.
        unfinished_path[0] = '\0';
        wake_pickup(settings);
    }
    ipc::AttributeWriter list;
    list.put("status", std::to_string(outcome.status));
    list.put("reason", outcome.reason);
    answer(std::move(list));
    return outcome.status & 0xff;
}

// commands/postqueue/main.cc - postqueue(1): shows the mail queue, and has queued mail tried at once.
//
// Runs set-gid, to reach the sockets of the mail system; trusts nothing of its caller.  The queue is shown by
// showq(8); when the mail system is stopped the super-user gets it from the files themselves.
#include <fmt/core.h>
#include <sysexits.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <optional>

#include "commands/postqueue/parameters.h"
#include "commands/postqueue/show.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/progress.h"
#include "lib/config/command.h"
#include "lib/config/command_options.h"
#include "lib/config/global_parameters.h"
#include "lib/config/log_setup.h"
#include "lib/daemon/privileges.h"
#include "lib/delivery/flush_client.h"
#include "lib/ipc/client.h"
#include "lib/mail/address.h"
#include "lib/queue/authorized_users.h"

namespace {

using namespace postrider;

enum class Job { none, flush_all, flush_site, flush_id, table, json };

struct Options {
    Job job = Job::none;
    std::string argument;
    std::optional<std::string> directory;
    bool next_attempts = false;  // -n: the table tells when deferred messages are tried again
};

[[noreturn]] void usage() {
    fatal(
        "usage: postqueue -f | postqueue -i queueid | postqueue -j | postqueue [-n] -p | postqueue -s site");
}

void choose(Options& options, Job job, const char* argument = nullptr) {
    if (options.job != Job::none) usage();
    options.job = job;
    if (argument != nullptr) options.argument = argument;
}

Options parse_options(int argc, char** argv) {
    Options options;
    config::CommandOptions letters(argc, argv, "fi:jnps:");
    while (const int letter = letters.next()) {
        switch (letter) {
            case 'f':
                choose(options, Job::flush_all);
                break;
            case 'i':
                choose(options, Job::flush_id, optarg);
                break;
            case 'j':
                choose(options, Job::json);
                break;
            case 'n':
                options.next_attempts = true;
                break;
            case 'p':
                choose(options, Job::table);
                break;
            case 's':
                choose(options, Job::flush_site, optarg);
                break;
            default:
                usage();
        }
    }
    options.directory = letters.directory();
    if (options.job == Job::none || !letters.words().empty()) usage();
    if (options.next_attempts && options.job != Job::table) usage();
    return options;
}

// The super-user and the mail system itself need no permission.
void require(const Parameter<std::string>& users, std::string_view what, const Settings& settings) {
    const uid_t user = ::getuid();
    const Result<daemon::Account> owner = daemon::find_account(settings[config::mail_owner]);
    if (user == 0 || (owner && owner->uid == user)) return;
    if (!queue::is_authorized(user, users, settings))
        fatal("User {}({}) is not allowed to {} the mail queue", queue::login_name(user), user, what);
}

// Shows messages one by one and the end.
class Printer {
  public:
    Printer(const Options& options, const Settings& settings)
        : json_(options.job == Job::json),
          table_(queue::Spool(settings).id_form(), options.next_attempts),
          progress_(Progress::beside_output("messages listed")) {}
    void message(const queue::ListedMessage& message) {
        progress_.step();
        print(json_ ? postqueue::json_message(message) : table_.message(message));
    }
    void end() {
        if (!json_) print(table_.end());
        if (std::fflush(stdout) != 0) fatal("output write error: {}", errno_text());
    }

  private:
    static void print(const std::string& text) {
        if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
            fatal("output write error: {}", errno_text());
    }
    bool json_;
    postqueue::TableFormat table_;
    Progress progress_;
};

void show_from_service(const Fd& service, Printer& printer) {
    queue::ListingParser parser;
    queue::ListedMessage message;
    for (;;) {
        const auto next = parser.next(message);
        if (next == queue::ListingParser::Next::end) return;
        if (next == queue::ListingParser::Next::broken) break;
        if (next == queue::ListingParser::Next::message) {
            printer.message(message);
            continue;
        }
        char chunk[16384];
        const ssize_t n = ::read(service.get(), chunk, sizeof chunk);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        parser.add(std::string_view(chunk, static_cast<std::size_t>(n)));
    }
    fatal("malformed or incomplete answer of the queue listing service");
}

void show_from_files(const Settings& settings, Printer& printer) {
    // Queue files hold what strangers wrote: they are read without the rights of root.
    const Result<daemon::Account> owner = daemon::find_account(settings[config::mail_owner]);
    if (daemon::can_switch_users()) {
        if (!owner) fatal("{}", owner.error());
        daemon::drop_privileges(*owner);
    }
    const queue::Spool spool(settings);
    queue::QueueLister lister(spool, settings[config::empty_address_recipient]);
    while (const auto message = lister.next()) printer.message(*message);
}

void show(const Options& options, const Settings& settings) {
    require(postqueue::authorized_mailq_users, "view", settings);
    Printer printer(options, settings);
    const std::string path = "public/" + settings[config::showq_service_name];
    const Result<Fd> service = ipc::connect_unix_now(path);
    const std::string problem = fmt::format("Connect to the {} {} service: {}", settings[config::mail_name],
                                            settings[config::showq_service_name], errno_text());
    if (service) {
        show_from_service(*service, printer);
    } else if (::getuid() == 0 || ::access("deferred", R_OK | X_OK) == 0) {
        log::warning("Mail system is down -- accessing queue directly ({})", problem);
        show_from_files(settings, printer);
    } else {
        fatal("Queue report unavailable - mail system is down ({})", problem);
    }
    printer.end();
}

[[noreturn]] void mail_system_is_down() {
    fatal("Cannot flush mail queue - mail system is down");
}

void flush_all(const Settings& settings) {
    // Forget dead destinations, ignore times, look at deferred and at incoming mail.
    const std::string path = "public/" + settings[config::queue_service_name];
    if (!ipc::send_trigger(path, "FADI")) {
        log::warning("unable to look up {}: {}", path, errno_text());
        mail_system_is_down();
    }
    // Mail that was dropped or requeued, too.
    (void)ipc::send_trigger("public/" + settings[config::pickup_service_name], "W").ok();
}

// The service is asked with patience; somebody at a terminal wants to know at once.
void require_flush_service(const Settings& settings) {
    const Result<Fd> service = ipc::connect_unix_now("public/" + settings[config::flush_service_name]);
    if (service) return;
    log::warning("{}", service.error());
    mail_system_is_down();
}

void weigh(delivery::FlushStatus status, const std::string& request) {
    switch (status) {
        case delivery::FlushStatus::ok:
            return;
        case delivery::FlushStatus::failed:
            mail_system_is_down();
        case delivery::FlushStatus::bad:
            fatal("Invalid request: \"{}\"", request);
        case delivery::FlushStatus::denied:
            fatal("Flush service is not configured for destination \"{}\"", request);
    }
}

void flush_site(const std::string& site, const Settings& settings) {
    const auto ascii = mail::domain_to_ascii(site);
    const bool literal = mail::is_address_literal(site);
    if (!literal && (!ascii || !mail::is_valid_hostname(*ascii)))
        fatal("Cannot flush mail queue - invalid destination: \"{:.100}{}\"", site,
              site.size() > 100 ? "..." : "");
    weigh(async::run(delivery::flush_eligible(site, settings)), site);
    require_flush_service(settings);
    weigh(async::run(delivery::flush_send_site(site, settings)), site);
}

void flush_id(const std::string& id, const Settings& settings) {
    if (!queue::is_queue_id(id))
        fatal("Cannot flush queue ID - invalid name: \"{:.100}{}\"", id, id.size() > 100 ? "..." : "");
    require_flush_service(settings);
    weigh(async::run(delivery::flush_send_file(id, settings)), id);
}

}  // namespace

int main(int argc, char** argv) {
    // Compat: whatever goes wrong, the service is not available.
    log::set_fatal_status(EX_UNAVAILABLE);
    config::occupy_standard_descriptors();
    config::open_log_early("postqueue", config::LogUser::command);
    const Options options = parse_options(argc, argv);
    const Settings settings = config::start_command("postqueue", options.directory);
    config::clean_environment(settings);
    ::signal(SIGPIPE, SIG_IGN);
    const std::string& directory = settings[config::queue_directory];
    if (::chdir(directory.c_str()) != 0) fatal("chdir {}: {}", directory, errno_text());
    if (options.job == Job::table || options.job == Job::json) {
        show(options, settings);
        return EX_OK;
    }
    require(postqueue::authorized_flush_users, "flush", settings);
    if (options.job == Job::flush_all) flush_all(settings);
    if (options.job == Job::flush_site) flush_site(options.argument, settings);
    if (options.job == Job::flush_id) flush_id(options.argument, settings);
    return EX_OK;
}

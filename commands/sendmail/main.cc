// commands/sendmail/main.cc - sendmail(1): the command every program on a UNIX machine sends its mail with.
//
// Also mailq(1) and newaliases(1).  It has no rights of its own: postdrop(1) puts the message into the queue,
// other commands do the rest.  options.cc knows the options, submit.cc sends a message.
#include <fmt/core.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include <cstdlib>

#include "commands/sendmail/dialogue.h"
#include "commands/sendmail/options.h"
#include "commands/sendmail/submit.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/log_name.h"
#include "lib/config/command.h"
#include "lib/config/global_parameters.h"
#include "lib/config/log_setup.h"
#include "lib/config/places.h"
#include "lib/queue/authorized_users.h"
#include "lib/queue/parameters.h"

namespace {

using namespace postrider;
using sendmail::Mode;
using sendmail::Options;

[[noreturn]] void become(const std::string& path, std::vector<std::string> words) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execv(path.c_str(), arguments.data());
    fatal("execute {}: {}", path, errno_text());
}

[[noreturn]] void become_command(const Settings& settings, std::vector<std::string> words) {
    const std::string path = settings[config::command_directory] + "/" + words.front();
    become(path, std::move(words));
}

[[noreturn]] void rebuild_aliases(const Options& options, const Settings& settings) {
    std::vector<std::string> words = {"postalias", "--"};
    if (!options.argument.empty()) {
        words.push_back(options.argument);
    } else {
        for (std::string& table : settings.words(config::alias_database)) words.push_back(std::move(table));
    }
    if (words.size() == 2) std::exit(EX_OK);
    become_command(settings, std::move(words));
}

void check_user(const Settings& settings) {
    const uid_t user = ::getuid();
    if (!queue::is_authorized(user, queue::authorized_submit_users, settings))
        fatal("User {}({}) is not allowed to submit mail", queue::login_name(user), user);
}

// -C names a main.cf, another file (a sendmail.cf of old), or a directory: the directory counts.
std::optional<std::string> config_directory(const std::optional<std::string>& option) {
    if (!option) return std::nullopt;
    const auto found = stat_file(*option);
    const bool is_file = found ? !S_ISDIR(found->st_mode) : option->ends_with(".cf");
    if (!is_file) return option;
    return directory_name(*option);
}

// What a mode that takes no recipients is called in messages; nothing for the others.
std::string_view name_without_recipients(Mode mode) {
    switch (mode) {
        case Mode::start:
            return "daemon mode";
        case Mode::new_aliases:
            return "alias initialization mode";
        case Mode::list_queue:
            return "display queue mode";
        case Mode::flush:
        case Mode::flush_site:
        case Mode::flush_id:
            return "flush queue mode";
        case Mode::smtp:
            return "stand-alone mode";
        default:
            return "";
    }
}

void check_combination(const Options& options) {
    const std::string_view name = name_without_recipients(options.mode);
    if (name.empty()) return;
    if (!options.recipients.empty()) fatal("{} requires no recipient", name);
    if (options.recipients_from_headers) fatal("-t can be used only in delivery mode");
}

// Compat: nobody waits for it; `postfix status` tells.
int start_mail_system(const Settings& settings) {
    const pid_t child = ::fork();
    if (child < 0) fatal("fork: {}", errno_text());
    if (child == 0) become_command(settings, {"postfix", "start"});
    return EX_OK;
}

// Tells it where the log of the mail system is, if that can be found out.
[[noreturn]] void refuse(const std::string& problem) {
    const Result<Settings> settings = Settings::load(config::choose_config_directory(std::nullopt));
    if (settings) config::open_log(*settings, "sendmail", config::LogUser::command);
    fatal("{}", problem);
}

int run(const Options& options, const Settings& settings) {
    check_combination(options);
    switch (options.mode) {
        case Mode::nothing:
            return EX_OK;
        case Mode::submit:
            check_user(settings);
            sendmail::submit(options, settings);
            return EX_OK;
        case Mode::smtp:
            check_user(settings);
            return sendmail::run_dialogue(settings[config::daemon_directory] + "/smtpd", {"smtpd", "-S"});
        case Mode::start:
            return start_mail_system(settings);
        case Mode::new_aliases:
            rebuild_aliases(options, settings);
        case Mode::list_queue:
            become_command(settings, {"postqueue", "-p"});
        case Mode::flush:
            become_command(settings, {"postqueue", "-f"});
        case Mode::flush_site:
            become_command(settings, {"postqueue", "-s", options.argument});
        case Mode::flush_id:
            become_command(settings, {"postqueue", "-i", options.argument});
    }
    return EX_OK;
}

}  // namespace

int main(int argc, char** argv) {
    config::occupy_standard_descriptors();
    config::open_log_early("sendmail", config::LogUser::command);
    // Compat: Postfix ends so on every error, whatever it is; callers keep the mail and try again.
    log::set_fatal_status(EX_TEMPFAIL);
    const std::string name = base_name(argc > 0 ? argv[0] : "sendmail");
    log::set_terminal_name(name);
    const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    const Result<Options> options = sendmail::parse_options(name, words);
    if (!options) {
        if (options.error() != sendmail::bad_option) refuse(options.error());
        for (const std::string& complaint : sendmail::option_complaints(words))
            fmt::print(stderr, "{}: {}\n", name, complaint);
        refuse(fmt::format("usage: {} [options]", name));
    }
    if (options->verbose > 1) log::set_verbose(options->verbose - 1);
    const Settings settings = config::start_command("sendmail", config_directory(options->config));
    for (const std::string& warning : options->warnings) log::warning("{}", warning);
    return run(*options, settings);
}

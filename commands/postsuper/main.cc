// commands/postsuper/main.cc - postsuper(1): maintenance of the mail queue by the super-user.
#include <sysexits.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <map>
#include <optional>
#include <set>

#include "commands/postsuper/actions.h"
#include "commands/postsuper/structure.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/config/command.h"
#include "lib/config/command_options.h"
#include "lib/config/global_parameters.h"
#include "lib/config/log_setup.h"
#include "lib/daemon/privileges.h"

namespace {

using namespace postrider;
using postsuper::Action;
using queue::Queue;

struct Request {
    Action action;
    std::string id;  // "ALL", "-", or a queue ID
    bool is_for_all() const { return id == "ALL"; }
};

struct Options {
    std::optional<std::string> directory;
    std::vector<Request> requests;
    postsuper::Repairs repairs;
    std::vector<std::string> queue_names;
    std::vector<Queue> queues;  // none: all that make sense
};

[[noreturn]] void usage() {
    fatal(
        "usage: postsuper [-c config_dir] [-d queue_id (delete)] [-e queue_id (expire)] [-f queue_id (expire "
        "and release)] [-h queue_id (hold)] [-H queue_id (release)] [-p (purge temporary files)] [-r "
        "queue_id "
        "(requeue)] [-s (structure fix)] [-S (redundant structure fix)] [-v (verbose)] [queue...]");
}

std::optional<Action> action_of(int letter) {
    switch (letter) {
        case 'd':
            return Action::remove;
        case 'h':
            return Action::hold;
        case 'H':
            return Action::release;
        case 'r':
            return Action::requeue;
        case 'e':
            return Action::expire;
        case 'f':
            return Action::expire_release;
        default:
            return std::nullopt;
    }
}

std::vector<Queue> parse_queues(const std::vector<std::string>& names) {
    std::vector<Queue> queues;
    for (const std::string& name : names) {
        const auto queue = queue::parse_queue_name(name);
        if (!queue || *queue == Queue::corrupt || *queue == Queue::saved)
            fatal("invalid directory name: {}", name);
        queues.push_back(*queue);
    }
    return queues;
}

Options parse_options(int argc, char** argv) {
    Options options;
    config::CommandOptions letters(argc, argv, "d:e:f:h:H:pr:sS");
    while (const int letter = letters.next()) {
        if (const auto action = action_of(letter)) {
            options.requests.push_back(Request{*action, optarg});
        } else if (letter == 'p') {
            options.repairs.purge = true;
        } else if (letter == 's' || letter == 'S') {
            options.repairs.structure = true;
            options.repairs.id_form = options.repairs.id_form || letter == 'S';
        } else {
            usage();
        }
    }
    options.directory = letters.directory();
    if (options.directory && !options.directory->starts_with('/')) fatal("-c requires absolute pathname");
    options.queue_names = letters.words();
    const bool repairs = options.repairs.structure || options.repairs.purge;
    if (options.requests.empty() && !repairs) options.repairs.structure = options.repairs.purge = true;
    return options;
}

// The queues of an action, as far as the command line names them.
std::vector<Queue> chosen(const std::vector<Queue>& wanted, const std::vector<Queue>& named) {
    if (named.empty()) return wanted;
    std::vector<Queue> both;
    for (const Queue queue : wanted)
        if (std::find(named.begin(), named.end(), queue) != named.end()) both.push_back(queue);
    return both;
}

long act_on(postsuper::Messages& messages, Action action, const std::string& id,
            const std::vector<Queue>& queues) {
    if (queue::is_queue_id(id)) return messages.act(action, id, queues) ? 1 : 0;
    log::warning("invalid mail queue id: {}", id);
    return 0;
}

// The next line of standard input as it is; nothing at the end.
std::optional<std::string> next_line() {
    std::string line;
    int c = 0;
    while ((c = std::getchar()) != EOF && c != '\n') line += static_cast<char>(c);
    if (c == EOF && line.empty()) return std::nullopt;
    return line;
}

long act_on_list(postsuper::Messages& messages, Action action, const std::vector<Queue>& queues) {
    long count = 0;
    while (const std::optional<std::string> id = next_line()) count += act_on(messages, action, *id, queues);
    return count;
}

long perform(postsuper::Messages& messages, const Request& request, const std::vector<Queue>& named) {
    const std::vector<Queue> queues = chosen(postsuper::queues_of(request.action), named);
    if (request.is_for_all()) return messages.act_on_all(request.action, queues);
    if (request.id == "-") return act_on_list(messages, request.action, queues);
    return act_on(messages, request.action, request.id, queues);
}

constexpr const char* changed = "QUEUE FILE NAMES WERE CHANGED TO MATCH INODE NUMBERS";

void summarize(std::string_view what, long count) {
    log::info("{}: {} message{}", what, count, count == 1 ? "" : "s");
}

// Whether all is in order now.  Logs come first: one in the wrong place is not found when its message gets
// another ID.
bool repair(const Options& options, postsuper::Structure& structure) {
    const std::vector<Queue> all = {Queue::bounce, Queue::defer,    Queue::trace,
                                    Queue::flush,  Queue::maildrop, Queue::incoming,
                                    Queue::active, Queue::deferred, Queue::hold};
    structure.repair(chosen(all, options.queues));
    constexpr const char* incomplete = "OPERATION INCOMPLETE -- RERUN COMMAND TO FIX THE QUEUE FIRST";
    // IDs on the command line may be those of other messages now.
    const bool names_messages = std::any_of(options.requests.begin(), options.requests.end(),
                                            [](const Request& one) { return !one.is_for_all(); });
    if (structure.renamed() > 0 && names_messages) {
        log::error("{}", changed);
        log::warning("{}", incomplete);
        fatal("CHECK YOUR QUEUE IDS AND RE-ISSUE THE COMMAND");
    }
    if (!structure.is_complete()) log::warning("{}", incomplete);
    return structure.is_complete();
}

// Queues change only as the mail system's own account, so that its daemons can work with what we make.
void become_owner(const Settings& settings) {
    if (!daemon::can_switch_users()) return;
    const Result<daemon::Account> owner = daemon::find_account(settings[config::mail_owner]);
    if (!owner) fatal("{}", owner.error());
    daemon::drop_privileges(*owner);
}

// What has been asked for of single messages is done first, in the order of the command line.
// Whether all of it could be done.
bool act(const queue::Spool& spool, const Options& options, const Settings& settings) {
    postsuper::Messages messages(spool, "public/" + settings[config::queue_service_name]);
    std::set<Action> asked;
    std::map<Action, long> counts;
    for (const bool for_all : {false, true}) {
        for (const Request& request : options.requests) {
            asked.insert(request.action);
            if (request.is_for_all() == for_all)
                counts[request.action] += perform(messages, request, options.queues);
        }
    }
    messages.tell_rest();
    using postsuper::summary_text;
    const auto sum_up = [&](Action action, long more = 0) {
        summarize(summary_text(action), counts[action] + more);
    };
    if (asked.count(Action::requeue) > 0) sum_up(Action::requeue);
    if (asked.count(Action::remove) > 0) sum_up(Action::remove);
    const bool released = asked.count(Action::expire_release) > 0;
    if (released || asked.count(Action::expire) > 0) sum_up(Action::expire, counts[Action::expire_release]);
    if (asked.count(Action::hold) > 0) sum_up(Action::hold);
    if (released || asked.count(Action::release) > 0) sum_up(Action::release, messages.released_by_expiry());
    return !messages.has_failed();
}

}  // namespace

int main(int argc, char** argv) {
    config::occupy_standard_descriptors();
    config::open_log_early("postsuper", config::LogUser::command);
    Options options = parse_options(argc, argv);
    const Settings settings = config::start_command("postsuper", options.directory);
    options.queues = parse_queues(options.queue_names);
    const std::string& directory = settings[config::queue_directory];
    if (::chdir(directory.c_str()) != 0) fatal("chdir {}: {}", directory, errno_text());
    if (::geteuid() != 0 && ::access("incoming", R_OK | W_OK | X_OK) != 0)
        fatal("use of this command is reserved for the superuser");
    ::signal(SIGPIPE, SIG_IGN);
    become_owner(settings);
    const queue::Spool spool(settings);
    bool done = true;
    postsuper::Structure structure(spool, options.repairs);
    if (options.repairs.structure || options.repairs.purge) done = repair(options, structure);
    if (!options.requests.empty()) done = act(spool, options, settings) && done;
    if (structure.renamed() > 0) {
        summarize("Renamed to match inode number", structure.renamed());
        log::warning("{}", changed);
    }
    return done ? EX_OK : 1;
}

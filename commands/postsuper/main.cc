// commands/postsuper/main.cc - postsuper(1): maintenance of the mail queue by the super-user.
#include <fmt/core.h>
#include <getopt.h>
#include <sysexits.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <optional>

#include "commands/postsuper/actions.h"
#include "commands/postsuper/structure.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/command.h"
#include "lib/config/global_parameters.h"
#include "lib/config/log_setup.h"
#include "lib/daemon/privileges.h"
#include "lib/ipc/client.h"

namespace {

using namespace postrider;
using postsuper::Action;
using queue::Queue;

struct Request {
    Action action;
    std::string id;  // "ALL", "-", or a queue ID
};

struct Options {
    std::optional<std::string> directory;
    std::vector<Request> requests;
    postsuper::Repairs repairs;
    std::vector<Queue> queues;  // none: all that make sense
};

[[noreturn]] void usage() {
    fatal_status(
        EX_USAGE,
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

void take_queue(Options& options, const std::string& name) {
    const auto queue = queue::parse_queue_name(name);
    if (!queue || *queue == Queue::corrupt || *queue == Queue::saved)
        fatal_status(EX_USAGE, "invalid directory name: {}", name);
    options.queues.push_back(*queue);
}

Options parse_options(int argc, char** argv) {
    Options options;
    int letter = 0;
    ::opterr = 0;
    while ((letter = ::getopt(argc, argv, "+c:d:e:f:h:H:pr:sSv")) > 0) {
        if (const auto action = action_of(letter)) {
            if (optarg != std::string_view("-") && !queue::is_queue_id(optarg))
                fatal_status(EX_USAGE, "invalid queue ID: {}", optarg);
            options.requests.push_back(Request{*action, optarg});
        } else if (letter == 'c') {
            options.directory = optarg;
        } else if (letter == 'p') {
            options.repairs.purge = true;
        } else if (letter == 's' || letter == 'S') {
            options.repairs.structure = true;
            options.repairs.id_form = options.repairs.id_form || letter == 'S';
        } else if (letter == 'v') {
            log::set_verbose(log::verbose() + 1);
        } else {
            usage();
        }
    }
    for (int i = optind; i < argc; ++i) take_queue(options, argv[i]);
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

std::string next_line() {
    std::string line;
    int c = 0;
    while ((c = std::getchar()) != EOF && c != '\n') line += static_cast<char>(c);
    return c == EOF && line.empty() ? std::string(1, '\0') : std::string(trim(line));
}

long act_on_list(postsuper::Messages& messages, Action action, const std::vector<Queue>& queues) {
    long count = 0;
    for (std::string id = next_line(); id != std::string(1, '\0'); id = next_line()) {
        if (id.empty()) continue;
        if (!queue::is_queue_id(id)) {
            log::warning("bad mail queue id: {}", id);
        } else if (messages.act(action, id, queues)) {
            ++count;
        }
    }
    return count;
}

long perform(postsuper::Messages& messages, const Request& request, const std::vector<Queue>& named) {
    const std::vector<Queue> queues = chosen(postsuper::queues_of(request.action), named);
    if (request.id == "ALL") return messages.act_on_all(request.action, queues);
    if (request.id == "-") return act_on_list(messages, request.action, queues);
    return messages.act(request.action, request.id, queues) ? 1 : 0;
}

void summarize(std::string_view what, long count) {
    log::info("{}: {} message{}", what, count, count == 1 ? "" : "s");
}

void repair(const queue::Spool& spool, const Options& options) {
    const std::vector<Queue> all = {Queue::maildrop, Queue::incoming, Queue::active,
                                    Queue::deferred, Queue::hold,     Queue::bounce,
                                    Queue::defer,    Queue::trace,    Queue::flush};
    postsuper::Structure structure(spool, options.repairs);
    structure.repair(chosen(all, options.queues));
    if (structure.renamed() == 0) return;
    summarize("Renamed to match inode number", structure.renamed());
    if (!options.requests.empty()) fatal("CHECK YOUR QUEUE IDS AND RE-ISSUE THE COMMAND");
}

// Queues change only as the mail system's own account, so that its daemons can work with what we make.
void become_owner(const Settings& settings) {
    if (!daemon::can_switch_users()) return;
    const Result<daemon::Account> owner = daemon::find_account(settings[config::mail_owner]);
    if (!owner) fatal("{}", owner.error());
    daemon::drop_privileges(*owner);
}

void act(const queue::Spool& spool, const Options& options, const Settings& settings) {
    postsuper::Messages messages(spool);
    std::map<Action, long> counts;
    for (const Request& request : options.requests)
        counts[request.action] += perform(messages, request, options.queues);
    for (const auto& [action, count] : counts) summarize(postsuper::summary_text(action), count);
    // Those who have to know look at once; a stopped mail system looks when it starts.
    const bool released = counts[Action::release] + counts[Action::expire_release] > 0;
    if (released) (void)ipc::send_trigger("public/" + settings[config::queue_service_name], "D").ok();
    if (counts[Action::requeue] > 0)
        (void)ipc::send_trigger("public/" + settings[config::pickup_service_name], "W").ok();
}

}  // namespace

int main(int argc, char** argv) {
    config::occupy_standard_descriptors();
    config::open_log_early("postsuper", config::LogUser::command);
    const Options options = parse_options(argc, argv);
    const Settings settings = config::start_command("postsuper", options.directory);
    const std::string& directory = settings[config::queue_directory];
    if (::chdir(directory.c_str()) != 0) fatal("chdir {}: {}", directory, errno_text());
    if (::geteuid() != 0 && ::access("incoming", R_OK | W_OK | X_OK) != 0)
        fatal("use of this command is reserved for the superuser");
    become_owner(settings);
    const queue::Spool spool(settings);
    if (options.repairs.structure || options.repairs.purge) repair(spool, options);
    if (!options.requests.empty()) act(spool, options, settings);
    return EX_OK;
}

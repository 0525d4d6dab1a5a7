// commands/qshape/main.cc - qshape(1): shows how the mail in the queue is spread over domains and ages.
#include <fcntl.h>
#include <fmt/core.h>
#include <getopt.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <optional>

#include "commands/qshape/shape.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/progress.h"
#include "lib/base/text.h"
#include "lib/config/command.h"
#include "lib/config/global_parameters.h"
#include "lib/config/log_setup.h"
#include "lib/mail/address.h"
#include "lib/queue/envelope.h"
#include "lib/queue/spool.h"

namespace {

using namespace postrider;

// Compat: what a script that dies ends with.
constexpr int usage_status = 255;
constexpr std::int64_t largest_number = 100'000'000;

struct Options {
    std::optional<std::string> directory;
    bool senders = false;
    bool linear = false;
    bool parents = false;
    std::size_t least_subdomains = 5;
    int buckets = 10;
    long first_bucket = 5;
    std::size_t batch_domains = 20;  // lines of a table that is shown on the way
    std::size_t width = 80;
    long batch = 1000;  // messages between two tables on a terminal; 0: only the last one
    std::vector<std::string> queues;
};

[[noreturn]] void usage() {
    fmt::print(stderr,
               "usage: qshape [-s] [-p] [-m min_subdomains] [-l] [-b bucket_count] [-t bucket_time]\n"
               "              [-w terminal_width] [-N batch_msg_count] [-n batch_top_domains]\n"
               "              [-c config_directory] [queue_name ...]\n");
    std::exit(usage_status);
}

// Compat: a number that makes no sense leaves the default.
template <class Number>
void take_number(Number& number, const char* text) {
    const auto value = parse_int(text);
    if (!value) fmt::print(stderr, "qshape: \"{}\" is not a number\n", text);
    if (value && *value > 0) number = static_cast<Number>(std::min<std::int64_t>(*value, largest_number));
}

Options parse_options(int argc, char** argv) {
    Options options;
    int letter = 0;
    while ((letter = ::getopt(argc, argv, "b:c:lm:n:N:pst:w:")) > 0) {
        switch (letter) {
            case 'b':
                take_number(options.buckets, optarg);
                break;
            case 'c':
                options.directory = optarg;
                break;
            case 'l':
                options.linear = true;
                break;
            case 'm':
                take_number(options.least_subdomains, optarg);
                break;
            case 'n':
                take_number(options.batch_domains, optarg);
                break;
            case 'N':
                if (optarg == std::string_view("0")) options.batch = 0;
                take_number(options.batch, optarg);
                break;
            case 'p':
                options.parents = true;
                break;
            case 's':
                options.senders = true;
                break;
            case 't':
                take_number(options.first_bucket, optarg);
                break;
            case 'w':
                take_number(options.width, optarg);
                break;
            default:
                usage();
        }
    }
    options.queues.assign(argv + optind, argv + argc);
    if (options.queues.empty()) options.queues = {"incoming", "active"};
    return options;
}

std::string domain_of(const std::string& address) {
    if (address.empty()) return std::string(qshape::null_sender);
    const mail::AddressParts parts = mail::split_address(address);
    return parts.domain.empty() ? "local" : parts.domain;
}

// What is known so far, on a terminal that shows nothing else.
void show_intermediate(const qshape::Shape& shape, const Options& options) {
    fmt::print("\033[H\033[2J{}", shape.table(options.batch_domains, options.width));
    std::fflush(stdout);
}

// A queue of this instance, or with an absolute name the one that lies there.
struct Place {
    queue::Spool spool;
    queue::Queue queue;
};

std::optional<Place> find_queue(const std::string& name, const std::string& queue_directory) {
    const std::size_t slash = name.rfind('/');
    queue::Spool::Layout layout;
    layout.root = slash == std::string::npos ? queue_directory : name.substr(0, slash);
    const auto queue = queue::parse_queue_name(slash == std::string::npos ? name : name.substr(slash + 1));
    const int why = ::access(name.c_str(), R_OK | X_OK) == 0 ? 0 : errno;
    if (queue && why == 0) return Place{queue::Spool(layout), *queue};
    // Compat: the others are shown all the same.
    fmt::print(stderr, "Can't read {}: {}\n", name, why != 0 ? errno_text(why) : "not a mail queue");
    return std::nullopt;
}

void count_message(qshape::Shape& shape, const std::string& path, bool senders, std::int64_t now) {
    const Fd file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status {};
    if (!file || ::fstat(file.get(), &status) != 0 || !queue::is_ready(status)) return;
    const Result<queue::Envelope> envelope = queue::read_envelope(file.get());
    if (!envelope) return log::warning("{}: {}", path, envelope.error());
    const std::int64_t age = now - envelope->arrival_seconds;
    if (senders) return shape.add(domain_of(*envelope->sender), age);
    for (const queue::EnvelopeRecipient& recipient : envelope->recipients)
        shape.add(domain_of(recipient.address), age);
}

}  // namespace

int main(int argc, char** argv) {
    config::open_log_early("qshape", config::LogUser::command);
    const Options options = parse_options(argc, argv);
    const Settings settings = config::start_command("qshape", options.directory);
    const std::string& directory = settings[config::queue_directory];
    if (::chdir(directory.c_str()) != 0) fatal("chdir {}: {}", directory, errno_text());
    qshape::Shape shape(qshape::bucket_limits(options.buckets, options.first_bucket, options.linear));
    const std::int64_t now = std::time(nullptr);
    {
        const bool on_terminal = ::isatty(STDOUT_FILENO) == 1;
        Progress progress = Progress::beside_output("messages read");
        long read = 0;
        for (const std::string& queue : options.queues) {
            const std::optional<Place> place = find_queue(queue, directory);
            if (!place) continue;
            queue::QueueScanner scanner(place->spool, place->queue);
            while (const std::optional<std::string> id = scanner.next()) {
                count_message(shape, scanner.found_in() + "/" + *id, options.senders, now);
                progress.step();
                if (on_terminal && options.batch > 0 && ++read % options.batch == 0)
                    show_intermediate(shape, options);
            }
        }
        if (on_terminal && options.batch > 0 && read >= options.batch) fmt::print("\033[H\033[2J");
    }
    if (options.parents) shape.add_parents(options.least_subdomains);
    fmt::print("{}", shape.table(static_cast<std::size_t>(-1), options.width));
    return 0;
}

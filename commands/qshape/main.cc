// commands/qshape/main.cc - qshape(1): shows how the mail in the queue is spread over domains and ages.
#include <fcntl.h>
#include <fmt/core.h>
#include <getopt.h>
#include <unistd.h>

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
using queue::Queue;

struct Options {
    std::optional<std::string> directory;
    bool senders = false;
    bool linear = false;
    bool parents = false;
    std::size_t least_subdomains = 5;
    int buckets = 10;
    long first_bucket = 5;
    std::size_t domains = static_cast<std::size_t>(-1);
    std::size_t width = 80;
    long batch = 1000;  // messages between two tables on a terminal; 0: only the last one
    std::vector<Queue> queues;
};

[[noreturn]] void usage() {
    fatal(
        "usage: qshape [-s] [-p] [-m min_subdomains] [-l] [-b bucket_count] [-t bucket_time] [-n domains] "
        "[-w terminal_width] [-c config_directory] [queue_name ...]");
}

long number(const char* text) {
    const auto value = parse_int(text);
    if (!value || *value < 1) usage();
    return static_cast<long>(*value);
}

Options parse_options(int argc, char** argv) {
    Options options;
    int letter = 0;
    while ((letter = ::getopt(argc, argv, "b:c:lm:n:N:pst:w:")) > 0) {
        switch (letter) {
            case 'b':
                options.buckets = static_cast<int>(number(optarg));
                break;
            case 'c':
                options.directory = optarg;
                break;
            case 'l':
                options.linear = true;
                break;
            case 'm':
                options.least_subdomains = static_cast<std::size_t>(number(optarg));
                break;
            case 'n':
                options.domains = static_cast<std::size_t>(number(optarg));
                break;
            case 'N':
                options.batch = optarg == std::string_view("0") ? 0 : number(optarg);
                break;
            case 'p':
                options.parents = true;
                break;
            case 's':
                options.senders = true;
                break;
            case 't':
                options.first_bucket = number(optarg);
                break;
            case 'w':
                options.width = static_cast<std::size_t>(number(optarg));
                break;
            default:
                usage();
        }
    }
    for (int i = optind; i < argc; ++i) {
        const auto queue = queue::parse_queue_name(argv[i]);
        if (!queue) fatal("{}: no such queue", argv[i]);
        options.queues.push_back(*queue);
    }
    if (options.queues.empty()) options.queues = {Queue::incoming, Queue::active};
    return options;
}

std::string domain_of(const std::string& address) {
    if (address.empty()) return "MAILER-DAEMON";
    const mail::AddressParts parts = mail::split_address(address);
    return parts.domain.empty() ? "local" : parts.domain;
}

// What is known so far, on a terminal that shows nothing else.
void show_intermediate(const qshape::Shape& shape, const Options& options) {
    constexpr std::size_t rows_on_a_screen = 20;
    fmt::print("\033[H\033[2J{}", shape.table(std::min(options.domains, rows_on_a_screen), options.width));
    std::fflush(stdout);
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
    const queue::Spool spool(settings);
    qshape::Shape shape(qshape::bucket_limits(options.buckets, options.first_bucket, options.linear));
    const std::int64_t now = std::time(nullptr);
    {
        const bool on_terminal = ::isatty(STDOUT_FILENO) == 1;
        Progress progress = Progress::beside_output("messages read");
        long read = 0;
        for (const Queue queue : options.queues) {
            queue::QueueScanner scanner(spool, queue);
            while (const std::optional<std::string> id = scanner.next()) {
                count_message(shape, scanner.found_in() + "/" + *id, options.senders, now);
                progress.step();
                if (on_terminal && options.batch > 0 && ++read % options.batch == 0)
                    show_intermediate(shape, options);
            }
        }
        if (on_terminal && options.batch > 0 && read >= options.batch) fmt::print("\033[H\033[2J");
    }
    if (options.parents) shape.merge_parents(options.least_subdomains);
    fmt::print("{}", shape.table(options.domains, options.width));
    return 0;
}

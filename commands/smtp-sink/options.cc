// commands/smtp-sink/options.cc - how smtp-sink(1) behaves.
#include "commands/smtp-sink/options.h"

#include <getopt.h>

#include "lib/base/endpoint.h"
#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::smtp_sink {

namespace {

[[noreturn]] void usage() {
    fatal(
        "usage: smtp-sink [-468cCeFLNpPsSv] [-A delay] [-d dump-template] [-D dump-file] [-f commands] "
        "[-h hostname] [-m max-sessions] [-n count] [-q commands] [-Q commands] [-r commands] [-R directory] "
        "[-T timeout] [-u user] [-w delay] [-W command:delay] [inet:]host:port|unix:path backlog");
}

long number(const char* text) {
    const auto value = parse_int(text);
    if (!value || *value < 0) fatal("bad number: {}", text);
    return static_cast<long>(*value);
}

std::set<std::string> commands(const char* text) {
    std::set<std::string> names;
    for (const std::string& word : split_words(text)) names.insert(upper(word));
    return names;
}

// -W command:delay[:odds]
void slow_down(Options& options, std::string_view text) {
    const std::vector<std::string_view> parts = split(text, ':');
    if (parts.size() < 2) usage();
    options.slow = commands(std::string(parts[0]).c_str());
    options.delay = std::chrono::seconds(number(std::string(parts[1]).c_str()));
}

void take_option(Options& options, int letter, int& family) {
    switch (letter) {
        case '4':
            family = AF_INET;
            return;
        case '6':
            family = AF_INET6;
            return;
        case '8':
            options.eight_bit = false;
            return;
        case 'A':
            options.banner_delay = std::chrono::seconds(number(optarg));
            return;
        case 'c':
            options.counting = true;
            return;
        case 'd':
            options.dump_file = optarg;
            return;
        case 'D':
            options.single_file = optarg;
            return;
        case 'e':
            options.esmtp = false;
            return;
        case 'f':
            options.hard = commands(optarg);
            return;
        case 'h':
            options.hostname = optarg;
            return;
        case 'L':
            options.lmtp = true;
            return;
        case 'm':
            options.most_sessions = static_cast<std::size_t>(number(optarg));
            return;
        case 'n':
            options.messages = number(optarg);
            return;
        case 'N':
            options.dsn = false;
            return;
        case 'p':
            options.pipelining = false;
            return;
        case 'q':
            options.hang_up = commands(optarg);
            return;
        case 'Q':
            options.hang_up_late = commands(optarg);
            return;
        case 'r':
            options.soft = commands(optarg);
            return;
        case 'R':
            options.root = optarg;
            return;
        case 's':
        case 'S':
            options.logs_verbs = true;
            return;
        case 'T':
            options.time_limit = std::chrono::seconds(number(optarg));
            return;
        case 'u':
            options.user = optarg;
            return;
        case 'v':
            log::set_verbose(log::verbose() + 1);
            return;
        case 'w':
            options.delay = std::chrono::seconds(number(optarg));
            return;
        case 'W':
            slow_down(options, optarg);
            return;
        default:
            usage();
    }
}

}  // namespace

Options parse_options(int argc, char** argv) {
    Options options;
    int family = AF_UNSPEC;
    int letter = 0;
    while ((letter = ::getopt(argc, argv, "468A:cd:D:ef:h:Lm:n:Npq:Q:r:R:sST:u:vw:W:")) > 0)
        take_option(options, letter, family);
    if (argc - optind != 2) usage();
    const Result<SocketAddress> found = find_endpoint(argv[optind], "smtp", family, true);
    if (!found) fatal("{}", found.error());
    options.address = *found;
    options.backlog = static_cast<int>(number(argv[optind + 1]));
    return options;
}

}  // namespace postrider::smtp_sink

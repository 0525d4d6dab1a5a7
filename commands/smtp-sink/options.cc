// commands/smtp-sink/options.cc - how smtp-sink(1) behaves.
#include "commands/smtp-sink/options.h"

#include <getopt.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "lib/base/endpoint.h"
#include "lib/base/log.h"
#include "lib/base/option_number.h"
#include "lib/base/text.h"

namespace postrider::smtp_sink {

namespace {

[[noreturn]] void usage() {
    fatal(
        "usage: smtp-sink [-468acCeEFLNpPv] [-A delay] [-b soft_reply] [-B hard_reply] [-d dump_template] "
        "[-D dump_template] [-f commands] [-h hostname] [-H delay] [-m max_sessions] [-M message_count] "
        "[-n session_count] [-q commands] [-Q commands] [-r commands] [-R root_dir] [-s commands] "
        "[-S start_string] [-t timeout] [-T window_size] [-u user] [-w delay] [-W command:delay[:odds]] "
        "[host]:port backlog");
}

std::chrono::seconds seconds(const char* text, std::string_view what) {
    return std::chrono::seconds(option_number(text, what));
}

// Names of commands, "." for the end of data and CONNECT for the greeting.
std::set<std::string> commands(const char* text) {
    constexpr std::string_view known[] = {".",    "AUTH", "CONNECT", "DATA",    "EHLO",
                                          "HELO", "LHLO", "MAIL",    "NOOP",    "QUIT",
                                          "RCPT", "RSET", "VRFY",    "XCLIENT", "XFORWARD"};
    std::set<std::string> names;
    for (const std::string& word : split_words(text)) {
        std::string name = upper(word);
        if (std::find(std::begin(known), std::end(known), name) == std::end(known))
            fatal("unknown command: {}", word);
        names.insert(std::move(name));
    }
    return names;
}

// -W command:delay[:odds]
void slow_down(Options& options, std::string_view text) {
    const std::vector<std::string_view> parts = split(text, ':');
    if (parts.size() < 2 || parts.size() > 3) usage();
    options.slow = commands(std::string(parts[0]).c_str());
    options.delay = seconds(std::string(parts[1]).c_str(), "command delay");
    if (parts.size() == 2) return;
    options.slow_odds = static_cast<int>(option_number(std::string(parts[2]).c_str(), "delay odds"));
    if (options.slow_odds > 100) fatal("delay odds for '{}' out of range", parts[0]);
}

// A whole reply of the class wanted.
std::string reply(const char* text, char first) {
    const std::string_view words = text;
    if (words.size() < 3 || words.front() != first || !all_digits(words.substr(0, 3)))
        fatal("bad reply: {}: it must begin with a code {}xx", text, first);
    return std::string(words);
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
        case 'a':
            options.auth = false;
            return;
        case 'A':
            options.banner_delay = seconds(optarg, "banner delay");
            return;
        case 'b':
            options.soft_reply = reply(optarg, '4');
            return;
        case 'B':
            options.hard_reply = reply(optarg, '5');
            return;
        case 'c':
            options.counting = true;
            return;
        case 'C':
            options.xclient = false;
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
        case 'E':
            options.status_codes = false;
            return;
        case 'f':
            options.hard = commands(optarg);
            return;
        case 'F':
            options.xforward = false;
            return;
        case 'h':
            options.hostname = optarg;
            return;
        case 'H':
            options.read_delay = seconds(optarg, "data read delay");
            return;
        case 'L':
            options.lmtp = true;
            return;
        case 'm':
            options.most_sessions = static_cast<std::size_t>(option_number(optarg, "concurrency limit", 1));
            return;
        case 'M':
            options.messages = option_number(optarg, "message quit count", 1);
            return;
        case 'n':
            options.sessions = option_number(optarg, "session quit count", 1);
            return;
        case 'N':
            options.dsn = false;
            return;
        case 'p':
            options.pipelining = false;
            return;
        case 'P':
            options.pix = true;
            options.esmtp = false;
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
            options.logged = commands(optarg);
            return;
        case 'S':
            options.start = optarg;
            return;
        case 't':
            options.time_limit = seconds(optarg, "timeout");
            return;
        case 'T':
            options.window_size = static_cast<int>(option_number(optarg, "TCP window size", 1));
            return;
        case 'u':
            options.user = optarg;
            return;
        case 'v':
            log::set_verbose(log::verbose() + 1);
            return;
        case 'w':
            options.delay = seconds(optarg, "data delay");
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
    while ((letter = ::getopt(argc, argv, "468aA:b:B:cCd:D:eEf:Fh:H:Lm:M:n:NpPq:Q:r:R:s:S:t:T:u:vw:W:")) > 0)
        take_option(options, letter, family);
    if (argc - optind != 2) usage();
    if (!options.dump_file.empty() && !options.single_file.empty())
        fatal("use only one of -d or -D, but not both");
    const Result<SocketAddress> found = find_endpoint(argv[optind], "smtp", family, true);
    if (!found) fatal("{}", found.error());
    options.address = *found;
    const auto backlog = parse_int(argv[optind + 1]);
    if (!backlog || *backlog <= 0) usage();
    options.backlog = static_cast<int>(*backlog);
    return options;
}

}  // namespace postrider::smtp_sink

// commands/qmqp-source/options.cc - what qmqp-source(1) sends, and how.
#include "commands/qmqp-source/options.h"

#include <fmt/core.h>
#include <getopt.h>
#include <unistd.h>

#include <array>
#include <ctime>

#include "lib/base/endpoint.h"
#include "lib/base/log.h"
#include "lib/base/netstring.h"
#include "lib/base/option_number.h"
#include "lib/mail/date.h"

namespace postrider::qmqp_source {

namespace {

[[noreturn]] void usage() {
    fatal(
        "usage: qmqp-source [-46cv] [-C count] [-f sender] [-l length] [-m messages] [-M hostname] [-r "
        "recipients] [-R interval] [-s sessions] [-t recipient] [-w interval] [inet:]host[:port] | "
        "unix:path");
}

std::string own_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "localhost";
}

void take_option(Options& options, int letter, int& family) {
    switch (letter) {
        case '4':
            family = AF_INET;
            break;
        case '6':
            family = AF_INET6;
            break;
        case 'c':
            options.count_messages = true;
            break;
        case 'C':
            options.connects = static_cast<int>(option_number(optarg, "connection count", 1));
            break;
        case 'f':
            options.sender = optarg;
            break;
        case 'l':
            options.length = static_cast<std::size_t>(option_number(optarg, "message length", 1));
            break;
        case 'm':
            options.messages = option_number(optarg, "message count", 1);
            break;
        case 'M':
            options.hostname = optarg;
            break;
        case 'r':
            options.recipients = static_cast<int>(option_number(optarg, "recipient count", 1));
            break;
        case 'R':
            options.random_pause = true;
            [[fallthrough]];
        case 'w':
            options.pause = std::chrono::seconds(option_number(optarg, "delay"));
            break;
        case 's':
            options.sessions = static_cast<int>(option_number(optarg, "session count", 1));
            break;
        case 't':
            options.recipient = optarg;
            break;
        case 'v':
            log::set_verbose(log::verbose() + 1);
            break;
        default:
            usage();
    }
}

}  // namespace

Options parse_options(int argc, char** argv) {
    Options options;
    options.hostname = own_name();
    int family = AF_UNSPEC;
    int letter = 0;
    while ((letter = ::getopt(argc, argv, "46cC:f:l:m:M:r:R:s:t:vw:")) > 0)
        take_option(options, letter, family);
    if (argc - optind != 1) usage();
    const std::string address = "foo@" + options.hostname;
    if (!options.sender) options.sender = address;
    if (!options.recipient) options.recipient = address;
    const Result<SocketAddress> found = find_endpoint(argv[optind], "628", family, false);
    if (!found) fatal("{}", found.error());
    options.destination = *found;
    return options;
}

std::string request_text(const Options& options, long number) {
    const std::time_t now = std::time(nullptr);
    std::string message = fmt::format(
        "From: <{}>\nTo: <{}>\nDate: {}\nMessage-Id: <{:04x}.{:04x}.{:04x}@{}>\n\n", *options.sender,
        *options.recipient, mail::format_date(now), ::getpid(), now, number, options.hostname);
    // Lines that grow, so that a reader sees where something is missing.
    for (std::size_t width = 1; message.size() < options.length; width = width % 78 + 1)
        message += std::string(width, 'X') + "\n";
    message.resize(options.length);
    if (message.back() != '\n') message.back() = '\n';
    std::string request = netstring(message) + netstring(*options.sender);
    // Compat: unlike those of smtp-source, all of several have a number.
    for (int i = 0; i < options.recipients; ++i)
        request += netstring((options.recipients > 1 ? std::to_string(i) : "") + *options.recipient);
    return netstring(request);
}

}  // namespace postrider::qmqp_source

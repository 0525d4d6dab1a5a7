// commands/qmqp-source/options.cc - what qmqp-source(1) sends, and how.
#include "commands/qmqp-source/options.h"

#include <getopt.h>

#include "lib/base/log.h"
#include "lib/base/netstring.h"

namespace postrider::qmqp_source {

namespace {

constexpr std::size_t usual_length = 1024;

[[noreturn]] void usage() {
    fatal(
        "usage: qmqp-source [-46cv] [-C count] [-f sender] [-l length] [-m messages] [-M hostname] [-r "
        "recipients] [-R interval] [-s sessions] [-t recipient] [-w interval] [inet:]host[:port] | "
        "unix:path");
}

}  // namespace

Options parse_options(int argc, char** argv) {
    Options options;
    int letter = 0;
    while ((letter = ::getopt(argc, argv, load::option_letters)) > 0)
        if (!load::take_option(options, letter)) usage();
    if (argc - optind != 1) usage();
    load::complete(options, argv[optind], "628");
    if (options.length == 0) options.length = usual_length;
    return options;
}

std::string request_text(const Options& options, long number) {
    std::string message = load::header_text(options, number, "\n") + "\n";
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

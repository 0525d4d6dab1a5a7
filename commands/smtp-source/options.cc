// commands/smtp-source/options.cc - what smtp-source(1) sends, and how.
#include "commands/smtp-source/options.h"

#include <getopt.h>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/option_number.h"
#include "lib/base/text.h"

namespace postrider::smtp_source {

namespace {

constexpr std::size_t body_line = 78;

[[noreturn]] void usage() {
    fatal(
        "usage: smtp-source [-46AcdLNov] [-C count] [-f sender] [-F file] [-l length] [-m messages] [-M "
        "hostname] "
        "[-r recipients] [-R interval] [-s sessions] [-S subject] [-t recipient] [-T window_size] [-w "
        "interval] "
        "[inet:]host[:port] | unix:path");
}

// A message as it crosses the wire: CRLF, dots stuffed.
std::string wire_form(std::string_view text) {
    std::string out;
    for (std::string_view line : split(text.ends_with('\n') ? text.substr(0, text.size() - 1) : text, '\n')) {
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.starts_with('.')) out += '.';
        out += line;
        out += "\r\n";
    }
    return out;
}

void read_message(Options& options, const char* path) {
    const Result<std::string> text = read_file(path);
    if (!text) fatal("{}", text.error());
    options.message = wire_form(*text);
}

void take_option(Options& options, int letter) {
    switch (letter) {
        case 'A':
            options.goes_on = true;
            break;
        case 'd':
            options.keep_connection = true;
            break;
        case 'F':
            read_message(options, optarg);
            break;
        case 'L':
            options.lmtp = true;
            break;
        case 'N':
            options.number_recipients = true;
            break;
        case 'o':
            options.bare = true;
            break;
        case 'S':
            options.subject = optarg;
            break;
        case 'T':
            options.window_size = static_cast<int>(option_number(optarg, "TCP window size", 1));
            break;
        default:
            if (!load::take_option(options, letter)) usage();
    }
}

}  // namespace

Options parse_options(int argc, char** argv) {
    Options options;
    const std::string letters = std::string(load::option_letters) + "AdF:LNoS:T:";
    int letter = 0;
    while ((letter = ::getopt(argc, argv, letters.c_str())) > 0) take_option(options, letter);
    if (argc - optind != 1) usage();
    if (options.length > 0 && !options.message.empty()) fatal("-l option cannot be used with -F");
    load::complete(options, argv[optind], "smtp");
    return options;
}

std::string recipient_name(const Options& options, long message, int index) {
    const long all = options.number_recipients ? message * options.recipients + index : index;
    return all == 0 && !options.number_recipients ? *options.recipient
                                                  : std::to_string(all + 1) + *options.recipient;
}

namespace {

std::string header_text(const Options& options, long number) {
    std::string text = load::header_text(options, number, "\r\n");
    if (options.subject) text += "Subject: " + *options.subject + "\r\n";
    return text + "\r\n";
}

std::string body_text(const Options& options) {
    if (options.length == 0) return "A line of text.\r\nA second one.\r\nA third one.\r\nThe last one.\r\n";
    std::string text;
    for (std::size_t left = options.length; left > 0;) {
        const std::size_t here = std::min(left, body_line);
        text.append(here, 'X');
        text += "\r\n";
        left -= std::min(left, body_line + 2);
    }
    return text;
}

}  // namespace

std::string message_text(const Options& options, long number) {
    if (!options.message.empty()) return options.message + ".\r\n";
    const std::string header = options.bare ? "" : header_text(options, number);
    return header + body_text(options) + ".\r\n";
}

}  // namespace postrider::smtp_source

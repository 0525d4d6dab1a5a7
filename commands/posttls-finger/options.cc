// commands/posttls-finger/options.cc - what posttls-finger(1) was asked to do.
#include "commands/posttls-finger/options.h"

#include <unistd.h>

#include "lib/base/log.h"
#include "lib/base/option_number.h"
#include "lib/base/text.h"

namespace postrider::posttls_finger {

namespace {

[[noreturn]] void usage() {
    fatal(
        "usage: posttls-finger [-acCfSvwX] [-t conn_tmout] [-T cmd_tmout] [-L logopts] [-h host_lookup] "
        "[-l level] [-d mdalg] [-g grade] [-p protocols] [-A tafile] [-F CAfile.pem] [-P CApath/] "
        "[-s servername] [ [-H chainfiles] | [-k certfile [-K keyfile]] ] [-m count] [-M insecure_mx_policy] "
        "[-r delay] [-o name=value] destination [match ...]");
}

Level level_of(const std::string& word) {
    const std::pair<const char*, Level> levels[] = {
        {"none", Level::none},       {"may", Level::may},
        {"encrypt", Level::encrypt}, {"dane", Level::dane},
        {"verify", Level::verify},   {"fingerprint", Level::fingerprint},
        {"secure", Level::secure},   {"dane-only", Level::dane_only}};
    for (const auto& [name, level] : levels)
        if (equals_ignoring_case(word, name)) return level;
    fatal("Invalid TLS level \"{}\"", word);
}

void add_words(std::vector<std::string>& list, const char* text) {
    for (std::string& word : split_words(text)) list.push_back(std::move(word));
}

std::string one_of(const std::string& word, const std::vector<std::string>& allowed, char letter) {
    for (const std::string& known : allowed)
        if (equals_ignoring_case(word, known)) return known;
    fatal("bad '-{}' option value: {}", letter, word);
}

void take(Options& options, int letter, std::string& log_words) {
    switch (letter) {
        case 'a':
            options.family = one_of(optarg, {"any", "ipv4", "ipv6"}, 'a');
            break;
        case 'A':
            options.anchor_files.emplace_back(optarg);
            break;
        case 'c':
            options.chat = false;
            break;
        case 'C':
            options.print_chain = true;
            break;
        case 'd':
            options.digest = optarg;
            break;
        case 'f':
            options.force_tlsa = true;
            break;
        case 'F':
            options.authorities_file = optarg;
            break;
        case 'g':
            options.grade = optarg;
            break;
        case 'h':
            options.lookups = split_words(lower(optarg));
            for (const std::string& word : options.lookups) one_of(word, {"dns", "native"}, 'h');
            break;
        case 'H':
            add_words(options.chain_files, optarg);
            break;
        case 'k':
            options.certificate_file = optarg;
            break;
        case 'K':
            options.key_file = optarg;
            break;
        case 'l':
            options.level = level_of(optarg);
            break;
        case 'L':
            log_words = optarg;
            break;
        case 'm':
            options.reconnects = static_cast<int>(option_number(optarg, "number of tries"));
            break;
        case 'M':
            options.insecure_mx = one_of(optarg, {"may", "encrypt", "dane"}, 'M');
            break;
        case 'o':
            options.overrides.emplace_back(optarg);
            break;
        case 'p':
            options.protocols = optarg;
            break;
        case 'P':
            options.authorities_directory = optarg;
            break;
        case 'r':
            options.reconnect_delay = std::chrono::seconds(option_number(optarg, "delay"));
            break;
        case 's':
            options.server_name = optarg;
            break;
        case 'S':
            options.lmtp = true;
            break;
        case 't':
            options.connect_timeout = std::chrono::seconds(option_number(optarg, "time limit", 1));
            break;
        case 'T':
            options.command_timeout = std::chrono::seconds(option_number(optarg, "time limit", 1));
            break;
        case 'v':
            ++options.verbose;
            break;
        case 'w':
            options.wrapper = true;
            break;
        case 'X':
            log::warning("there is no tlsproxy(8) here: -X changes nothing");
            break;
        default:
            usage();
    }
}

}  // namespace

Options parse_options(int argc, char** argv) {
    Options options;
    std::string log_words = "routine,certmatch";
    int letter = 0;
    while ((letter = getopt(argc, argv, "a:A:cCd:fF:g:h:H:k:K:l:L:m:M:o:p:P:r:s:St:T:vwX")) != -1)
        take(options, letter, log_words);
    if (optind >= argc) usage();
    options.destination = argv[optind++];
    for (; optind < argc; ++optind) options.matches.emplace_back(argv[optind]);
    const Result<tls::LogChoices> choices = tls::parse_log_choices(log_words);
    if (choices)
        options.log = *choices;
    else
        log::warning("unknown -L option value \"{}\" in \"{}\"", log_words, log_words);
    if (!options.chain_files.empty() && !(options.certificate_file + options.key_file).empty())
        fatal("When the '-H' option is used, neither the '-k', nor the '-K' options may be used");
    if (options.certificate_file.empty()) options.certificate_file = options.key_file;
    if (options.wrapper && options.level == Level::none)
        fatal("SSL wrapper mode requires that TLS not be disabled");
    if (options.reconnect_delay.count() >= 0) options.log.cache = true;
    return options;
}

}  // namespace postrider::posttls_finger

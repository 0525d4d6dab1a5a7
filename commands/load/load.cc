// commands/load/load.cc - sending many messages in many sessions.
#include "commands/load/load.h"

#include <fmt/core.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <ctime>
#include <random>

#include "lib/async/connect.h"
#include "lib/base/endpoint.h"
#include "lib/base/log.h"
#include "lib/base/option_number.h"
#include "lib/mail/address.h"
#include "lib/mail/date.h"

namespace postrider::load {

namespace {

std::string own_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "localhost";
}

}  // namespace

bool take_option(Options& options, int letter) {
    switch (letter) {
        case '4':
            options.family = AF_INET;
            break;
        case '6':
            options.family = AF_INET6;
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
            if (!mail::is_valid_hostname(optarg)) fatal("bad hostname: {}", optarg);
            options.hostname = optarg;
            break;
        case 'r':
            options.recipients = static_cast<int>(option_number(optarg, "recipient count", 1));
            break;
        case 'R':
        case 'w':
            if (options.pause_option != 0 && options.pause_option != letter)
                fatal("do not use -w and -R options at the same time");
            options.pause_option = letter;
            options.random_pause = letter == 'R';
            options.pause = std::chrono::seconds(
                option_number(optarg, options.random_pause ? "random delay" : "fixed delay"));
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
            return false;
    }
    return true;
}

void complete(Options& options, const char* endpoint, const char* port) {
    if (options.hostname.empty()) options.hostname = own_name();
    const std::string address = "foo@" + options.hostname;
    if (!options.sender) options.sender = address;
    if (!options.recipient) options.recipient = address;
    const Result<SocketAddress> found = find_endpoint(endpoint, port, options.family, false);
    if (!found) fatal("{}", found.error());
    options.destination = *found;
}

std::string header_text(const Options& options, long number, const char* line_end) {
    const std::time_t now = std::time(nullptr);
    return fmt::format("From: <{1}>{0}To: <{2}>{0}Date: {3}{0}Message-Id: <{4:04x}.{5:04x}.{6:04x}@{7}>{0}",
                       line_end, *options.sender, *options.recipient, mail::format_date(now), ::getpid(), now,
                       number, options.hostname);
}

Task<async::Stream> connect(const Options& options) {
    Result<Fd> fd = Error{"not tried"};
    for (int tries = 0; tries < options.connects && !fd; ++tries) {
        const async::Deadline deadline = async::after(reply_limit);
        fd = co_await async::connect_to(options.destination, SocketAddress(), deadline);
        if (!fd && tries + 1 < options.connects) co_await async::sleep_for(std::chrono::seconds(1));
    }
    if (!fd) fatal("connect to {}: {}", options.destination.text(), fd.error());
    async::Stream stream(std::move(*fd));
    stream.set_idle_timeout(reply_limit);
    co_return stream;
}

Task<> pause_between(const Options& options) {
    if (options.pause.count() == 0) co_return;
    static std::minstd_rand random{std::random_device{}()};
    const auto most = std::chrono::milliseconds(options.pause);
    std::uniform_int_distribution<long> choice(0, most.count());
    const auto time = options.random_pause ? std::chrono::milliseconds(choice(random)) : most;
    co_await async::sleep_for(time);
}

bool Work::take(long& number) {
    if (started_ >= options_.messages) return false;
    number = started_++;
    return true;
}

void Work::count_sent(char end) {
    ++sent_;
    if (!options_.count_messages) return;
    fmt::print("{}{}", sent_, end);
    std::fflush(stdout);
}

}  // namespace postrider::load

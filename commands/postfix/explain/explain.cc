// commands/postfix/explain/explain.cc - `postfix explain ADDRESS`: the whole way, in its order.
#include "commands/postfix/explain/explain.h"

#include <unistd.h>

#include <csignal>

#include "commands/postconf/declared.h"
#include "commands/postfix/check/configuration.h"
#include "commands/postfix/check/quiet.h"
#include "commands/postfix/explain/account.h"
#include "commands/postfix/explain/journey.h"
#include "lib/async/loop.h"
#include "lib/base/log.h"
#include "lib/base/socket_address.h"
#include "lib/base/text.h"
#include "lib/ipc/rewrite_answers.h"
#include "lib/mail/address.h"
#include "services/trivial-rewrite/service.h"

namespace postrider::postfix::explain {

namespace {

// RFC 5737: an address that belongs to nobody, and so to a stranger.
constexpr const char* a_stranger = "192.0.2.1";

[[noreturn]] void usage() {
    fatal_status(64,
                 "usage: postfix explain [--from SENDER] [--client IP] [--helo NAME] [--service NAME] "
                 "[--json] ADDRESS");
}

Question parse_question(const std::vector<std::string>& words) {
    Question question;
    question.client = a_stranger;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        std::string* value = nullptr;
        if (word == "--json") {
            question.form = Form::json;
            continue;
        }
        if (word == "--from") value = &question.sender;
        if (word == "--client") value = &question.client;
        if (word == "--helo") value = &question.helo;
        if (word == "--service") value = &question.service;
        if (value != nullptr) {
            if (i + 1 == words.size()) usage();
            *value = words[++i];
        } else if (word.starts_with("--") || !question.recipient.empty()) {
            usage();
        } else {
            question.recipient = word;
        }
    }
    if (question.recipient.empty()) usage();
    if (!SocketAddress::from_ip(question.client, 0))
        fatal_status(64, "--client {}: no IP address", question.client);
    const auto bare = [](std::string& address) {
        if (address.starts_with('<') && address.ends_with('>'))
            address = address.substr(1, address.size() - 2);
        address = mail::unquote_address(address);
    };
    bare(question.recipient);
    bare(question.sender);
    return question;
}

Task<> tell_everything(const check::Configuration& configuration, Question question, const Account& account,
                       bool& taken) {
    taken = co_await explain_arrival(configuration, question, account);
    std::string sender = question.sender;
    std::vector<std::string> recipients;
    recipients = co_await explain_rewriting(configuration.settings, question, sender, account);
    for (const std::string& recipient : recipients)
        co_await explain_route(configuration, sender, recipient, account);
    taken = taken && !recipients.empty();
}

}  // namespace

int run(const Instance& instance, const std::vector<std::string>& words) {
    std::signal(SIGPIPE, SIG_IGN);
    const Question question = parse_question(words);
    postconf::declare_all_parameters();
    const check::Configuration configuration(instance);
    if (!configuration.master_error.empty()) fatal("{}", configuration.master_error);
    const Account account(question.form);
    bool taken = false;
    {
        // What daemons would log is told by the steps.
        const Quiet quiet;
        const rewrite::Service rewriting(configuration.settings);
        ipc::answer_rewrites_here(
            [&rewriting](std::string request) { return rewriting.answer(std::move(request)); });
        // Sockets of daemons that run are not found from here: nobody's state changes.
        if (::chdir("/") != 0) fatal("chdir /: {}", std::strerror(errno));
        async::run(tell_everything(configuration, question, account, taken));
        ipc::answer_rewrites_here(nullptr);
    }
    return taken ? 0 : 1;
}

}  // namespace postrider::postfix::explain

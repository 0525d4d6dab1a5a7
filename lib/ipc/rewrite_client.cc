// lib/ipc/rewrite_client.cc - asking trivial-rewrite(8), with a short memory.
#include "lib/ipc/rewrite_client.h"

#include <memory>
#include <unordered_map>

#include "lib/ipc/rewrite_answers.h"
#include "lib/ipc/rewrite_protocol.h"

namespace postrider::ipc {

namespace {

// Long enough to answer the questions of one message and its neighbours, short enough that nobody who edits a
// table waits for it.
constexpr auto answer_lifetime = std::chrono::seconds(2);
constexpr std::size_t answer_limit = 4096;
constexpr auto call_limit = std::chrono::seconds(100);

template <class Answer>
class Memory {
  public:
    const Answer* find(const std::string& key) {
        const auto at = answers_.find(key);
        if (at == answers_.end()) return nullptr;
        if (at->second.good_until >= async::Clock::now()) return &at->second.answer;
        answers_.erase(at);
        return nullptr;
    }
    void keep(std::string key, const Answer& answer) {
        if (answers_.size() >= answer_limit) answers_.clear();
        answers_.insert_or_assign(std::move(key), Entry{answer, async::after(answer_lifetime)});
    }
    void clear() { answers_.clear(); }

  private:
    struct Entry {
        Answer answer;
        async::Deadline good_until;
    };
    std::unordered_map<std::string, Entry> answers_;
};

// What a thread knows of the service.
struct Service {
    std::string path = "private/rewrite";
    std::unique_ptr<Client> client;
    Memory<std::string> rewritten;
    Memory<Resolved> resolved;

    Client& connection() {
        if (!client) client = std::make_unique<Client>(path);
        return *client;
    }
};
Service& service() {
    thread_local Service instance;
    return instance;
}

RewriteAnswers& answers_here() {
    static RewriteAnswers answers;
    return answers;
}

Task<Result<RewriteServiceReply>> ask_here(RewriteServiceRequest request) {
    std::string asked = encode(request);
    const std::string answer = co_await answers_here()(std::move(asked));
    auto reply = decode<RewriteServiceReply>(answer);
    if (!reply) co_return Error{"malformed reply"};
    if (reply->failed) co_return Error{reply->reason};
    co_return std::move(*reply);
}

Task<Result<RewriteServiceReply>> ask(RewriteServiceRequest request) {
    if (answers_here()) {
        Result<RewriteServiceReply> here = co_await ask_here(std::move(request));
        co_return here;
    }
    Result<RewriteServiceReply> reply =
        co_await service().connection().ask<RewriteServiceReply>(std::move(request), call_limit);
    if (reply && reply->failed) co_return Error{reply->reason};
    co_return reply;
}

Task<Result<std::string>> ask_rewrite(const char* what, RewriteRule rule, std::string address) {
    RewriteServiceRequest request;
    request.request = what;
    request.rule = rule == RewriteRule::local ? "local" : "remote";
    std::string key = request.request + ' ' + request.rule + ' ' + address;
    if (const std::string* known = service().rewritten.find(key)) co_return *known;
    request.address = std::move(address);
    Result<RewriteServiceReply> reply = co_await ask(std::move(request));
    if (!reply) co_return Error{reply.error()};
    service().rewritten.keep(std::move(key), reply->address);
    co_return std::move(reply->address);
}

}  // namespace

bool is_plain_address(std::string_view internal) {
    // Letters, digits and -_.+= only, one '@', a dot inside the domain: what every rule leaves alone.
    std::size_t at = std::string_view::npos;
    bool dotted = false;
    char before = '.';
    for (std::size_t i = 0; i < internal.size(); ++i) {
        const char c = internal[i];
        if (c == '@') {
            if (at != std::string_view::npos || before == '.') return false;
            at = i;
            before = '.';
            continue;
        }
        if (c == '.') {
            if (before == '.') return false;
            dotted = dotted || at != std::string_view::npos;
        } else if (!is_alnum(c) && c != '-' && c != '_' && c != '+' && c != '=') {
            return false;
        }
        before = c;
    }
    return dotted && before != '.';
}

Task<Result<std::string>> rewrite(RewriteRule rule, std::string address) {
    if (address.empty() || is_plain_address(address)) co_return address;
    Result<std::string> rewritten = co_await ask_rewrite("rewrite", rule, std::move(address));
    co_return rewritten;
}

Task<Result<std::string>> rewrite_external(RewriteRule rule, std::string address) {
    if (address.empty() || is_plain_address(address)) co_return address;
    Result<std::string> rewritten = co_await ask_rewrite("rewrite-external", rule, std::move(address));
    co_return rewritten;
}

Task<Result<Resolved>> resolve(std::string sender, std::string recipient, ResolveFor purpose) {
    RewriteServiceRequest request;
    request.request = purpose == ResolveFor::delivery ? "resolve" : "verify";
    // No sender holds the line breaks that stand for any sender.
    std::string any_key = request.request + "\n*\n\n" + recipient;
    std::string key = request.request + '\n' + sender + '\n' + recipient;
    if (const Resolved* known = service().resolved.find(any_key)) co_return *known;
    if (const Resolved* known = service().resolved.find(key)) co_return *known;
    request.sender = std::move(sender);
    request.address = std::move(recipient);
    Result<RewriteServiceReply> reply = co_await ask(std::move(request));
    if (!reply) co_return Error{reply.error()};
    service().resolved.keep(reply->any_sender ? std::move(any_key) : std::move(key), reply->resolved);
    co_return std::move(reply->resolved);
}

void answer_rewrites_here(RewriteAnswers answers) {
    answers_here() = std::move(answers);
    forget_rewrite_answers();
}

void set_rewrite_service(std::string path) {
    service().path = std::move(path);
    service().client.reset();
    forget_rewrite_answers();
}

void forget_rewrite_answers() {
    service().rewritten.clear();
    service().resolved.clear();
}

}  // namespace postrider::ipc

// smtpd/access/policy_client.cc - asking a policy server.
#include "smtpd/access/policy_client.h"

#include <cerrno>
#include <cstring>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/ipc/dial.h"
#include "smtpd/access/parameters.h"
#include "smtpd/access/policy_reply.h"

namespace postrider::smtpd::access {

namespace {

constexpr std::size_t idle_limit = 100;
constexpr std::size_t line_limit = 65536;
// Compat: as the log knows them.
constexpr const char* timed_out = "Connection timed out";
constexpr const char* no_answer = "Application error";

// What may happen to any server that is started again: the first time it is not worth a line.
bool is_ordinary(const std::string& problem) {
    return problem == no_answer || problem == std::strerror(ENOENT);
}

// One "name = value" inside { ... }; an error text when it makes no sense.
std::string set_option(PolicyOptions& options, const std::string& name, const std::string& value) {
    const auto take_time = [&value](std::chrono::seconds& target) {
        const auto time = config::parse_time(value, 's');
        if (time) target = *time;
        return time.ok();
    };
    const auto take_number = [&value](int& target) {
        const auto number = parse_int(value);
        if (number) target = static_cast<int>(*number);
        return number.has_value();
    };
    bool good = true;
    if (name == "default_action")
        options.default_action = value;
    else if (name == "policy_context")
        options.context = value;
    else if (name == "timeout")
        good = take_time(options.timeout);
    else if (name == "max_idle")
        good = take_time(options.max_idle);
    else if (name == "max_ttl")
        good = take_time(options.max_ttl);
    else if (name == "retry_delay")
        good = take_time(options.retry_delay);
    else if (name == "request_limit")
        good = take_number(options.request_limit);
    else if (name == "try_limit")
        good = take_number(options.try_limit);
    else
        return "unknown attribute \"" + name + "\"";
    return good ? "" : "bad value of \"" + name + "\"";
}

// Compat: the log names servers without the kind of their address.
std::string_view server_name(std::string_view endpoint) {
    for (const std::string_view kind : {"inet:", "unix:"})
        if (endpoint.starts_with(kind)) endpoint.remove_prefix(kind.size());
    return endpoint;
}

}  // namespace

Result<PolicyOptions> parse_policy_options(const std::string& text, const Settings& settings) {
    PolicyOptions options;
    options.default_action = settings[smtpd_policy_service_default_action];
    options.context = settings[smtpd_policy_service_policy_context];
    options.timeout = settings[smtpd_policy_service_timeout];
    options.max_idle = settings[smtpd_policy_service_max_idle];
    options.max_ttl = settings[smtpd_policy_service_max_ttl];
    options.retry_delay = settings[smtpd_policy_service_retry_delay];
    options.request_limit = settings[smtpd_policy_service_request_limit];
    options.try_limit = settings[smtpd_policy_service_try_limit];
    std::string_view rest = trim(text);
    if (!rest.empty() && rest.front() == '{' && rest.back() == '}')
        rest = trim(rest.substr(1, rest.size() - 2));
    // "name = value" may have white space around '=', "{name = value with, commas}" may have anything.
    bool first = true;
    for (const std::string& part : split_words_with_braces(rest, ",")) {
        std::string_view word = trim(part);
        if (word.empty()) continue;
        if (first) {
            const std::size_t space = word.find_first_of(" \t\n");
            options.endpoint = word.substr(0, space);
            first = false;
            if (space == std::string_view::npos) continue;
            word = trim(word.substr(space));
        }
        if (word.front() == '{' && word.back() == '}') word = trim(word.substr(1, word.size() - 2));
        const std::size_t equals = word.find('=');
        if (equals == std::string_view::npos) return Error{"\"" + std::string(word) + "\" is no name=value"};
        const std::string problem = set_option(options, std::string(trim(word.substr(0, equals))),
                                               std::string(trim(word.substr(equals + 1))));
        if (!problem.empty()) return Error{problem};
    }
    if (options.endpoint.starts_with("local:")) options.endpoint.replace(0, 5, "unix");
    if (!options.endpoint.starts_with("inet:") && !options.endpoint.starts_with("unix:"))
        return Error{"\"" + options.endpoint + "\" is neither inet:host:port nor unix:path"};
    return options;
}

std::shared_ptr<PolicyClient> PolicyClient::shared(PolicyOptions options) {
    static std::vector<std::weak_ptr<PolicyClient>> known;
    std::erase_if(known, [](const auto& one) { return one.expired(); });
    for (const auto& one : known)
        if (auto client = one.lock(); client && client->options_ == options) return client;
    auto client = std::make_shared<PolicyClient>(std::move(options));
    known.push_back(client);
    return client;
}

PolicyClient::ConnectionPtr PolicyClient::take_idle() {
    const auto now = async::Clock::now();
    while (!idle_.empty()) {
        ConnectionPtr connection = std::move(idle_.back());
        idle_.pop_back();
        const bool fresh =
            now - connection->used < options_.max_idle && now - connection->opened < options_.max_ttl;
        // A server that says something unasked, or has closed, is not usable.
        if (fresh && !connection->stream.input_waiting()) return connection;
    }
    return nullptr;
}

void PolicyClient::give_back(ConnectionPtr connection) {
    connection->used = async::Clock::now();
    ++connection->requests;
    const bool worn = options_.request_limit > 0 && connection->requests >= options_.request_limit;
    if (!worn && idle_.size() < idle_limit) idle_.push_back(std::move(connection));
}

Task<Result<Fd>> PolicyClient::connect() {
    const async::Deadline deadline = async::after(options_.timeout);
    std::string endpoint = options_.endpoint;
    Result<Fd> connected = co_await ipc::dial(endpoint, deadline);
    if (!connected) log::warning("connect to {}: {}", server_name(options_.endpoint), connected.error());
    co_return connected;
}

Task<Result<std::string>> PolicyClient::exchange(Connection& connection, std::string request) {
    PolicyReply reply;
    PolicyReply::State state = PolicyReply::State::open;
    std::string problem;
    bool begun = false;
    try {
        connection.stream.set_timeout(options_.timeout);
        connection.stream.put(request);
        co_await connection.stream.flush();
        while (state == PolicyReply::State::open) {
            std::string line = co_await connection.stream.read_line(line_limit);
            if (connection.stream.line_had_cr()) line += '\r';
            state = reply.add(line);
            begun = true;
        }
    } catch (const async::PeerGone& gone) {
        problem = gone.why == async::PeerGone::Why::timed_out ? timed_out : no_answer;
    }
    const std::string_view server = server_name(options_.endpoint);
    const std::string_view rest = connection.stream.buffered();
    if (problem == timed_out && (begun || !rest.empty()))
        log::warning("timeout on {} while reading input attribute {}", server,
                     rest.find('=') == std::string_view::npos ? "name" : "value");
    if (problem.empty() && state == PolicyReply::State::broken) {
        log::warning("{} {}", reply.mistake(), server);
        problem = no_answer;
    }
    if (!problem.empty()) co_return Error{problem};
    co_return reply.action();
}

Task<Result<std::string>> PolicyClient::try_once(std::string request) {
    // One that was closed meanwhile is not taken.  Compat: a failure on one that is taken is a failed try.
    if (ConnectionPtr kept = take_idle()) {
        Result<std::string> action = co_await exchange(*kept, request);
        if (action) give_back(std::move(kept));
        co_return action;
    }
    Result<Fd> connected = co_await connect();
    if (!connected) co_return Error{connected.error()};
    async::Stream stream(std::move(*connected));
    auto fresh = std::make_unique<Connection>(std::move(stream));
    Result<std::string> action = co_await exchange(*fresh, request);
    if (action) give_back(std::move(fresh));
    co_return action;
}

Task<Result<std::string>> PolicyClient::ask(std::string request) {
    std::string problem;
    for (int tries = 1; tries <= options_.try_limit; ++tries) {
        Result<std::string> action = co_await try_once(request);
        if (action) co_return action;
        problem = action.error();
        const bool last = tries == options_.try_limit;
        if (last || !is_ordinary(problem))
            log::warning("problem talking to server {}: {}", server_name(options_.endpoint), problem);
        if (!last) co_await async::sleep_for(options_.retry_delay);
    }
    co_return Error{problem};
}

}  // namespace postrider::smtpd::access

// smtpd/verbs/auth.cc - the AUTH command, RFC 4954: a client logs in.
//
// The only command besides DATA and BDAT that talks with the client before it is answered.
#include <algorithm>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "smtpd/anvil_limits.h"
#include "smtpd/deadline.h"
#include "smtpd/login.h"
#include "smtpd/milters.h"
#include "smtpd/parameters.h"
#include "smtpd/tls.h"
#include "smtpd/verbs/verbs.h"

namespace postrider::smtpd {

namespace {

using sasl::Answer;
constexpr int pieces_per_turn = 256;  // of an endless line

Reply check_order(const Session& session) {
    if (session.server.settings[smtpd_helo_required] && session.helo_name.empty())
        return Reply(503, "5.5.1", "Error: send HELO/EHLO first");
    const bool hidden = (session.discarded_extensions & extension::auth) != 0;
    // Compat: a login that has to wait for TLS is not there before it.
    if (!session.login_offer->available || hidden || login_needs_tls(session))
        return Reply(503, "5.5.1", "Error: authentication not enabled");
    if (session.in_transaction()) return Reply(503, "5.5.1", "Error: MAIL transaction in progress");
    if (!session.login->user.empty()) return Reply(503, "5.5.1", "Error: already authenticated");
    return Reply();
}

// How an exchange with the client ended, or why it was left.
struct Exchange {
    enum class Problem { none, cancelled, too_long };
    Problem problem = Problem::none;
    Answer answer;
};

struct Response {
    Exchange::Problem problem = Exchange::Problem::none;
    std::string text;  // base64
};

// Sends a challenge (in base64) and reads what the client says to it.
Task<Response> ask_client(Session& session, const std::string challenge) {
    const std::size_t limit = session.server.logins->response_limit;
    // A challenge may be longer than other replies: RFC 4954 4.
    session.stream.put("334 " + challenge + "\r\n");
    set_command_deadline(session);
    co_await session.stream.flush();
    set_command_deadline(session);
    Response response;
    response.text = co_await session.stream.read_line(limit);
    if (session.is_too_long(response.text, limit)) response.problem = Exchange::Problem::too_long;
    for (int pieces = 1; session.stream.line_was_cut(); ++pieces) {
        const std::string dropped = co_await session.stream.read_line(limit);
        if (pieces % pieces_per_turn == 0) co_await next_turn();
    }
    const std::string_view text = trim(response.text);
    if (response.problem == Exchange::Problem::none && text == "*")
        response.problem = Exchange::Problem::cancelled;
    response.text = text;
    co_return response;
}

// What the server is told, in the form that it wants; nothing when the text makes no sense.
// RFC 4954 4: "=" stands for an empty initial response; Compat: for any.
std::optional<std::string> read_response(std::string_view text, const sasl::AuthServer& server) {
    if (text == "=") return "";
    if (!server.speaks_base64()) return base64_decode(text);
    if (!is_base64_text(text)) return std::nullopt;
    return std::string(text);
}

Task<Exchange> exchange(Session& session, std::string mechanism, std::optional<std::string> initial) {
    Exchange result;
    const std::unique_ptr<sasl::ServerConversation> conversation =
        session.server.logins->server->open(login_facts(session));
    Answer first = co_await conversation->begin(mechanism, initial);
    result.answer = std::move(first);
    while (result.answer.kind == Answer::Kind::challenge) {
        const bool base64 = session.server.logins->server->speaks_base64();
        std::string challenge = result.answer.text;
        if (!base64) challenge = base64_encode(challenge);
        const Response response = co_await ask_client(session, challenge);
        result.problem = response.problem;
        if (result.problem != Exchange::Problem::none) co_return result;
        const auto bytes = read_response(response.text, *session.server.logins->server);
        if (!bytes) {
            result.answer =
                Answer(Answer::Kind::failure, session.server.logins->server->bad_base64("continued"));
            co_return result;
        }
        std::string given = *bytes;
        Answer next = co_await conversation->step(std::move(given));
        result.answer = std::move(next);
    }
    co_return result;
}

// The name goes into headers, log lines and requests to policy servers: it must stay one word of one line.
bool is_decent(const std::string& user) {
    return !user.empty() && printable(user) == user;
}

Reply refuse(const Session& session, const std::string& mechanism, const Answer& answer) {
    const std::string reason = answer.text.empty() ? "(reason unavailable)" : answer.text;
    const std::string user = answer.user.empty() ? "(unavailable)" : answer.user;
    // fail2ban and others read this line.
    log::warning("{}: SASL {:.100} authentication failed: {}, sasl_username={:.100}", session.client_label(),
                 mechanism, reason, user);
    if (answer.kind == Answer::Kind::try_later)
        return Reply(454, "4.7.0", "Temporary authentication failure: " + printable(reason));
    return Reply(535, "5.7.8", "Error: authentication failed: " + printable(reason));
}

// The client's initial response.
Result<std::optional<std::string>> decode_initial(const std::vector<std::string>& words,
                                                  const sasl::AuthServer& server) {
    if (words.size() < 2) return std::optional<std::string>();
    std::optional<std::string> initial = read_response(words[1], server);
    if (!initial) return Error{server.bad_base64("initial")};
    return initial;
}

Task<Reply> log_in(Session& session, const std::vector<std::string> words) {
    // Compat: in any case of letters; from here on it is called what the client called it.
    const std::string& mechanism = words[0];
    const LoginOffer& offer = session.login_offer;
    if (!offer.trouble.empty())
        co_return refuse(session, mechanism,
                         Answer(Answer::Kind::try_later, "Can't connect to authentication server"));
    const sasl::AuthServer& server = *session.server.logins->server;
    if (!server.refuses_mechanisms() &&
        std::find(offer.known.begin(), offer.known.end(), upper(mechanism)) == offer.known.end())
        co_return refuse(session, mechanism,
                         Answer(Answer::Kind::failure, "Invalid authentication mechanism"));
    const Result<std::optional<std::string>> initial = decode_initial(words, server);
    if (!initial) co_return refuse(session, mechanism, Answer(Answer::Kind::failure, initial.error()));

    Exchange end = co_await exchange(session, mechanism, *initial);
    if (end.problem == Exchange::Problem::too_long)
        co_return Reply(500, "5.5.6", "SASL response limit exceeded");
    if (end.problem == Exchange::Problem::cancelled) {
        log::warning("{}: SASL {} authentication aborted", session.client_label(), mechanism);
        co_return Reply(501, "5.7.0", "Authentication aborted");
    }
    if (end.answer.kind == Answer::Kind::success && !is_decent(end.answer.user))
        end.answer = Answer(Answer::Kind::failure, "Invalid user name", end.answer.user);
    if (end.answer.kind != Answer::Kind::success) co_return refuse(session, mechanism, end.answer);
    session.login = Login{end.answer.user, mechanism};
    co_return Reply(235, "2.7.0", "Authentication successful");
}

}  // namespace

Task<Reply> answer_auth(Session& session, const Command& command) {
    Reply too_much = co_await limit_logins(session);
    if (!too_much.empty()) co_return too_much;
    co_await choose_login_offer(session);
    const Reply out_of_order = check_order(session);
    if (!out_of_order.empty()) co_return out_of_order;
    const std::vector<std::string> words = command.words();
    if (words.empty() || words.size() > 2) co_return Reply(501, "5.5.4", "Syntax: AUTH mechanism");
    Reply refused = co_await milter_other(session);
    if (!refused.empty()) co_return refused;
    Reply reply = co_await log_in(session, words);
    co_return reply;
}

}  // namespace postrider::smtpd

// lib/milter/filter.cc - the conversation with one mail filter.
#include "lib/milter/filter.h"

#include <fmt/core.h>
#include <sys/socket.h>

#include "lib/base/log.h"
#include "lib/ipc/dial.h"

namespace postrider::milter {

namespace {

// So much may be told to a filter that does not answer before it is sent.
constexpr std::size_t most_pending = 64 * 1024;
constexpr int most_progress = 100000;

constexpr const char* rejection = "550 5.7.1 Command rejected";
constexpr const char* later = "451 4.7.1 Service unavailable - try again later";
// Compat: of a filter that talks nonsense, or whose settings are.
constexpr const char* misconfigured = "451 4.3.5 Server configuration problem - try again later";
constexpr const char* closing = "421 4.7.0 Server closing connection";

unsigned bit_of(Stage stage) {
    return 1U << static_cast<unsigned>(stage);
}

bool about_connection(Stage stage) {
    return stage == Stage::connect || stage == Stage::helo;
}

bool about_content(Stage stage) {
    return stage >= Stage::header;
}

std::string problem_text(const async::PeerGone& gone) {
    return gone.why == async::PeerGone::Why::timed_out ? "Connection timed out" : "Application error";
}

}  // namespace

Filter::Filter(FilterSettings settings, MacroNamesPtr names)
    : settings_(std::move(settings)), names_(std::move(names)) {}

Filter::Filter(FilterSettings settings, MacroNamesPtr names, Terms terms, State state, Verdict standing,
               unsigned skipped, Fd connection)
    : settings_(std::move(settings)),
      names_(std::move(names)),
      terms_(terms),
      state_(state),
      standing_(std::move(standing)),
      skipped_(skipped) {
    if (connection) stream_.emplace(std::move(connection));
}

void Filter::fail(std::string_view problem) {
    log::warning("milter {}: {}", settings_.endpoint, problem);
    give_up();
}

void Filter::give_up() {
    stream_.reset();
    pending_.clear();
    state_ = State::failed;
    standing_ = settings_.default_action;
    if (!settings_.bad_default_action.empty())
        log::warning("milter {}: unrecognized default action: {}", settings_.endpoint,
                     settings_.bad_default_action);
}

void Filter::fail_misconfigured(std::string_view problem) {
    log::warning("milter {}: {}", settings_.endpoint, problem);
    stream_.reset();
    pending_.clear();
    state_ = State::failed;
    standing_ = Verdict();
    // Compat: only these two of the default actions hold here, too.
    const Verdict::Kind usual = settings_.default_action.kind;
    if (usual == Verdict::Kind::hold) standing_ = settings_.default_action;
    if (usual == Verdict::Kind::go_on || usual == Verdict::Kind::hold) return;
    standing_.kind = Verdict::Kind::refuse;
    standing_.reply = misconfigured;
}

std::chrono::seconds Filter::time_limit(Stage stage) const {
    return about_content(stage) ? settings_.content_timeout : settings_.command_timeout;
}

Task<Result<std::string>> Filter::read_packet() {
    async::Stream& stream = *stream_;
    std::string head = co_await stream.read_exactly(4);
    const std::optional<std::size_t> length = packet_length(head);
    if (!length) co_return Error{"unreasonable packet length"};
    std::string body = co_await stream.read_exactly(*length);
    co_return body;
}

// Sends what is pending and reads one packet: letter and data.
Task<Result<std::string>> Filter::exchange() {
    std::string problem;
    try {
        if (!pending_.empty()) {
            stream_->put(pending_);
            pending_.clear();
            co_await stream_->flush();
        }
        Result<std::string> packet = co_await read_packet();
        if (packet) co_return packet;
        problem = packet.error();
    } catch (const async::PeerGone& gone) {
        problem = problem_text(gone);
    }
    co_return Error{problem};
}

Task<> Filter::open() {
    if (state_ != State::unopened) co_return;
    if (!settings_.bad_protocol.empty()) {
        fail_misconfigured("bad protocol information: " + settings_.bad_protocol);
        co_return;
    }
    const async::Deadline deadline = async::after(settings_.connect_timeout);
    std::string endpoint = settings_.endpoint;
    Result<Fd> connected = co_await ipc::dial(endpoint, deadline);
    if (!connected) {
        log::warning("connect to Milter service {}: {}", settings_.endpoint, connected.error());
        give_up();
        co_return;
    }
    stream_.emplace(std::move(*connected));
    stream_->set_deadline(deadline);
    pending_ = negotiation_packet(settings_.offer);
    Result<std::string> packet = co_await exchange();
    if (!packet) {
        fail(fmt::format("can't read SMFIC_OPTNEG reply packet header: {}", packet.error()));
        co_return;
    }
    if (packet->front() != 'O') {
        fail(fmt::format("unexpected reply {} to the option negotiation", static_cast<int>(packet->front())));
        co_return;
    }
    Result<Agreement> agreed = parse_agreement(std::string_view(*packet).substr(1), settings_.offer);
    if (!agreed) {
        fail(agreed.error());
        co_return;
    }
    terms_ = agreed->terms;
    if (agreed->sets_macros) names_ = std::make_shared<const MacroNames>(std::move(agreed->macros));
    state_ = State::open;
}

std::string Filter::macros(Stage stage, const MacroValues& values) const {
    std::vector<Macro> macros;
    for (const std::string& name : (*names_)[static_cast<std::size_t>(macro_stage(stage))]) {
        const auto value = values.find(bare_name(name));
        if (value == values.end()) continue;
        Macro macro;
        macro.name = name;
        macro.value = value->second;
        macros.push_back(std::move(macro));
    }
    return macro_packet(stage, macros);
}

Verdict Filter::refuse(Stage stage, std::string reply) {
    Verdict verdict;
    verdict.kind = Verdict::Kind::refuse;
    verdict.reply = std::move(reply);
    const bool for_good = about_connection(stage) || verdict.reply == closing;
    if (for_good) {
        state_ = State::refusing;
        standing_ = verdict;
    }
    return verdict;
}

Verdict Filter::weigh(Stage stage, Response response) {
    Verdict verdict;
    switch (response.kind) {
        case Response::Kind::go_on:
            break;
        case Response::Kind::accept:
            state_ = about_connection(stage) ? State::connection_accepted : State::message_accepted;
            break;
        case Response::Kind::discard:
            if (about_connection(stage))
                log::warning("milter {}: DISCARD action is not allowed for connect or helo",
                             settings_.endpoint);
            else
                verdict.kind = Verdict::Kind::discard;
            break;
        case Response::Kind::reject:
            return refuse(stage, rejection);
        case Response::Kind::tempfail:
            return refuse(stage, later);
        case Response::Kind::reply:
            return refuse(stage, std::move(response.text));
        case Response::Kind::shutdown:
            return refuse(stage, closing);
        case Response::Kind::skip:
            skipped_ |= bit_of(stage);
            break;
        default:
            fail(fmt::format("unexpected reply to {}", command_name(stage)));
            return standing_;
    }
    return verdict;
}

// The next answer, progress reports left out; errors have been dealt with when this returns one.
Task<Result<Response>> Filter::read_response() {
    for (int reports = 0; reports < most_progress; ++reports) {
        stream_->set_timeout(time_limit(asked_));
        Result<std::string> packet = co_await exchange();
        if (!packet) {
            fail(fmt::format("can't read {} reply packet header: {}", command_name(asked_), packet.error()));
            co_return Error{"failed"};
        }
        Result<Response> response = parse_response(packet->front(), std::string_view(*packet).substr(1));
        if (!response) {
            fail(fmt::format("{} in reply to {}", response.error(), command_name(asked_)));
            co_return Error{"failed"};
        }
        if (response->kind == Response::Kind::bad_reply) {
            fail_misconfigured("malformed reply: " + response->text);
            co_return Error{"failed"};
        }
        if (response->kind != Response::Kind::progress) co_return response;
    }
    fail("no end of progress reports");
    co_return Error{"failed"};
}

Task<Verdict> Filter::event(Stage stage, std::string macros, std::string data) {
    if (stage == Stage::mail && state_ == State::message_accepted) state_ = State::open;
    if (state_ == State::refusing || state_ == State::failed) co_return standing_;
    if (!in_conversation()) co_return Verdict();
    if (stage == Stage::mail) {
        state_ = State::in_message;
        skipped_ = 0;
    }
    if (!knows(terms_, stage) || (skipped_ & bit_of(stage)) != 0) co_return Verdict();
    // Compat: macros are sent even when the event itself is not wanted.
    pending_ += macros;
    if (declines(terms_, stage)) co_return Verdict();
    pending_ += packet(command_of(stage), data);
    asked_ = stage;
    if (!answers(terms_, stage)) {
        if (!about_content(stage) || pending_.size() >= most_pending) co_await flush();
        if (state_ == State::failed) co_return standing_;
        co_return Verdict();
    }
    Result<Response> response = co_await read_response();
    if (!response) co_return standing_;
    co_return weigh(stage, std::move(*response));
}

Task<> Filter::end_of_message(std::string macros) {
    pending_ += macros;
    pending_ += packet(command_of(Stage::end_of_message), "");
    asked_ = Stage::end_of_message;
    co_return;
}

Task<FinalStep> Filter::next_step() {
    FinalStep step;
    step.done = true;
    if (state_ == State::failed) {
        step.verdict = standing_;
        co_return step;
    }
    Result<Response> response = co_await read_response();
    if (!response) {
        step.verdict = standing_;
    } else if (is_wish(response->kind)) {
        step.done = false;
        step.wish = std::move(*response);
    } else {
        step.verdict = weigh(Stage::end_of_message, std::move(*response));
        if (state_ == State::in_message || state_ == State::message_accepted) state_ = State::open;
    }
    co_return step;
}

Task<> Filter::flush() {
    if (!stream_ || pending_.empty()) co_return;
    std::string problem;
    try {
        stream_->set_timeout(time_limit(asked_));
        stream_->put(pending_);
        pending_.clear();
        co_await stream_->flush();
    } catch (const async::PeerGone& gone) {
        problem = problem_text(gone);
    }
    if (!problem.empty()) fail(fmt::format("can't write {} packet: {}", command_name(asked_), problem));
}

// As much as goes without waiting.
void Filter::send_pending() {
    if (!stream_ || pending_.empty()) return;
    const ssize_t sent = ::send(stream_->fd(), pending_.data(), pending_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent > 0) pending_.erase(0, static_cast<std::size_t>(sent));
}

void Filter::abort() {
    if (state_ != State::in_message && state_ != State::message_accepted) return;
    state_ = State::open;
    pending_ += packet(abort_command, "");
    send_pending();
}

void Filter::quit() {
    if (!stream_) return;
    pending_ += packet(quit_command, "");
    send_pending();
    stream_.reset();
    pending_.clear();
}

void Filter::resume(State state, Verdict standing) {
    state_ = state;
    standing_ = std::move(standing);
    if (state_ == State::failed) {
        stream_.reset();
        pending_.clear();
    }
}

}  // namespace postrider::milter

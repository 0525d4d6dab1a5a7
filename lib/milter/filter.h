// lib/milter/filter.h - the conversation with one mail filter about one session.
//
// smtpd(8) opens it and tells of the session; cleanup(8) goes on with the message over a copy of the same
// descriptor (see filters.h).  A filter that is gone, too slow, or makes no sense is closed, and from then on
// its default action is its verdict on everything.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lib/async/stream.h"
#include "lib/milter/settings.h"
#include "lib/milter/wire.h"

namespace postrider::milter {

// Values of macros by bare name ("client_addr"); what is missing is not sent.
using MacroValues = std::map<std::string, std::string, std::less<>>;

// What is said at the end of a message: wishes, then the verdict.
struct FinalStep {
    bool done = false;
    Verdict verdict;  // when done
    Response wish;    // when not
};

class Filter {
  public:
    enum class State {
        unopened,
        open,
        in_message,
        message_accepted,     // hears no more of this message
        connection_accepted,  // nor of this session
        refusing,             // the whole session
        failed,
    };

    using MacroNamesPtr = std::shared_ptr<const MacroNames>;
    Filter(FilterSettings settings, MacroNamesPtr names);
    // A conversation that somebody else has begun.
    Filter(FilterSettings settings, MacroNamesPtr names, Terms terms, State state, Verdict standing,
           unsigned skipped, Fd connection);

    State state() const { return state_; }
    const FilterSettings& settings() const { return settings_; }
    const Terms& terms() const { return terms_; }
    const MacroNames& macro_names() const { return *names_; }
    // The verdict on everything, of `refusing` and `failed`.
    const Verdict& standing() const { return standing_; }
    unsigned skipped() const { return skipped_; }
    // -1 when there is no connection.
    int fd() const { return stream_ ? stream_->fd() : -1; }
    bool in_conversation() const { return state_ == State::open || state_ == State::in_message; }

    // Connects and agrees on options, unless that was done.
    Task<> open();
    // Tells of an event (not of the end of the message).
    Task<Verdict> event(Stage stage, std::string macros, std::string data);
    // The macro packet of an event.
    std::string macros(Stage stage, const MacroValues& values) const;

    // The end of the message: first end_of_message(), then next_step() until it is done.
    Task<> end_of_message(std::string macros);
    Task<FinalStep> next_step();

    // Sends what has been collected.
    Task<> flush();
    // The transaction is over without an end of message; does not wait.
    void abort();
    // Leaves; does not wait.
    void quit();
    // The message was finished by somebody else, who left the conversation in this state.
    void resume(State state, Verdict standing);
    // Something came that makes no sense, or nothing came: the default action stands.
    void fail(std::string_view problem);
    void give_up();
    // A mistake of the administrator or of the filter's author: mail waits, unless the default is to accept
    // it.
    void fail_misconfigured(std::string_view problem);

  private:
    Verdict weigh(Stage stage, Response response);
    Verdict refuse(Stage stage, std::string reply);
    Task<Result<Response>> read_response();
    Task<Result<std::string>> read_packet();
    Task<Result<std::string>> exchange();
    std::chrono::seconds time_limit(Stage stage) const;
    void send_pending();

    FilterSettings settings_;
    MacroNamesPtr names_;  // shared by all that did not ask for lists of their own
    Terms terms_;
    State state_ = State::unopened;
    Verdict standing_;
    unsigned skipped_ = 0;  // bits: stages it does not want any more in this message
    std::optional<async::Stream> stream_;
    std::string pending_;  // packets not yet sent
    Stage asked_ = Stage::connect;
};

}  // namespace postrider::milter

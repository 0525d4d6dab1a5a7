// lib/delivery/step.h - one step of a delivery, made with the recipient's rights.
//
// No file of a user is touched, and no command of a user is run, with the agent's own rights.  Files are
// read and written by a thread that has the user's rights meanwhile; commands are run by a child process
// that becomes the user for good, does one thing, says what came of it through a pipe, and ends.
#pragma once

#include <functional>
#include <string>

#include "lib/async/loop.h"
#include "lib/async/offload.h"
#include "lib/base/result.h"
#include "lib/delivery/rights.h"

namespace postrider::delivery {

// What came of writing to a mailbox or of running a command.
struct StepResult {
    enum class Kind { delivered, failed, deferred, corrupt_message };
    Kind kind = Kind::deferred;
    std::string status = "4.3.0";
    std::string text;             // why not, or what a command said
    std::string diagnostic_type;  // "x-unix", with the text of a command or of errno
    std::string diagnostic_text;
    std::int64_t offset = -1;  // of the message in a mailbox file: for biff
    // For the log, a line each: who acts as a user may not write there.
    std::string warnings;
    void warn(std::string_view line) { warnings.append(line).push_back('\n'); }
    template <class V>
    void attributes(V&& visit) {
        visit("kind", kind);
        visit("status", status);
        visit("text", text);
        visit("diagnostic_type", diagnostic_type);
        visit("diagnostic_text", diagnostic_text);
        visit("offset", offset);
        visit("warnings", warnings);
    }
    static StepResult delivered(std::string text = "");
    // `failed` for a status 5.x.x, `deferred` for 4.x.x.
    static StepResult problem(std::string status, std::string text);
};

// The status code of a file operation that failed: space is the recipient's or the system's affair, what may
// pass or is the system's own trouble is no reason to return mail; the rest is `otherwise`.
std::string status_of_errno(int number, const std::string& otherwise);

// Runs `job`, which only works with files, in a thread that acts as the user meanwhile (async::offload); the
// other threads of the process keep their rights.  In an instance of one ordinary user it runs with that
// user's rights.  The error: the thread cannot act as the user.
template <class Value>
Task<Result<Value>> act_as(Rights rights, std::function<Value()> job) {
    auto work = [rights = std::move(rights), job = std::move(job)]() -> Result<Value> {
        const ThreadActingAs acting(rights);
        if (!acting.acting()) return Error{"cannot act as user " + rights.name};
        return job();
    };
    Result<Value> result = co_await async::offload(std::move(work));
    co_return result;
}
// act_as() for a job that writes; trouble with the rights is `deferred`.
Task<StepResult> write_as(Rights rights, std::function<StepResult()> job);

// Runs `job` in a child that has become `rights`, and returns what it returned; `deferred` when the child
// could not be made, died, or said nothing within `limit` (it is then killed).
Task<StepResult> run_step(Rights rights, std::function<StepResult()> job, async::Duration limit);
// As run_step(), but the job starts as the agent is, usually as root, and becomes the user itself.
Task<StepResult> run_step_before_becoming(std::function<StepResult()> job, async::Duration limit);

}  // namespace postrider::delivery

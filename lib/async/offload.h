// lib/async/offload.h - blocking work on the worker pool of the process.
//
//   const bool ok = co_await offload(std::move(work));   // work: a callable kept in a named variable
//
// The work runs on another thread and must not touch the loop.  A cancelled wait still lets the work end
// first, so what the work refers to stays alive.  Threads start on first use; set their number before that.
// A process that has nothing else to do meanwhile needs no threads: the loop's thread does the work itself
// then.
#pragma once

#include <functional>

#include "lib/async/loop.h"

namespace postrider::async {

// How many threads blocking work may use at once (default 8); 0: none, and the loop stands still meanwhile.
void set_worker_threads(int count);
bool has_worker_threads();
// Runs `work` on a worker; `done` is called from the loop of the calling thread.
void submit_work(std::function<void()> work, std::function<void()> done);

template <class Work>
Task<std::invoke_result_t<Work>> offload(Work work) {
    using Value = std::invoke_result_t<Work>;
    if (!has_worker_threads()) co_return work();
    Event ended;
    std::exception_ptr failure;
    if constexpr (std::is_void_v<Value>) {
        std::function<void()> job = [&work, &failure] {
            try {
                work();
            } catch (...) {
                failure = std::current_exception();
            }
        };
        std::function<void()> done = [&ended] { ended.set(); };
        submit_work(std::move(job), std::move(done));
        co_await uncancellable(ended);
        if (failure) std::rethrow_exception(failure);
    } else {
        std::optional<Value> value;
        std::function<void()> job = [&work, &failure, &value] {
            try {
                value.emplace(work());
            } catch (...) {
                failure = std::current_exception();
            }
        };
        std::function<void()> done = [&ended] { ended.set(); };
        submit_work(std::move(job), std::move(done));
        co_await uncancellable(ended);
        if (failure) std::rethrow_exception(failure);
        co_return std::move(*value);
    }
}

}  // namespace postrider::async

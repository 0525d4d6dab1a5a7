// lib/async/loop.h - the event loop of a process, and the things a coroutine waits for.
//
// One loop a thread, on libevent.  Waits are awaiters, not coroutines: they cost no frame.  Every wait has a
// deadline, unregisters itself in its destructor, and ends with Cancelled when its scope is cancelled.
#pragma once

#include <sys/time.h>

#include <chrono>
#include <coroutine>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "lib/async/task.h"

struct event;
struct event_base;

namespace postrider::async {

using Clock = std::chrono::steady_clock;
using Deadline = Clock::time_point;
using Duration = Clock::duration;

inline constexpr Deadline never = Deadline::max();
// The moment `limit` from now; zero or less means at once.
Deadline after(Duration limit);
// What is left of a time, for libevent; nothing when it is over.
timeval to_timeval(Duration left);

// Thrown out of a wait whose scope was cancelled.  Let it pass; only Scope catches it.
struct Cancelled : std::runtime_error {
    Cancelled() : std::runtime_error("cancelled") {}
};

class Wait;

class Loop {
  public:
    Loop();
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    // The loop of this thread; made when first asked for.
    static Loop& current();
    // After fork(2): forgets the parent's loop without touching its descriptors.
    static void forget_after_fork();

    // Serves events until stop(), or until no event is left.
    void run();
    void stop();
    // Serves what is ready, waiting at most `limit`.
    void run_once(Duration limit);
    // Calls `work` from the loop, soon.  Only this one may be called from another thread.
    void post(std::function<void()> work);
    event_base* base() const { return base_; }
    // That of this thread's loop; nullptr when there is no loop (any more).
    static event_base* base_of_thread();

  private:
    friend class Wait;
    void schedule(Wait* wait);
    void unschedule(Wait* wait);
    void run_scheduled();
    struct Posted;
    event_base* base_;
    std::unique_ptr<Posted> posted_;
};

// A group of waits that can be cancelled together.  Waits register themselves by their promise's scope.
class CancelScope {
  public:
    // Resumes every wait of the scope with Cancelled; later waits end at once.
    void cancel();
    bool cancelled() const { return cancelled_; }

  private:
    friend class Wait;
    Wait* first_ = nullptr;
    bool cancelled_ = false;
};

// Base of all awaiters that suspend on an outside event.
class Wait {
  public:
    Wait() = default;
    Wait(const Wait&) = delete;
    Wait& operator=(const Wait&) = delete;
    ~Wait() { unlink(); }

  protected:
    friend class CancelScope;
    // Called by await_suspend; false: the scope is already cancelled, do not suspend.
    bool link(CancelScope* scope);
    void unlink();
    // Ends the wait now: the waiter runs before resume() returns.
    void resume();
    // Ends the wait soon: the waiter runs from the loop, so that the caller is not entered again.
    void resume_soon();
    virtual void disarm() = 0;
    void throw_if_cancelled() const {
        if (was_cancelled_) throw Cancelled();
    }
    std::coroutine_handle<> waiter_;

  private:
    CancelScope* scope_ = nullptr;
    Wait* next_ = nullptr;
    Wait* previous_ = nullptr;
    bool was_cancelled_ = false;
    bool scheduled_ = false;
    friend class Loop;
};

// Room for a libevent event inside an awaiter, so that a wait allocates nothing.
class EventSlot {
  public:
    static constexpr std::size_t size = 128;  // of libevent's structure
    EventSlot() = default;
    ~EventSlot() { remove(); }
    EventSlot(const EventSlot&) = delete;
    EventSlot& operator=(const EventSlot&) = delete;
    // Adds a one-shot event; `deadline` in the past fires at once.
    bool add(int fd, short what, Deadline deadline, void (*callback)(int, short, void*), void* argument);
    void remove();

  private:
    alignas(8) unsigned char storage_[size];
    bool added_ = false;
};

enum class Ready { yes, timed_out };

// co_await readable(fd, deadline): Ready::yes once the descriptor can be read, timed_out at the deadline.
class IoWait : public Wait {
  public:
    IoWait(int fd, short what, Deadline deadline) : fd_(fd), what_(what), deadline_(deadline) {}
    ~IoWait() { disarm(); }
    bool await_ready() const noexcept { return false; }
    template <class Promise>
    bool await_suspend(std::coroutine_handle<Promise> waiter) {
        waiter_ = waiter;
        return link(waiter.promise().scope) && arm();
    }
    Ready await_resume() const {
        throw_if_cancelled();
        return timed_out_ ? Ready::timed_out : Ready::yes;
    }

  private:
    bool arm();
    void disarm() override;
    static void fired(int fd, short what, void* self);
    int fd_;
    short what_;
    Deadline deadline_;
    bool timed_out_ = false;
    EventSlot event_;
};
IoWait readable(int fd, Deadline deadline);
IoWait writable(int fd, Deadline deadline);
// co_await sleep_for(1s)
IoWait sleep_for(Duration time);
IoWait sleep_until(Deadline deadline);

// co_await end_of_turn(): goes on when the loop has served what was ready, before it looks for more.  What
// several coroutines have to say can go out together then.  Too short to be cancelled.
class EndOfTurn : public Wait {
  public:
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiter) {
        waiter_ = waiter;
        resume_soon();
    }
    void await_resume() const {}

  private:
    void disarm() override {}
};
inline EndOfTurn end_of_turn() {
    return {};
}

// Something that happens: coroutines wait for it, set() wakes all of them.  Stays set until clear().
class Event {
  public:
    void set();
    void clear() { set_ = false; }
    bool is_set() const { return set_; }

    class Awaiter : public Wait {
      public:
        Awaiter(Event& event, Deadline deadline, bool can_be_cancelled = true)
            : event_(event), deadline_(deadline), can_be_cancelled_(can_be_cancelled) {}
        ~Awaiter() { disarm(); }
        bool await_ready() const noexcept { return event_.set_; }
        template <class Promise>
        bool await_suspend(std::coroutine_handle<Promise> waiter) {
            waiter_ = waiter;
            return link(can_be_cancelled_ ? waiter.promise().scope : nullptr) && arm();
        }
        Ready await_resume() const {
            throw_if_cancelled();
            return timed_out_ ? Ready::timed_out : Ready::yes;
        }

      private:
        friend class Event;
        bool arm();
        void disarm() override;
        static void fired(int fd, short what, void* self);
        Event& event_;
        Deadline deadline_;
        bool can_be_cancelled_;
        bool timed_out_ = false;
        bool listed_ = false;
        EventSlot timer_;
    };
    // co_await event.wait(deadline): Ready::timed_out when the deadline came first.
    Awaiter wait(Deadline deadline = never) { return Awaiter(*this, deadline); }

  private:
    friend class Awaiter;
    std::vector<Awaiter*> waiters_;
    bool set_ = false;
};
// Waits for the event even when the scope is cancelled: for work that must end before its frame does.
inline Event::Awaiter uncancellable(Event& event) {
    return Event::Awaiter(event, never, false);
}

// At most `count` holders at once.
class Semaphore {
  public:
    explicit Semaphore(int count) : free_(count) {}
    Task<> acquire();
    bool try_acquire();
    void release();
    int available() const { return free_; }

  private:
    int free_;
    Event freed_;
};

// Owns running coroutines and is joined before what they use dies.  An exception that leaves a spawned task
// is logged as a warning ("NAME: text"); Cancelled is silent.
class Scope {
  public:
    explicit Scope(std::string name = "task") : name_(std::move(name)) {}
    ~Scope();  // panics when tasks are left: join first
    // Starts the task now; it runs to its first wait before spawn returns.
    void spawn(Task<> task);
    std::size_t size() const { return running_; }
    void cancel() { cancel_scope_.cancel(); }
    // Waits until all tasks have ended.
    Task<> join();
    Event& idle() { return idle_; }

  private:
    struct Runner;
    Runner start(Task<> task);
    std::string name_;
    CancelScope cancel_scope_;
    std::size_t running_ = 0;
    void end_one();
    Event idle_;
};

// Runs `task` on this thread's loop until it ends and returns its value; for main() of commands and for
// tests.
template <class T>
T run(Task<T> task);

// A repeating or single timer that calls a function from the loop.
class Timer {
  public:
    explicit Timer(std::function<void()> action);
    ~Timer();
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;
    void start(Duration delay);
    void stop();
    bool pending() const { return pending_; }

  private:
    static void fired(int fd, short what, void* self);
    std::function<void()> action_;
    EventSlot event_;
    bool pending_ = false;
};

// Calls `action` from the loop whenever the descriptor can be read.
class ReadSubscription {
  public:
    ReadSubscription(int fd, std::function<void()> action);
    ~ReadSubscription();
    ReadSubscription(const ReadSubscription&) = delete;
    ReadSubscription& operator=(const ReadSubscription&) = delete;
    void pause();
    void resume();

  private:
    static void fired(int fd, short what, void* self);
    std::function<void()> action_;
    struct event* event_;
    bool paused_ = false;
};

// Calls `action` from the loop when the signal arrives.
class SignalSubscription {
  public:
    SignalSubscription(int signal, std::function<void()> action);
    ~SignalSubscription();
    SignalSubscription(const SignalSubscription&) = delete;
    SignalSubscription& operator=(const SignalSubscription&) = delete;

  private:
    static void fired(int signal, short what, void* self);
    std::function<void()> action_;
    struct event* event_;
};

template <class T>
Task<> store_result(Task<T> task, std::optional<T>& result, std::exception_ptr& failure) {
    try {
        result = co_await task;
    } catch (...) {
        failure = std::current_exception();
    }
    Loop::current().stop();
}
inline Task<> store_end(Task<> task, std::exception_ptr& failure) {
    try {
        co_await task;
    } catch (...) {
        failure = std::current_exception();
    }
    Loop::current().stop();
}

template <class T>
T run(Task<T> task) {
    Scope scope("main");
    std::exception_ptr failure;
    if constexpr (std::is_void_v<T>) {
        scope.spawn(store_end(std::move(task), failure));
        while (scope.size() > 0) Loop::current().run();
        if (failure) std::rethrow_exception(failure);
    } else {
        std::optional<T> result;
        scope.spawn(store_result(std::move(task), result, failure));
        while (scope.size() > 0) Loop::current().run();
        if (failure) std::rethrow_exception(failure);
        return std::move(*result);
    }
}

}  // namespace postrider::async

// lib/async/loop.cc - the event loop of a process, and the things a coroutine waits for.
#include "lib/async/loop.h"

#include <event2/event.h>
#include <event2/event_struct.h>
#include <event2/thread.h>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <new>

#include "lib/async/stream.h"
#include "lib/base/fd.h"
#include "lib/base/file.h"
#include "lib/base/log.h"

namespace postrider::async {

namespace {

thread_local std::unique_ptr<Loop> thread_loop;
// Outlives it: objects of the thread that are destroyed later ask.
thread_local bool loop_gone = false;

#if defined(__SANITIZE_ADDRESS__)
#define POSTRIDER_PLAIN_FRAMES 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POSTRIDER_PLAIN_FRAMES 1
#endif
#endif

// What libevent would write to standard error; who asked it for something says what it means.
void note_of_libevent(int, const char* text) {
    log::debug("libevent: {}", text);
}

#ifndef POSTRIDER_PLAIN_FRAMES
// Freed frames of up to 4 KB wait in lists by size, in steps of 16 bytes: sessions by the thousand have the
// same few frames, and what a step wastes, each of them wastes.
struct FramePool {
    static constexpr std::size_t step = 16;
    static constexpr std::size_t classes = 256;
    struct Free {
        Free* next;
    };
    Free* lists[classes] = {};
    ~FramePool() {
        for (Free*& list : lists)
            while (list != nullptr) std::free(std::exchange(list, list->next));
    }
};
thread_local FramePool frame_pool;
#endif

}  // namespace

#ifdef POSTRIDER_PLAIN_FRAMES
// Under AddressSanitizer every frame is a block of its own, so that a late use is seen.
void* allocate_frame(std::size_t size) {
    return ::operator new(size);
}
void free_frame(void* frame, std::size_t) noexcept {
    ::operator delete(frame);
}
#else
void* allocate_frame(std::size_t size) {
    const std::size_t index = (size - 1) / FramePool::step;
    if (index >= FramePool::classes) return ::operator new(size);
    FramePool::Free*& list = frame_pool.lists[index];
    if (list != nullptr) return std::exchange(list, list->next);
    void* fresh = std::malloc((index + 1) * FramePool::step);
    if (fresh == nullptr) throw std::bad_alloc();
    return fresh;
}

void free_frame(void* frame, std::size_t size) noexcept {
    const std::size_t index = (size - 1) / FramePool::step;
    if (index >= FramePool::classes) {
        ::operator delete(frame);
        return;
    }
    auto* freed = static_cast<FramePool::Free*>(frame);
    freed->next = frame_pool.lists[index];
    frame_pool.lists[index] = freed;
}
#endif

timeval to_timeval(Duration left) {
    const auto us =
        std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::microseconds>(left).count());
    timeval out{};
    out.tv_sec = us / 1'000'000;
    out.tv_usec = us % 1'000'000;
    return out;
}

Deadline after(Duration limit) {
    const Deadline now = Clock::now();
    return limit > never - now ? never : now + limit;
}

// Work posted from other threads, and waits that end soon.
struct Loop::Posted {
    std::mutex mutex;
    std::vector<std::function<void()>> work;
    std::vector<Wait*> ready;
    std::size_t running_at = 0;  // next entry of `running` to resume
    std::vector<Wait*> running;
    Fd wake_fd;
    struct event* wake_event = nullptr;
    struct event* ready_event = nullptr;

    void run_work() {
        std::uint64_t count = 0;
        while (::read(wake_fd.get(), &count, sizeof count) > 0) continue;
        std::vector<std::function<void()>> now;
        {
            const std::lock_guard lock(mutex);
            now.swap(work);
        }
        for (auto& one : now) one();
    }
};

Loop::Loop() : base_(nullptr), posted_(std::make_unique<Posted>()) {
    event_set_log_callback(note_of_libevent);
    event_config* config = event_config_new();
    event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK);
    base_ = event_base_new_with_config(config);
    event_config_free(config);
    if (base_ == nullptr) throw std::bad_alloc();
    posted_->wake_fd.reset(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    posted_->wake_event = event_new(
        base_, posted_->wake_fd.get(), EV_READ | EV_PERSIST,
        [](int, short, void* self) { static_cast<Posted*>(self)->run_work(); }, posted_.get());
    event_add(posted_->wake_event, nullptr);
    posted_->ready_event = event_new(
        base_, -1, 0, [](int, short, void* self) { static_cast<Loop*>(self)->run_scheduled(); }, this);
}

Loop::~Loop() {
    event_free(posted_->wake_event);
    event_free(posted_->ready_event);
    event_base_free(base_);
    loop_gone = true;
}

Loop& Loop::current() {
    if (!thread_loop) {
        thread_loop = std::make_unique<Loop>();
        loop_gone = false;
    }
    return *thread_loop;
}

event_base* Loop::base_of_thread() {
    return loop_gone || !thread_loop ? nullptr : thread_loop->base();
}

void Loop::forget_after_fork() {
    // The epoll descriptor is shared with the parent: closing nothing and leaking the copy touches nothing of
    // it.
    (void)thread_loop.release();
}

void Loop::run() {
    event_base_loop(base_, EVLOOP_NO_EXIT_ON_EMPTY);
}
void Loop::stop() {
    event_base_loopbreak(base_);
}

void Loop::run_once(Duration limit) {
    const timeval left = to_timeval(limit);
    event_base_loopexit(base_, &left);
    event_base_loop(base_, EVLOOP_ONCE);
}

void Loop::post(std::function<void()> work) {
    {
        const std::lock_guard lock(posted_->mutex);
        posted_->work.push_back(std::move(work));
    }
    const std::uint64_t one = 1;
    write_all(posted_->wake_fd.get(), &one, sizeof one);
}

void Loop::schedule(Wait* wait) {
    if (posted_->ready.empty()) event_active(posted_->ready_event, 0, 0);
    posted_->ready.push_back(wait);
}

void Loop::unschedule(Wait* wait) {
    std::erase(posted_->ready, wait);
    std::replace(posted_->running.begin(), posted_->running.end(), wait, static_cast<Wait*>(nullptr));
}

void Loop::run_scheduled() {
    posted_->running.swap(posted_->ready);
    for (std::size_t i = 0; i < posted_->running.size(); ++i) {
        Wait* wait = posted_->running[i];
        if (wait == nullptr) continue;
        posted_->running[i] = nullptr;
        wait->scheduled_ = false;
        wait->resume();
    }
    posted_->running.clear();
    if (!posted_->ready.empty()) event_active(posted_->ready_event, 0, 0);
}

bool Wait::link(CancelScope* scope) {
    if (scope == nullptr) return true;
    if (scope->cancelled_) {
        was_cancelled_ = true;
        return false;
    }
    scope_ = scope;
    next_ = scope->first_;
    if (next_ != nullptr) next_->previous_ = this;
    scope->first_ = this;
    return true;
}

void Wait::unlink() {
    if (scheduled_) {
        scheduled_ = false;
        Loop::current().unschedule(this);
    }
    if (scope_ == nullptr) return;
    if (next_ != nullptr) next_->previous_ = previous_;
    (previous_ != nullptr ? previous_->next_ : scope_->first_) = next_;
    scope_ = nullptr;
    next_ = previous_ = nullptr;
}

void Wait::resume() {
    unlink();
    disarm();
    // `this` lives in the frame that goes on now: touch nothing after.
    const std::coroutine_handle<> waiter = waiter_;
    waiter.resume();
}

void Wait::resume_soon() {
    if (scheduled_) return;
    scheduled_ = true;
    Loop::current().schedule(this);
}

void CancelScope::cancel() {
    cancelled_ = true;
    while (first_ != nullptr) {
        first_->was_cancelled_ = true;
        first_->resume();
    }
}

bool EventSlot::add(int fd, short what, Deadline deadline, void (*callback)(int, short, void*),
                    void* argument) {
    static_assert(sizeof(struct event) <= sizeof storage_);
    remove();
    auto* slot = new (storage_) struct event;
    if (event_assign(slot, Loop::current().base(), fd, what, callback, argument) != 0) return false;
    timeval left{};
    if (deadline != never) left = to_timeval(deadline - Clock::now());
    if (event_add(slot, deadline == never ? nullptr : &left) != 0) return false;
    added_ = true;
    return true;
}

void EventSlot::remove() {
    if (!added_) return;
    added_ = false;
    event_del(std::launder(reinterpret_cast<struct event*>(storage_)));
}

// The kernel has no room for one more, or the descriptor is none that can be waited for: the end of this peer
// alone.
void refuse_to_wait(int fd) {
    log::warning("cannot wait for descriptor {}: {}", fd, errno_text());
    throw PeerGone(PeerGone::Why::reset);
}

bool IoWait::arm() {
    if (!event_.add(fd_, what_, deadline_, fired, this)) refuse_to_wait(fd_);
    return true;
}

void IoWait::disarm() {
    event_.remove();
}

void IoWait::fired(int, short what, void* self) {
    auto* wait = static_cast<IoWait*>(self);
    wait->timed_out_ = (what & (EV_READ | EV_WRITE)) == 0;
    wait->resume();
}

IoWait readable(int fd, Deadline deadline) {
    return IoWait(fd, EV_READ, deadline);
}
IoWait writable(int fd, Deadline deadline) {
    return IoWait(fd, EV_WRITE, deadline);
}
IoWait sleep_until(Deadline deadline) {
    return IoWait(-1, 0, deadline);
}
IoWait sleep_for(Duration time) {
    return sleep_until(after(time));
}

void Event::set() {
    set_ = true;
    std::vector<Awaiter*> now;
    now.swap(waiters_);
    for (Awaiter* waiter : now) {
        waiter->listed_ = false;
        waiter->timer_.remove();
        waiter->resume_soon();
    }
}

bool Event::Awaiter::arm() {
    event_.waiters_.push_back(this);
    listed_ = true;
    if (deadline_ != never) timer_.add(-1, 0, deadline_, fired, this);
    return true;
}

void Event::Awaiter::disarm() {
    timer_.remove();
    if (listed_) std::erase(event_.waiters_, this);
    listed_ = false;
}

void Event::Awaiter::fired(int, short, void* self) {
    auto* wait = static_cast<Awaiter*>(self);
    wait->timed_out_ = true;
    wait->resume();
}

bool Semaphore::try_acquire() {
    if (free_ <= 0) return false;
    --free_;
    return true;
}

Task<> Semaphore::acquire() {
    while (!try_acquire()) {
        freed_.clear();
        co_await freed_.wait();
    }
}

void Semaphore::release() {
    ++free_;
    freed_.set();
}

// A detached coroutine that ends with its task.
struct Scope::Runner {
    struct promise_type {
        promise_type(Scope& owner, Task<>&) : scope(&owner.cancel_scope_) {}
        CancelScope* scope;
        static void* operator new(std::size_t size) { return allocate_frame(size); }
        static void operator delete(void* frame, std::size_t size) noexcept { free_frame(frame, size); }
        Runner get_return_object() const noexcept { return {}; }
        std::suspend_never initial_suspend() const noexcept { return {}; }
        std::suspend_never final_suspend() const noexcept { return {}; }
        void return_void() const noexcept {}
        void unhandled_exception() const noexcept { std::terminate(); }
    };
};

Scope::Runner Scope::start(Task<> task) {
    try {
        co_await task;
    } catch (const Cancelled&) {
        // The scope's owner asked for it.
    } catch (const std::exception& failure) {
        log::warning("{}: {}", name_, failure.what());
    }
    task = Task<>();  // what the task holds is gone before anyone is told
    end_one();
}

void Scope::end_one() {
    --running_;
    if (running_ == 0) idle_.set();
}

void Scope::spawn(Task<> task) {
    ++running_;
    start(std::move(task));
}

Task<> Scope::join() {
    while (running_ > 0) {
        idle_.clear();
        co_await uncancellable(idle_);
    }
}

Scope::~Scope() {
    if (running_ > 0) panic("scope {} left with {} tasks running", name_, running_);
}

Timer::Timer(std::function<void()> action) : action_(std::move(action)) {}
Timer::~Timer() = default;

void Timer::start(Duration delay) {
    pending_ = true;
    event_.add(-1, 0, after(delay), fired, this);
}

void Timer::stop() {
    pending_ = false;
    event_.remove();
}

void Timer::fired(int, short, void* self) {
    auto* timer = static_cast<Timer*>(self);
    timer->pending_ = false;
    timer->action_();
}

ReadSubscription::ReadSubscription(int fd, std::function<void()> action)
    : action_(std::move(action)),
      event_(event_new(Loop::current().base(), fd, EV_READ | EV_PERSIST, fired, this)) {
    event_add(event_, nullptr);
}
ReadSubscription::~ReadSubscription() {
    event_free(event_);
}

void ReadSubscription::pause() {
    if (!std::exchange(paused_, true)) event_del(event_);
}
void ReadSubscription::resume() {
    if (std::exchange(paused_, false)) event_add(event_, nullptr);
}
void ReadSubscription::fired(int, short, void* self) {
    static_cast<ReadSubscription*>(self)->action_();
}

SignalSubscription::SignalSubscription(int signal, std::function<void()> action)
    : action_(std::move(action)),
      event_(event_new(Loop::current().base(), signal, EV_SIGNAL | EV_PERSIST, fired, this)) {
    event_add(event_, nullptr);
}
SignalSubscription::~SignalSubscription() {
    event_free(event_);
}
void SignalSubscription::fired(int, short, void* self) {
    static_cast<SignalSubscription*>(self)->action_();
}

}  // namespace postrider::async

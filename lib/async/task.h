// lib/async/task.h - Task, the coroutine type of every function that may wait.
//
// A Task starts when it is awaited and belongs to whoever holds it.  It resumes its child inside
// await_suspend and returns bool, because symmetric transfer is no tail call in g++ 12 below -O2 or under
// sanitizers: awaits that finish at once must not grow the stack.  See docs/coroutines.md for the one
// statement shape to use.
#pragma once

#include <coroutine>
#include <cstddef>
#include <exception>
#include <optional>
#include <utility>

namespace postrider::async {

class CancelScope;

// Frames come from a per-thread pool of size classes.
void* allocate_frame(std::size_t size);
void free_frame(void* frame, std::size_t size) noexcept;

// What every promise of ours has: who waits for us, and the scope that can cancel us.
struct PromiseBase {
    std::coroutine_handle<> continuation;
    CancelScope* scope = nullptr;
    std::exception_ptr failure;
    bool finished = false;
    bool awaited_inline = false;  // the awaiter is still inside await_suspend

    static void* operator new(std::size_t size) { return allocate_frame(size); }
    static void operator delete(void* frame, std::size_t size) noexcept { free_frame(frame, size); }

    std::suspend_always initial_suspend() const noexcept { return {}; }
    void unhandled_exception() noexcept { failure = std::current_exception(); }

    struct FinalAwaiter {
        bool await_ready() const noexcept { return false; }
        template <class Promise>
        void await_suspend(std::coroutine_handle<Promise> handle) const noexcept {
            PromiseBase& promise = handle.promise();
            promise.finished = true;
            // When the parent is still in await_suspend it sees `finished` and goes on by itself.
            if (!promise.awaited_inline && promise.continuation) promise.continuation.resume();
        }
        void await_resume() const noexcept {}
    };
    FinalAwaiter final_suspend() const noexcept { return {}; }
};

template <class T = void>
class Task;

template <class T>
struct Promise : PromiseBase {
    std::optional<T> value;
    Task<T> get_return_object() noexcept;
    template <class U>
    void return_value(U&& result) {
        value.emplace(std::forward<U>(result));
    }
    T take() {
        if (failure) std::rethrow_exception(failure);
        return std::move(*value);
    }
};

template <>
struct Promise<void> : PromiseBase {
    Task<void> get_return_object() noexcept;
    void return_void() const noexcept {}
    void take() const {
        if (failure) std::rethrow_exception(failure);
    }
};

template <class T>
class [[nodiscard]] Task {
  public:
    using promise_type = Promise<T>;
    using Handle = std::coroutine_handle<promise_type>;

    Task() = default;
    explicit Task(Handle handle) : handle_(handle) {}
    Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Task& operator=(Task&& other) noexcept {
        if (this != &other) {
            if (handle_) handle_.destroy();
            handle_ = std::exchange(other.handle_, nullptr);
        }
        return *this;
    }
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;
    ~Task() {
        if (handle_) handle_.destroy();
    }

    explicit operator bool() const { return static_cast<bool>(handle_); }
    Handle handle() const { return handle_; }
    Handle release() { return std::exchange(handle_, nullptr); }

    struct Awaiter {
        Handle child;
        bool await_ready() const noexcept { return false; }
        template <class ParentPromise>
        bool await_suspend(std::coroutine_handle<ParentPromise> parent) const {
            promise_type& promise = child.promise();
            promise.continuation = parent;
            promise.scope = parent.promise().scope;
            promise.awaited_inline = true;
            child.resume();
            promise.awaited_inline = false;
            return !promise.finished;
        }
        T await_resume() const { return child.promise().take(); }
    };
    Awaiter operator co_await() const& noexcept { return Awaiter{handle_}; }

  private:
    Handle handle_;
};

template <class T>
Task<T> Promise<T>::get_return_object() noexcept {
    return Task<T>(std::coroutine_handle<Promise<T>>::from_promise(*this));
}
inline Task<void> Promise<void>::get_return_object() noexcept {
    return Task<void>(std::coroutine_handle<Promise<void>>::from_promise(*this));
}

}  // namespace postrider::async

namespace postrider {
using async::Task;
}

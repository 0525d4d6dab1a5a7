// tests/compiler/wrong_shapes.cc - statements that g++ 12 compiles wrongly, kept to try with newer compilers.
//
// Not part of the build.  Each line prints how many objects were destroyed more or less often than they were
// made; 0 everywhere means that the compiler at hand gets the shape right.
#include <coroutine>
#include <cstdio>
#include <exception>
#include <string>
#include <utility>

namespace {

int balance = 0;

struct Counted {
    std::string text;
    explicit Counted(const char* t = "") : text(t) { ++balance; }
    Counted(const Counted& other) : text(other.text) { ++balance; }
    Counted(Counted&& other) noexcept : text(std::move(other.text)) { ++balance; }
    Counted& operator=(const Counted&) = default;
    ~Counted() { --balance; }
};

// The least coroutine that can be awaited: it runs at once.
struct Eager {
    struct promise_type {
        Eager get_return_object() { return Eager{std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_never initial_suspend() const noexcept { return {}; }
        std::suspend_always final_suspend() const noexcept { return {}; }
        void return_value(int v) { value = v; }
        void unhandled_exception() { std::terminate(); }
        int value = 0;
    };
    explicit Eager(std::coroutine_handle<promise_type> h) : handle(h) {}
    Eager(Eager&& other) noexcept : handle(std::exchange(other.handle, nullptr)) {}
    ~Eager() {
        if (handle) handle.destroy();
    }
    bool await_ready() const { return true; }
    void await_suspend(std::coroutine_handle<>) const {}
    int await_resume() const { return handle.promise().value; }
    std::coroutine_handle<promise_type> handle;
};

struct Pair {
    Counted one;
    int two = 0;
};

Eager take(Pair pair) {
    co_return pair.two + static_cast<int>(pair.one.text.size());
}
Eager take_text(Counted text) {
    co_return static_cast<int>(text.text.size());
}
template <class F>
Eager call(F function) {
    co_return function();
}

Eager braces() {
    co_return co_await take({.one = Counted("x"), .two = 1});
}
Eager conditional(bool which) {
    co_return co_await take_text(which ? Counted("a") : Counted("bb"));
}
Eager lambda() {
    Counted captured("captured");
    co_return co_await call([captured] { return static_cast<int>(captured.text.size()); });
}
Eager aggregate() {
    Pair pair{Counted("x"), co_await take_text(Counted("yy"))};
    co_return pair.two;
}

template <class F>
void show(const char* name, F run) {
    balance = 0;
    { Eager done = run(); }
    std::printf("%-12s %d\n", name, balance);
}

}  // namespace

int main() {
    show("braces", [] { return braces(); });
    show("?:", [] { return conditional(true); });
    show("lambda", [] { return lambda(); });
    show("aggregate", [] { return aggregate(); });
}

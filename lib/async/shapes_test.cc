// lib/async/shapes_test.cc - the statement shapes that our coroutines use, checked against the compiler at
// hand.
//
// Every object counts its life: a temporary destroyed twice, or never, shows as a difference.  The shapes
// that g++ 12 gets wrong are in docs/coroutines.md; tests/lint.py keeps them out.
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <utility>

#include "lib/async/loop.h"

using namespace postrider;
using namespace postrider::async;
using namespace std::chrono_literals;

namespace {

// Knows which objects live; a second destruction or a copy of a dead one is an error.
struct Tracked {
    static std::set<const Tracked*>& living() {
        static std::set<const Tracked*> all;
        return all;
    }
    static int& errors() {
        static int count = 0;
        return count;
    }
    explicit Tracked(std::string text) : value(std::move(text)) { born(); }
    Tracked(const Tracked& other) : value(other.value) {
        if (living().count(&other) == 0) ++errors();
        born();
    }
    Tracked(Tracked&& other) noexcept : value(std::move(other.value)) {
        if (living().count(&other) == 0) ++errors();
        born();
    }
    Tracked& operator=(const Tracked&) = default;
    Tracked& operator=(Tracked&&) noexcept = default;
    ~Tracked() {
        if (living().erase(this) == 0) ++errors();
    }
    void born() {
        if (!living().insert(this).second) ++errors();
    }
    std::string value;
};

struct Aggregate {
    Tracked one{"one"};
    Tracked two{"two"};
};

Task<Tracked> echo(Tracked input, bool wait) {
    if (wait) co_await sleep_for(0ms);
    co_return input;
}

Task<std::size_t> length(Aggregate input, bool wait) {
    if (wait) co_await sleep_for(0ms);
    co_return input.one.value.size() + input.two.value.size();
}

Task<std::string> named_arguments(bool wait) {
    Tracked named("a long enough text to be on the heap, for certain");
    Tracked result = co_await echo(std::move(named), wait);
    co_return result.value;
}

Task<std::string> temporary_by_constructor(bool wait) {
    Tracked result = co_await echo(Tracked("another long enough text to be on the heap"), wait);
    co_return result.value;
}

Task<std::size_t> filled_aggregate(bool wait) {
    Aggregate named;
    named.one.value = "12345";
    const std::size_t size = co_await length(std::move(named), wait);
    co_return size;
}

Task<std::string> named_lambda(bool wait) {
    const Tracked captured("captured text that is long enough for the heap");
    auto make = [captured] { return captured; };
    Tracked made = make();
    Tracked result = co_await echo(std::move(made), wait);
    co_return result.value;
}

Task<int> caught(bool wait) {
    int failures = 0;
    try {
        Tracked named("x");
        Tracked result = co_await echo(std::move(named), wait);
        if (!result.value.empty()) throw std::runtime_error("expected");
    } catch (const std::runtime_error&) {
        ++failures;
    }
    Tracked after("after the handler");
    Tracked again = co_await echo(std::move(after), wait);
    co_return failures + static_cast<int>(again.value.size());
}

}  // namespace

TEST_CASE("allowed statement shapes build and destroy every object once", "[async][compiler]") {
    for (const bool wait : {false, true}) {
        CHECK(run(named_arguments(wait)) == "a long enough text to be on the heap, for certain");
        CHECK(run(temporary_by_constructor(wait)) == "another long enough text to be on the heap");
        CHECK(run(filled_aggregate(wait)) == 8);
        CHECK(run(named_lambda(wait)) == "captured text that is long enough for the heap");
        CHECK(run(caught(wait)) == 18);
        CHECK(Tracked::living().empty());
        CHECK(Tracked::errors() == 0);
    }
}

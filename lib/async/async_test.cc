// lib/async/async_test.cc - tasks, scopes, cancellation, deadlines, streams, workers.
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <thread>

#include "lib/async/offload.h"
#include "lib/async/stream.h"

using namespace postrider;
using namespace postrider::async;
using namespace std::chrono_literals;

namespace {

struct Pair {
    Pair() {
        int fds[2];
        REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0);
        left = std::make_unique<Stream>(Fd(fds[0]));
        right = std::make_unique<Stream>(Fd(fds[1]));
        left->set_timeout(5s);
        right->set_timeout(5s);
    }
    std::unique_ptr<Stream> left, right;
};

Task<int> answer(int value) {
    co_return value;
}

Task<long> add_up(int times) {
    long sum = 0;
    for (int i = 0; i < times; ++i) {
        const int one = co_await answer(1);
        sum += one;
    }
    co_return sum;
}

Task<int> throws() {
    throw std::runtime_error("no");
    co_return 1;
}

Task<std::string> catches() {
    try {
        const int value = co_await throws();
        co_return std::to_string(value);
    } catch (const std::runtime_error& failure) {
        co_return failure.what();
    }
}

}  // namespace

TEST_CASE("a long run of awaits that finish at once does not grow the stack", "[async]") {
    CHECK(run(add_up(1'000'000)) == 1'000'000);
}

TEST_CASE("an exception passes through co_await", "[async]") {
    CHECK(run(catches()) == "no");
}

TEST_CASE("a deep chain of tasks works", "[async]") {
    struct Deep {
        static Task<int> down(int n) {
            if (n == 0) {
                co_await sleep_for(1ms);
                co_return 0;
            }
            const int below = co_await down(n - 1);
            co_return below + 1;
        }
    };
    CHECK(run(Deep::down(1000)) == 1000);
}

TEST_CASE("what arrives while nobody waits is found by the next wait", "[async]") {
    struct Test {
        static Task<std::string> listen(Stream& stream) {
            std::string heard = co_await stream.read_some(100);
            // The loop sees the second piece come when nobody reads it.
            co_await sleep_for(20ms);
            while (!heard.ends_with('!')) {
                std::string more = co_await stream.read_some(100);
                heard += more;
            }
            co_return heard;
        }
        static Task<> talk(Stream& stream) {
            for (const char* piece : {"one ", "two ", "three"}) {
                stream.put(piece);
                co_await stream.flush();
                co_await sleep_for(10ms);
            }
            co_await sleep_for(30ms);
            stream.put("!");
            co_await stream.flush();
        }
    };
    Pair pair;
    Scope talkers("talkers");
    talkers.spawn(Test::talk(*pair.right));
    CHECK(run(Test::listen(*pair.left)) == "one two three!");
    run(talkers.join());
}

TEST_CASE("a stream that waited can be given away, and another one waits in its place", "[async]") {
    struct Test {
        static Task<Ready> wait_in_vain(Stream& stream) {
            stream.set_timeout(10ms);
            try {
                co_await stream.fill();
            } catch (const PeerGone& gone) {
                co_return gone.why == PeerGone::Why::timed_out ? Ready::timed_out : Ready::yes;
            }
            co_return Ready::yes;
        }
    };
    Pair pair;
    CHECK(run(Test::wait_in_vain(*pair.left)) == Ready::timed_out);
    Pair other;
    CHECK(run(Test::wait_in_vain(*other.left)) == Ready::timed_out);
    *pair.left = std::move(*other.left);  // the same object, another descriptor
    pair.right.reset();
    other.right->put("hello\n");
    run(other.right->flush());
    pair.left->set_timeout(5s);
    CHECK(run(pair.left->read_line()) == "hello");
}

TEST_CASE("what cannot be waited for is a lost connection, and no end of the process", "[async]") {
    struct Test {
        static Task<std::string> wait(int fd) {
            try {
                co_await readable(fd, after(5s));
            } catch (const PeerGone& gone) {
                co_return gone.what();
            }
            co_return "waited";
        }
        static Task<std::string> read(Stream& stream) {
            try {
                const Ready ready = co_await stream.ready_to_read();
                co_return ready == Ready::yes ? "ready" : "timeout";
            } catch (const PeerGone& gone) {
                co_return gone.what();
            }
        }
        static Task<> in_scope(int fd, std::string& said) {
            said = co_await wait(fd);
            co_await sleep_for(1ms);
            said += " and goes on";
        }
    };
    // The kernel refuses to watch a file, with EPERM.
    const Fd file(::open("/etc/passwd", O_RDONLY | O_CLOEXEC));
    REQUIRE(file);
    CHECK(run(Test::wait(file.get())) == "lost connection");
    Stream stream(Fd(::dup(file.get())));
    stream.set_timeout(5s);
    CHECK(run(Test::read(stream)) == "lost connection");
    CHECK(run(Test::read(stream)) == "lost connection");
    Scope scope("waits");
    std::string said;
    scope.spawn(Test::in_scope(file.get(), said));
    run(scope.join());
    CHECK(said == "lost connection and goes on");
    scope.cancel();  // nothing of the waits is left in it
}

TEST_CASE("a file is read to its end", "[async]") {
    char name[] = "/tmp/postrider-stream.XXXXXX";
    Fd file(::mkstemp(name));
    REQUIRE(file);
    ::unlink(name);
    REQUIRE(::write(file.get(), "a\nb\n", 4) == 4);
    REQUIRE(::lseek(file.get(), 0, SEEK_SET) == 0);
    Stream stream(std::move(file));
    stream.set_timeout(5s);
    CHECK(run(stream.read_line()) == "a");
    CHECK(run(stream.read_line()) == "b");
    CHECK_FALSE(run(stream.fill()));
}

TEST_CASE("the end of a turn comes after all that was ready", "[async]") {
    struct Test {
        static Task<> step(std::string& order, char first, char last) {
            order += first;
            co_await end_of_turn();
            order += last;
        }
    };
    std::string order;
    Scope scope("turn");
    scope.spawn(Test::step(order, 'a', 'c'));
    scope.spawn(Test::step(order, 'b', 'd'));
    run(scope.join());
    CHECK(order == "abcd");
}

TEST_CASE("lines arrive with any line end, in pieces and long", "[async]") {
    struct Test {
        static Task<std::vector<std::string>> read(Stream& stream) {
            std::vector<std::string> lines;
            for (int i = 0; i < 5; ++i) {
                std::string line = co_await stream.read_line(20000);
                line += stream.line_had_cr() ? "+" : "-";
                if (stream.line_was_cut()) line = "cut";
                lines.push_back(std::move(line));
            }
            co_return lines;
        }
        static Task<> write(Stream& stream) {
            stream.put("one\r\ntwo\nth");
            co_await stream.flush();
            co_await sleep_for(1ms);
            stream.put("ree\r");
            co_await stream.flush();
            co_await sleep_for(1ms);
            stream.put("\n" + std::string(19000, 'x') + "\r\n" + std::string(40000, 'y'));
            co_await stream.flush();
        }
    };
    Pair pair;
    Scope scope;
    scope.spawn(Test::write(*pair.right));
    const auto lines = run(Test::read(*pair.left));
    REQUIRE(lines.size() == 5);
    CHECK(lines[0] == "one+");
    CHECK(lines[1] == "two-");
    CHECK(lines[2] == "three+");
    CHECK(lines[3] == std::string(19000, 'x') + "+");
    CHECK(lines[4] == "cut");
    pair.left->close();
    run(scope.join());
}

TEST_CASE("of a long line that comes in two parts nothing is lost, nor the line after it", "[async]") {
    struct Test {
        static Task<std::string> read(Stream& stream) {
            std::string all;
            for (int pieces = 0; pieces < 100; ++pieces) {
                const std::string piece = co_await stream.read_line(10);
                all += piece;
                if (!stream.line_was_cut()) co_return all;
            }
            co_return "endless";
        }
        static Task<> write(Stream& stream) {
            stream.put("01234");
            co_await stream.flush();
            co_await sleep_for(10ms);
            stream.put("567890123456789\r\nnext\r\n");
            co_await stream.flush();
        }
    };
    Pair pair;
    Scope scope("writer");
    scope.spawn(Test::write(*pair.left));
    CHECK(run(Test::read(*pair.right)) == "01234567890123456789");
    CHECK(run(Test::read(*pair.right)) == "next");
    run(scope.join());
}

TEST_CASE("a silent peer is a timeout, a closed one a lost connection", "[async]") {
    struct Test {
        static Task<std::string> read(Stream& stream) {
            try {
                const std::string line = co_await stream.read_line();
                co_return line;
            } catch (const PeerGone& gone) {
                co_return gone.what();
            }
        }
    };
    Pair pair;
    pair.left->set_timeout(10ms);
    CHECK(run(Test::read(*pair.left)) == "timeout");
    pair.right->close();
    pair.left->set_timeout(5s);
    CHECK(run(Test::read(*pair.left)) == "lost connection");
}

TEST_CASE("cancelling a scope ends every wait in it", "[async]") {
    struct Test {
        static Task<> wait(int& ended) {
            struct Count {
                int& count;
                ~Count() { ++count; }
            } count{ended};
            co_await sleep_for(1h);
        }
        static Task<> wait_for_event(Event& event, int& ended) {
            try {
                co_await event.wait();
            } catch (const Cancelled&) {
                ++ended;
            }
        }
    };
    int ended = 0;
    Event event;
    Scope scope;
    for (int i = 0; i < 10; ++i) scope.spawn(Test::wait(ended));
    scope.spawn(Test::wait_for_event(event, ended));
    CHECK(scope.size() == 11);
    scope.cancel();
    run(scope.join());
    CHECK(ended == 11);
    scope.spawn(Test::wait(ended));  // a cancelled scope lets nobody wait
    CHECK(scope.size() == 0);
}

TEST_CASE("an event wakes all who wait, a deadline those it misses", "[async]") {
    struct Test {
        static Task<> wait(Event& event, Duration limit, std::vector<int>& order, int number) {
            const Ready ready = co_await event.wait(after(limit));
            order.push_back(ready == Ready::yes ? number : -number);
        }
        static Task<> all(Scope& scope, Event& event, std::vector<int>& order) {
            scope.spawn(wait(event, 1h, order, 1));
            scope.spawn(wait(event, 1ms, order, 2));
            scope.spawn(wait(event, 1h, order, 3));
            co_await sleep_for(20ms);
            event.set();
            co_await scope.join();
        }
    };
    Scope scope;
    Event event;
    std::vector<int> order;
    run(Test::all(scope, event, order));
    CHECK(order == std::vector<int>{-2, 1, 3});
}

TEST_CASE("blocking work runs on another thread and hands back values and exceptions", "[async]") {
    struct Test {
        static Task<std::string> work() {
            const auto here = std::this_thread::get_id();
            auto job = [here] { return std::this_thread::get_id() != here; };
            const bool elsewhere = co_await offload(job);
            auto failing = []() -> int { throw std::runtime_error("bad"); };
            std::string text;
            try {
                const int value = co_await offload(failing);
                text = std::to_string(value);
            } catch (const std::runtime_error& failure) {
                text = failure.what();
            }
            co_return text + (elsewhere ? " elsewhere" : " here");
        }
    };
    CHECK(run(Test::work()) == "bad elsewhere");

    SECTION("without threads the loop does it") {
        set_worker_threads(0);
        CHECK(run(Test::work()) == "bad here");
        std::string order;
        submit_work([&order] { order += "work "; },
                    [&order] {
                        order += "done";
                        Loop::current().stop();
                    });
        order += "then ";
        Loop::current().run();
        CHECK(order == "work then done");
        set_worker_threads(8);
    }
}

TEST_CASE("a semaphore lets so many in", "[async]") {
    struct Test {
        static Task<> enter(Semaphore& gate, int& inside, int& most) {
            co_await gate.acquire();
            most = std::max(most, ++inside);
            co_await sleep_for(1ms);
            --inside;
            gate.release();
        }
    };
    Semaphore gate(3);
    int inside = 0;
    int most = 0;
    Scope scope;
    for (int i = 0; i < 20; ++i) scope.spawn(Test::enter(gate, inside, most));
    run(scope.join());
    CHECK(most == 3);
    CHECK(inside == 0);
}

TEST_CASE("much output is written while the peer reads slowly", "[async]") {
    struct Test {
        static Task<> write(Stream& stream) {
            for (int i = 0; i < 100; ++i) {
                std::string block(10000, static_cast<char>('a' + i % 26));
                co_await stream.write(std::move(block));
            }
            co_await stream.flush();
            stream.close();
        }
        static Task<std::size_t> count(Stream& stream) {
            std::size_t total = 0;
            for (;;) {
                const std::string bytes = co_await stream.read_some(777);
                if (bytes.empty()) co_return total;
                total += bytes.size();
            }
        }
    };
    Pair pair;
    Scope scope;
    scope.spawn(Test::write(*pair.right));
    CHECK(run(Test::count(*pair.left)) == 1'000'000);
    run(scope.join());
}

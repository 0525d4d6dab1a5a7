// services/postscreen/tests.h - the tests of one client: which are to be made, which were passed, and until
// when that counts.
//
// Plain rules and the text form of the cache file, which Postfix reads and writes as well: five times in
// seconds since the epoch, with semicolons between; 0: never passed, 1: was not enabled.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace postrider::postscreen {

enum class Test { pregreet, dnsbl, pipelining, non_smtp_command, bare_newline };
inline constexpr int test_count = 5;
inline constexpr std::array<Test, test_count> all_tests = {Test::pregreet, Test::dnsbl, Test::pipelining,
                                                           Test::non_smtp_command, Test::bare_newline};
inline constexpr std::array<Test, 3> deep_tests = {Test::pipelining, Test::non_smtp_command,
                                                   Test::bare_newline};

// A set of tests.
class TestSet {
  public:
    bool has(Test test) const { return (bits_ & bit(test)) != 0; }
    bool has_all(TestSet other) const { return (bits_ & other.bits_) == other.bits_; }
    bool empty() const { return bits_ == 0; }
    void add(Test test) { bits_ |= bit(test); }
    void remove(Test test) { bits_ &= static_cast<std::uint8_t>(~bit(test)); }

  private:
    static std::uint8_t bit(Test test) {
        return static_cast<std::uint8_t>(1U << static_cast<unsigned>(test));
    }
    std::uint8_t bits_ = 0;
};

inline constexpr std::int64_t never_tested = 1;
// When each test must be made again.
using Expiry = std::array<std::int64_t, test_count>;
std::string expiry_text(const Expiry& expiry);
// Nothing when the text is something else.
std::optional<Expiry> parse_expiry(std::string_view text);
// No test was passed within `retention` seconds: the client can be forgotten.
bool is_forgotten(const Expiry& expiry, std::int64_t now, std::int64_t retention);

class Tests {
  public:
    // All that are enabled, of a client nobody knows.
    static Tests of_stranger(TestSet enabled);
    // Those whose results are too old, or that were never passed.
    static Tests of_known(const Expiry& expiry, TestSet enabled, std::int64_t now);

    bool due(Test test) const { return due_.has(test); }
    bool passed(Test test) const { return passed_.has(test); }
    bool failed(Test test) const { return failed_.has(test); }
    // Due and neither passed nor failed nor shrugged off.
    bool open(Test test) const { return due_.has(test) && !settled_.has(test); }
    // A misstep would be a failure: it is due, and was not failed before.
    bool watches(Test test) const { return due_.has(test) && !tripped_.has(test); }
    bool any_due() const { return !due_.empty(); }
    bool early_due() const { return due_.has(Test::pregreet) || due_.has(Test::dnsbl); }
    bool early_open() const { return open(Test::pregreet) || open(Test::dnsbl); }
    bool deep_open() const;

    void pass(Test test, std::int64_t expires);
    void fail(Test test);
    // It failed, and that does not matter: it is neither passed nor failed, and is made again next time.
    void shrug_off(Test test) { settled_.add(test); }
    // The client has made the mistake the test looks for: once is enough for the log.
    void trip(Test test) { tripped_.add(test); }
    // The session goes to the built-in SMTP server anyway: its tests cost nothing more.
    void add_deep_tests();
    // A failure that no test is the reason of: the access list, the interface.
    void spoil() { spoiled_ = true; }
    // A score so good that all other tests count as passed, as long as the score does.
    void pass_all_but_dnsbl(std::int64_t expires);

    bool any_misstep() const { return any_failure() || !tripped_.empty(); }
    bool any_failure() const { return spoiled_ || !failed_.empty(); }
    // Something new is worth keeping in the cache.
    bool has_news() const { return !any_failure() && !passed_.empty(); }
    // Nothing is left to be tested.
    bool all_passed() const { return has_news() && passed_.has_all(due_); }
    bool is_new() const { return new_; }
    const Expiry& expiry() const { return expiry_; }

  private:
    void mark_disabled(TestSet enabled);
    std::int64_t& expires(Test test) { return expiry_[static_cast<std::size_t>(test)]; }
    Expiry expiry_{};
    TestSet due_, passed_, failed_, settled_, tripped_;
    bool spoiled_ = false;
    bool new_ = false;
};

}  // namespace postrider::postscreen

// services/postscreen/tests.cc - the tests of one client.
#include "services/postscreen/tests.h"

#include <algorithm>

#include "lib/base/text.h"

namespace postrider::postscreen {

std::string expiry_text(const Expiry& expiry) {
    std::string text;
    for (const std::int64_t time : expiry) text += (text.empty() ? "" : ";") + std::to_string(time);
    return text;
}

std::optional<Expiry> parse_expiry(std::string_view text) {
    const auto parts = split(text, ';');
    if (parts.empty() || parts.size() > test_count) return std::nullopt;
    // Compat: older releases had fewer tests; what is missing was never passed.
    Expiry expiry{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto time = parse_int(parts[i]);
        if (!time || *time < 0) return std::nullopt;
        expiry[i] = *time;
    }
    return expiry;
}

bool is_forgotten(const Expiry& expiry, std::int64_t now, std::int64_t retention) {
    return *std::max_element(expiry.begin(), expiry.end()) + retention < now;
}

Tests Tests::of_stranger(TestSet enabled) {
    Tests tests;
    tests.due_ = enabled;
    tests.new_ = true;
    tests.mark_disabled(enabled);
    return tests;
}

Tests Tests::of_known(const Expiry& expiry, TestSet enabled, std::int64_t now) {
    Tests tests;
    tests.expiry_ = expiry;
    for (const Test test : all_tests) {
        const std::int64_t expires = tests.expires(test);
        if (!enabled.has(test) || expires >= now) continue;
        tests.due_.add(test);
        if (expires == 0) tests.new_ = true;
    }
    tests.mark_disabled(enabled);
    return tests;
}

void Tests::mark_disabled(TestSet enabled) {
    for (const Test test : all_tests)
        if (!enabled.has(test) && expires(test) == 0) expires(test) = never_tested;
}

bool Tests::deep_open() const {
    return std::any_of(deep_tests.begin(), deep_tests.end(), [this](Test test) { return open(test); });
}

void Tests::pass(Test test, std::int64_t expires_at) {
    settled_.add(test);
    passed_.add(test);
    expires(test) = expires_at;
}

void Tests::fail(Test test) {
    settled_.add(test);
    passed_.remove(test);
    failed_.add(test);
}

void Tests::add_deep_tests() {
    for (const Test test : deep_tests) due_.add(test);
}

void Tests::pass_all_but_dnsbl(std::int64_t expires_at) {
    for (const Test test : all_tests) {
        if (test == Test::dnsbl) continue;
        if (open(test)) {
            settled_.add(test);
            passed_.add(test);
        }
        expires(test) = std::max(expires(test), expires_at);
    }
}

}  // namespace postrider::postscreen

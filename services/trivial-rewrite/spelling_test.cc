// services/trivial-rewrite/spelling_test.cc
#include "services/trivial-rewrite/spelling.h"

#include <catch2/catch.hpp>

using namespace postrider;
using namespace postrider::rewrite;

namespace {

std::string rewritten(std::string_view internal, const SpellingRules& rules, const Completion& completion) {
    Tokens tokens = address_tokens(internal);
    rewrite_spelling(tokens, rules, completion);
    return mail::internal_form(tokens);
}

}  // namespace

TEST_CASE("addresses are completed and routing operators applied", "[rewrite]") {
    const struct {
        const char* before;
        const char* after;
    } rows[] = {
        {"joe", "joe@example.test"},
        {"joe@host", "joe@host"},
        {"joe@host.", "joe@host"},
        {"joe@host..", "joe@host.."},
        {"joe@", "joe@"},
        {"u%host.test", "u@host.test"},
        {"u%a%b", "u%a@b"},
        {"host.test!u", "u@host.test"},
        {"a!b!u", "b!u@a"},
        {"u%a@b", "u%a@b"},
        {"a!u@b", "a!u@b"},
        {"john smith", "john smith@example.test"},
        {"u@[1.2.3.4]", "u@[1.2.3.4]"},
    };
    const SpellingRules rules;
    for (const auto& row : rows) {
        INFO(row.before);
        CHECK(rewritten(row.before, rules, {"example.test", "example.test"}) == row.after);
    }
}

TEST_CASE("mydomain completes only domains without a dot", "[rewrite]") {
    SpellingRules rules;
    rules.append_domain = true;
    const Completion completion{"host.example.test", "example.test"};
    CHECK(rewritten("joe@host", rules, completion) == "joe@host.example.test");
    CHECK(rewritten("joe@a.b", rules, completion) == "joe@a.b");
    CHECK(rewritten("joe@[::1]", rules, completion) == "joe@[::1]");
    CHECK(rewritten("joe@", rules, completion) == "joe@");
    CHECK(rewritten("joe", rules, completion) == "joe@host.example.test");
}

TEST_CASE("each kind of rewriting can be switched off", "[rewrite]") {
    const SpellingRules none{false, false, false, false};
    const Completion completion{"o", "d"};
    for (const char* same : {"joe", "u%a", "a!u", "joe@host"})
        CHECK(rewritten(same, none, completion) == same);
}

TEST_CASE("a source route is dropped", "[rewrite]") {
    Tokens tokens = mail::scan_tokens("@a,@b:joe@c");
    rewrite_spelling(tokens, {}, {});
    CHECK(mail::internal_form(tokens) == "joe@c");
}

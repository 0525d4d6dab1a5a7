// agents/error/error_test.cc - the next hop as a reason.
#include "agents/error/error.h"

#include <catch2/catch.hpp>

namespace postrider::error_agent {

TEST_CASE("The next hop is status and reason; without a status there is a default", "[error]") {
    const delivery::Outcome unknown =
        outcome_of("5.1.1 User unknown in virtual alias table", Verdict::bounce);
    CHECK(unknown.status == "5.1.1");
    CHECK(unknown.reason == "User unknown in virtual alias table");
    CHECK(outcome_of("mail for this site is not accepted", Verdict::bounce).status == "5.0.0");

    const delivery::Outcome later = outcome_of("4.3.2 deferred transport", Verdict::defer);
    CHECK(later.status == "4.3.2");
    CHECK(later.reason == "deferred transport");
    CHECK(outcome_of("later", Verdict::defer).status == "4.0.0");
}

}  // namespace postrider::error_agent

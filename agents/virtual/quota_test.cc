// agents/virtual/quota_test.cc - which of several limits holds for a mailbox.
#include "agents/virtual/quota.h"

#include <catch2/catch.hpp>

using namespace postrider;
using namespace postrider::virtual_agent;

TEST_CASE("The limit of a mailbox comes from main.cf and from a table", "[virtual]") {
    struct Row {
        std::int64_t general;
        std::optional<delivery::QuotaLimit> of_user;
        bool may_exceed;
        delivery::QuotaLimit effective;
    };
    using Limit = delivery::QuotaLimit;
    for (const Row& row : {
             Row{1000, std::nullopt, false, Limit{1000, 0}},
             Row{1000, Limit{500, 0}, false, Limit{500, 0}},
             Row{1000, Limit{5000, 7}, false, Limit{1000, 7}},
             Row{1000, Limit{5000, 7}, true, Limit{5000, 7}},
             Row{1000, Limit{0, 0}, false, Limit{1000, 0}},
             Row{1000, Limit{0, 0}, true, Limit{0, 0}},
             Row{0, Limit{5000, 0}, false, Limit{5000, 0}},
             Row{0, std::nullopt, true, Limit{0, 0}},
         }) {
        GivenLimits given;
        given.general.bytes = row.general;
        given.of_user = row.of_user;
        given.user_may_exceed = row.may_exceed;
        CHECK(effective_limit(given) == row.effective);
    }
}

// lib/mail/propagation_test.cc
#include "lib/mail/propagation.h"

#include <catch2/catch.hpp>

using namespace postrider;

TEST_CASE("extensions go on with the results of the tables that are named", "[mail]") {
    const Settings some = Settings::from_text("propagate_unmatched_extensions = virtual, alias\n");
    CHECK(mail::propagates_extension("virtual", some));
    CHECK(mail::propagates_extension("alias", some));
    CHECK_FALSE(mail::propagates_extension("canonical", some));
    const Settings none = Settings::from_text("propagate_unmatched_extensions =\n");
    CHECK_FALSE(mail::propagates_extension("virtual", none));
}

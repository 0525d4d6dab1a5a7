// commands/postfix/check/spelling_test.cc
#include "commands/postfix/check/spelling.h"

#include <catch2/catch.hpp>

namespace postrider::postfix::check {

TEST_CASE("the distance of two words counts swapped neighbours once", "[check]") {
    CHECK(edit_distance("abc", "abc") == 0);
    CHECK(edit_distance("abc", "acb") == 1);
    CHECK(edit_distance("abc", "abcd") == 1);
    CHECK(edit_distance("abc", "bc") == 1);
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("the nearest word is found, and none that is far away", "[check]") {
    const std::vector<std::string_view> words{"smtpd_recipient_restrictions", "smtpd_sender_restrictions",
                                              "relayhost", "myorigin"};
    CHECK(nearest("smtpd_recipient_restritions", words) == "smtpd_recipient_restrictions");
    CHECK(nearest("relay_host", words) == "relayhost");
    CHECK(nearest("MyOrigin", words) == "myorigin");
    CHECK_FALSE(nearest("something_else", words));
    CHECK_FALSE(nearest("x", words));
    CHECK(did_you_mean("relayhots", words, "no") == "did you mean relayhost?");
    CHECK(did_you_mean("zzz", words, "no") == "no");
}

}  // namespace postrider::postfix::check

// commands/postqueue/show_test.cc - the table of mailq(1) and the lines of postqueue -j.
#include "commands/postqueue/show.h"

#include <catch2/catch.hpp>
#include <cstdlib>

using namespace postrider;
using namespace postrider::postqueue;

namespace {
queue::ListedMessage sample() {
    ::setenv("TZ", "UTC", 1);
    ::tzset();
    queue::ListedMessage message;
    message.queue_name = "active";
    message.queue_id = "2AE02A8A922";
    message.time = 1795216129;
    message.size = 269;
    message.sender = "s@example.test";
    message.recipients.resize(2);
    message.recipients[0].address = "a@x";
    message.recipients[0].reason = "busy";
    message.recipients[0].log_class = "defer";
    message.recipients[1].address = "\"b c\"@x";
    return message;
}
}  // namespace

TEST_CASE("mailq shows a message in the columns that scripts expect", "[postqueue]") {
    TableFormat table(queue::IdForm::short_form);
    CHECK(table.end() == "Mail queue is empty\n");
    CHECK(table.message(sample()) ==
          "-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------\n"
          "2AE02A8A922*     269 Fri Nov 20 23:08:49  s@example.test\n"
          "                                                                        (busy)\n"
          "                                         a@x\n"
          "                                                          (reason unavailable)\n"
          "                                         \"b c\"@x\n"
          "\n");
    queue::ListedMessage held = sample();
    held.queue_name = "hold";
    held.forced_expire = true;
    held.size = 2048;
    held.recipients.clear();
    CHECK(table.message(held) == "2AE02A8A922!#    2048 Fri Nov 20 23:08:49  s@example.test\n\n");
    CHECK(table.end() == "-- 2 Kbytes in 2 Requests.\n");
}

TEST_CASE("The next attempt is shown to those who ask for it, and in JSON", "[postqueue]") {
    queue::ListedMessage message = sample();
    message.queue_name = "deferred";
    message.next_attempt = 1795216429;
    message.recipients.resize(1);
    TableFormat plain(queue::IdForm::short_form);
    CHECK(plain.message(message).find("next attempt") == std::string::npos);
    TableFormat table(queue::IdForm::short_form, true);
    CHECK(table.message(message) ==
          "-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------\n"
          "2AE02A8A922     269 Fri Nov 20 23:08:49  s@example.test\n"
          "                                           (next attempt: Fri Nov 20 23:13:49)\n"
          "                                                                        (busy)\n"
          "                                         a@x\n"
          "\n");
    CHECK(json_message(message).ends_with("\"}], \"next_attempt_time\": 1795216429}\n"));
}

TEST_CASE("Long queue IDs have wider columns", "[postqueue]") {
    TableFormat table(queue::IdForm::long_form);
    const std::string text = table.message(sample());
    CHECK(text.substr(0, text.find('\n')) ==
          "----Queue ID----- --Size-- ---Arrival Time---- --Sender/Recipient------");
}

TEST_CASE("postqueue -j writes one JSON object a line", "[postqueue]") {
    queue::ListedMessage message = sample();
    message.recipients[0].original = "o\x01\\@x";
    CHECK(json_message(message) ==
          "{\"queue_name\": \"active\", \"queue_id\": \"2AE02A8A922\", \"arrival_time\": 1795216129, "
          "\"message_size\": 269, \"forced_expire\": false, \"sender\": \"s@example.test\", \"recipients\": "
          "[{\"orig_address\": \"o\\u0001\\\\@x\", \"address\": \"a@x\", \"delay_reason\": \"busy\"}, "
          "{\"orig_address\": \"\", \"address\": \"\\\"b c\\\"@x\"}]}\n");
}

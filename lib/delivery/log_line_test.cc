// lib/delivery/log_line_test.cc - the shapes that log readers know.
#include "lib/delivery/log_line.h"

#include <catch2/catch.hpp>

namespace postrider::delivery {

TEST_CASE("A delay shows two digits and no more than the limit's places", "[delivery]") {
    struct Row {
        std::int64_t microseconds;
        int decimals;
        const char* text;
    };
    const Row row = GENERATE(values<Row>({{0, 2, "0"},
                                          {70'000, 2, "0.07"},
                                          {1'181'000'000, 2, "1181"},
                                          {1'234'000, 2, "1.2"},
                                          {9'960'000, 2, "10"},
                                          {12'600'000, 2, "13"},
                                          {4'000, 2, "0"},
                                          {5'000, 2, "0.01"},
                                          {4'321, 3, "0.004"},
                                          {4'321, 6, "0.0043"},
                                          {999'999, 2, "1"},
                                          {100'000, 2, "0.1"},
                                          {-5, 2, "0"},
                                          {123, 6, "0.00012"},
                                          {1'500'000, 0, "2"}}));
    CHECK(format_delay(row.microseconds, row.decimals) == row.text);
}

TEST_CASE("The status line has the fields in the order log readers expect", "[delivery]") {
    StatusLine line;
    line.queue_id = "2AE02A8A922";
    line.stamps.arrival = 1'000'000'000;
    line.stamps.active_entry = 1'000'020'000;
    line.stamps.agent_start = 1'000'030'000;
    line.stamps.connect_done = 1'000'130'000;
    line.now = 1'001'130'000;
    Recipient recipient;
    recipient.recipient = "anna@example.com";
    recipient.original_recipient = "Anna@Example.com";
    Outcome outcome;
    outcome.status = "2.0.0";
    outcome.relay = "mx.example.com[192.0.2.1]:25";
    outcome.reason = "250 2.0.0 Ok";
    CHECK(status_line(line, recipient, outcome, "sent") ==
          "2AE02A8A922: to=<anna@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1.1, "
          "delays=0.02/0.01/0.1/1, dsn=2.0.0, status=sent (250 2.0.0 Ok)");

    recipient.original_recipient = "sales@example.com";
    outcome.connection_use = "2";
    outcome.tls = "may";
    CHECK(status_line(line, recipient, outcome, "sent") ==
          "2AE02A8A922: to=<anna@example.com>, orig_to=<sales@example.com>, "
          "relay=mx.example.com[192.0.2.1]:25, conn_use=2, delay=1.1, delays=0.02/0.01/0.1/1, tls=may, "
          "dsn=2.0.0, status=sent (250 2.0.0 Ok)");
}

}  // namespace postrider::delivery

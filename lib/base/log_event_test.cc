// lib/base/log_event_test.cc
#include "lib/base/log_event.h"

#include <catch2/catch.hpp>

namespace postrider::log {

namespace {

std::string value(const Event& event, std::string_view name) {
    const std::string* found = event.find(name);
    return found == nullptr ? "(none)" : *found;
}

}  // namespace

TEST_CASE("a delivery line has its values", "[log]") {
    const Event event = parse_event(
        "4XYZ01cb2cd: to=<bob@example.com>, orig_to=<b>, relay=mx.example.com[192.0.2.1]:25, conn_use=2, "
        "delay=1.2, "
        "delays=0.1/0/0.5/0.6, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 4ABC, really)");
    CHECK(event.kind == "delivery");
    CHECK(event.level == "info");
    CHECK(value(event, "to") == "bob@example.com");
    CHECK(value(event, "orig_to") == "b");
    CHECK(value(event, "relay") == "mx.example.com[192.0.2.1]:25");
    CHECK(value(event, "delays") == "0.1/0/0.5/0.6");
    CHECK(value(event, "status") == "sent");
    CHECK(value(event, "reason") == "250 2.0.0 Ok: queued as 4ABC, really");
}

TEST_CASE("queue IDs in both forms, and words that are none", "[log]") {
    CHECK(parse_event("2AE02A8A922: removed").queue_id == "2AE02A8A922");
    CHECK(parse_event("2AE02A8A922: removed").kind == "removed");
    CHECK(parse_event("4dJ1Wb0zqXz1: removed").queue_id == "4dJ1Wb0zqXz1");
    CHECK(parse_event("warning: 2AE02A8A922: queue file size limit exceeded").queue_id == "2AE02A8A922");
    CHECK(parse_event("warning: 2AE02A8A922: queue file size limit exceeded").level == "warning");
    CHECK(parse_event("statistics: max connection rate 1/60s for (smtp:192.0.2.1) at Nov 1 00:00:00")
              .queue_id.empty());
    CHECK(parse_event("starting the Postfix mail system").kind == "other");
}

TEST_CASE("a rejection tells command, client, reply and addresses", "[log]") {
    const Event event = parse_event(
        "NOQUEUE: reject: RCPT from unknown[2001:db8::1]: 554 5.7.1 <x@y>: Relay access denied; from=<a@b> "
        "to=<x@y> "
        "proto=ESMTP helo=<h>");
    CHECK(event.kind == "reject");
    CHECK(event.queue_id == "NOQUEUE");
    CHECK(value(event, "command") == "RCPT");
    CHECK(value(event, "client") == "unknown[2001:db8::1]");
    CHECK(value(event, "reply") == "554 5.7.1 <x@y>: Relay access denied");
    CHECK(value(event, "from") == "a@b");
    CHECK(value(event, "to") == "x@y");
    CHECK(value(event, "helo") == "h");
}

TEST_CASE("a session line tells the client and its counts", "[log]") {
    const Event event = parse_event("disconnect from x[192.0.2.1] ehlo=1 auth=0/1 quit=1 commands=2/3");
    CHECK(event.kind == "disconnect");
    CHECK(value(event, "client") == "x[192.0.2.1]");
    CHECK(value(event, "auth") == "0/1");
    CHECK(value(event, "commands") == "2/3");
    const Event lost = parse_event("lost connection after DATA (5 bytes) from x[192.0.2.1]");
    CHECK(lost.kind == "lost-connection");
    CHECK(value(lost, "command") == "DATA (5 bytes)");
    CHECK(value(lost, "client") == "x[192.0.2.1]");
}

TEST_CASE("the null sender is an empty value", "[log]") {
    const Event event = parse_event("2AE02A8A922: from=<>, size=269, nrcpt=1 (queue active)");
    CHECK(event.kind == "queue-active");
    CHECK(value(event, "from").empty());
    CHECK(value(event, "nrcpt") == "1");
    CHECK(parse_event("2AE02A8A922: from=<a@b>, status=expired, returned to sender").kind == "expired");
}

TEST_CASE("a login and notifications", "[log]") {
    const Event client =
        parse_event("2AE02A8A922: client=x[192.0.2.1], sasl_method=PLAIN, sasl_username=anna lee");
    CHECK(value(client, "sasl_username") == "anna lee");
    const Event notice = parse_event("2AE02A8A922: sender non-delivery notification: 1BE02A8A922");
    CHECK(notice.kind == "notification");
    CHECK(value(notice, "new_queue_id") == "1BE02A8A922");
    const Event tls = parse_event(
        "Anonymous TLS connection established from x[192.0.2.1]: TLSv1.3 with cipher X (256/256 bits)");
    CHECK(tls.kind == "tls");
    CHECK(value(tls, "peer") == "x[192.0.2.1]");
}

}  // namespace postrider::log

// cleanup/filtering_test.cc - messages that filters look at and change.
#include "cleanup/filtering.h"

#include <fcntl.h>

#include <catch2/catch.hpp>

#include "lib/async/loop.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/queue/envelope.h"
#include "lib/queue/record_reader.h"
#include "lib/queue/test_spool.h"
#include "tests/fakes/milter.h"

using namespace postrider;
using namespace postrider::cleanup;
using namespace std::string_literals;
using milter::packet;

namespace {

constexpr const char* usual =
    "myhostname = mx.example.test\n"
    "mydomain = example.test\n"
    "myorigin = example.test\n"
    "mydestination = example.test\n"
    "inet_interfaces = 127.0.0.1\n"
    "proxy_interfaces =\n"
    "virtual_alias_domains =\n"
    "milter_default_action = tempfail\n"
    "milter_content_timeout = 1s\n";

std::vector<std::string> log_lines;
void keep_line(log::Level, std::string_view line) {
    log_lines.emplace_back(line);
}
bool was_logged(std::string_view part) {
    for (const std::string& line : log_lines)
        if (line.find(part) != std::string::npos) return true;
    return false;
}

std::string number(std::uint32_t value) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(value >> shift & 255));
    return bytes;
}

struct Filtered {
    Outcome outcome;
    std::string id, queue_name, content, envelope, recipients, sender;
    queue::SizeRecord size;
    std::int64_t content_bytes = 0;  // of records between M and X
};

constexpr const char* example =
    "Received: from a (b [1.2.3.4])\n"
    "\tby mx.example.test; date\n"
    "Subject: test\n"
    "X-One: 1\n"
    "X-One:  2\n"
    "\n"
    "hello\n";

Task<> put(Message& message, RecordType type, std::string data) {
    const bool done = message.take(type, data);
    if (!done) co_await message.work();
}

Task<> put_all(Message& message, std::string content) {
    co_await put(message, RecordType::time, "1795216129 5");
    co_await put(message, RecordType::attribute, "rewrite_context=remote");
    co_await put(message, RecordType::sender, "joe@x.test");
    co_await put(message, RecordType::recipient, "alice@example.test");
    co_await put(message, RecordType::recipient, "bob@example.test");
    co_await put(message, RecordType::message, "");
    for (const std::string_view line : split(std::string_view(content).substr(0, content.size() - 1), '\n'))
        co_await put(message, RecordType::text, std::string(line));
    co_await put(message, RecordType::extracted, "");
    co_await put(message, RecordType::end, "");
}

void read_back(Filtered& result, int fd) {
    queue::RecordReader reader(fd, 0, queue::Pointers::show);
    queue::Record record;
    bool inside = false, behind = false, ended = false;
    std::int64_t begin = 0;
    while (reader.next(record) == queue::RecordReader::Next::record) {
        CHECK_FALSE(ended);
        CHECK(record.type != RecordType::pointer);
        const char type = static_cast<char>(record.type);
        if (type == 'C') result.size = *queue::SizeRecord::parse(record.data);
        if (type == 'S') result.sender = record.data;
        if (type == 'A') result.envelope += record.data + "\n";
        if (type == 'R') result.recipients += (result.recipients.empty() ? "" : " ") + record.data;
        if (type == 'X') {
            inside = false;
            behind = true;
            result.content_bytes = record.offset - begin;
        }
        if (inside) result.content += record.data + (type == 'N' ? "\n" : "");
        if (type == 'M') {
            inside = true;
            begin = reader.offset();
        }
        ended = behind && type == 'E';
    }
    CHECK(ended);
}

// A message that has not come by SMTP, shown to these filters.
Filtered filter(const std::vector<const fakes::Milter*>& filters, const std::string& more = "",
                const std::string& content = example, int flags = queue::cleanup_flag::external) {
    std::string list;
    for (const auto* one : filters) list += const_cast<fakes::Milter*>(one)->endpoint() + " ";
    const queue::TestSpool spool;
    const Settings settings = Settings::from_text(usual + ("non_smtpd_milters = " + list + "\n") + more);
    log_lines.clear();
    log::set_observer(keep_line);
    Rules rules(settings);
    rules.spool = *spool;
    Filtered result;
    Result<std::unique_ptr<Message>> message = Message::create(rules, flags);
    REQUIRE(message.ok());
    result.id = (*message)->id();
    async::run(put_all(**message, content));
    result.outcome = async::run((*message)->finish());
    const bool held = (*message)->queue() == queue::Queue::hold;
    result.queue_name = held ? "hold" : "incoming";
    message->reset();
    log::set_observer(nullptr);
    const Fd fd = spool->open(held ? queue::Queue::hold : queue::Queue::incoming, result.id, O_RDONLY);
    if (!fd) {
        result.queue_name = "nowhere";
        return result;
    }
    read_back(result, fd.get());
    CHECK(result.size.message_size == result.content_bytes);
    return result;
}

fakes::Milter::Script at_end(std::vector<std::string> packets) {
    fakes::Milter::Script script;
    packets.push_back(packet('c', ""));
    script.answers['E'] = std::move(packets);
    return script;
}

Filtered changed(std::vector<std::string> packets, const std::string& more = "") {
    const fakes::Milter fake(at_end(std::move(packets)));
    return filter({&fake}, more);
}

std::string headers_of(const Filtered& result) {
    return result.content.substr(0, result.content.find("\n\n") + 1);
}

}  // namespace

TEST_CASE("a filter sees the message without our own Received", "[cleanup][milter]") {
    fakes::Milter fake({});
    const Filtered result = filter({&fake});
    CHECK(result.outcome.status == 0);
    CHECK(result.content == example);
    const std::vector<std::string> expected = {"C localhost|4" + "\0\0"s + "127.0.0.1",
                                               "H localhost",
                                               "M joe@x.test",
                                               "R alice@example.test",
                                               "R bob@example.test",
                                               "T",
                                               "L Subject|test",
                                               "L X-One|1",
                                               "L X-One| 2",
                                               "N",
                                               "B hello\r\n",
                                               "E"};
    std::vector<std::string> heard = fake.events("CHMRTLNBE");
    for (char& c : heard.at(0))
        if (c == '|' && &c > heard[0].data() + 12) c = '\0';
    CHECK(heard == expected);
    CHECK(fake.wait_for("Q", 1));
}

TEST_CASE("a filter that wants leading spaces gets them", "[cleanup][milter]") {
    fakes::Milter::Script script;
    script.terms.protocol = milter::protocol::leading_space;
    fakes::Milter fake(script);
    static_cast<void>(filter({&fake}));
    CHECK(fake.events("L") == std::vector<std::string>{"L Subject| test", "L X-One| 1", "L X-One|  2"});
}

TEST_CASE("headers are added, inserted, changed and removed", "[cleanup][milter]") {
    struct Row {
        std::vector<std::string> packets;
        std::string headers;
    };
    const std::string received = "Received: from a (b [1.2.3.4])\n\tby mx.example.test; date\n";
    const Row rows[] = {
        {{packet('h', "X-New\0a\n b\0"s)}, received + "Subject: test\nX-One: 1\nX-One:  2\nX-New: a\n b\n"},
        {{packet('h', "X-New\0a\nb\0"s)}, received + "Subject: test\nX-One: 1\nX-One:  2\nX-New: a\n\tb\n"},
        {{packet('i', number(0) + "X-New\0a\0"s)},
         "X-New: a\n" + received + "Subject: test\nX-One: 1\nX-One:  2\n"},
        {{packet('i', number(1) + "X-New\0a\0"s)},
         received + "X-New: a\nSubject: test\nX-One: 1\nX-One:  2\n"},
        {{packet('i', number(99) + "X-New\0a\0"s)},
         received + "Subject: test\nX-One: 1\nX-One:  2\nX-New: a\n"},
        {{packet('m', number(2) + "x-one\0b\0"s)}, received + "Subject: test\nX-One: 1\nx-one: b\n"},
        {{packet('m', number(1) + "X-One\0\0"s)}, received + "Subject: test\nX-One:  2\n"},
        {{packet('m', number(3) + "X-One\0c\0"s)},
         received + "Subject: test\nX-One: 1\nX-One:  2\nX-One: c\n"},
        {{packet('m', number(7) + "X-One\0\0"s)}, received + "Subject: test\nX-One: 1\nX-One:  2\n"},
        // Our own Received is not there for filters.
        {{packet('m', number(1) + "Received\0\0"s)}, received + "Subject: test\nX-One: 1\nX-One:  2\n"},
        {{packet('i', number(0) + "X-New\0a\0"s), packet('m', number(1) + "Received\0\0"s)},
         "X-New: a\n" + received + "Subject: test\nX-One: 1\nX-One:  2\n"},
    };
    for (const Row& row : rows) {
        const Filtered result = changed(row.packets);
        CHECK(headers_of(result) == row.headers);
        CHECK(result.content.ends_with("\n\nhello\n"));
        CHECK(result.recipients == "alice@example.test bob@example.test");
    }
}

TEST_CASE("a body is replaced by pieces of any size", "[cleanup][milter]") {
    const Filtered result = changed({packet('b', "new "), packet('b', "text\r"), packet('b', "\n.\r\nend")});
    CHECK(result.content.ends_with("X-One:  2\n\nnew text\n.\nend\n"));
    const Filtered longer = changed({packet('b', std::string(100000, 'x') + "\r\n")});
    CHECK(longer.content.ends_with("\n\n" + std::string(100000, 'x') + "\n"));
    const Filtered empty = changed({packet('b', "")});
    CHECK(empty.content.ends_with("X-One:  2\n\n"));
    const Filtered too_big = changed({packet('b', std::string(60000, 'x'))}, "message_size_limit = 50000\n");
    CHECK(too_big.outcome.status == queue::cleanup_status::size);
    CHECK(too_big.queue_name == "nowhere");
}

TEST_CASE("the envelope is changed", "[cleanup][milter]") {
    const Filtered sender = changed({packet('e', "<a-much-longer-name@new.test>\0RET=HDRS ENVID=x+2By\0"s)});
    CHECK(sender.sender == "a-much-longer-name@new.test");
    CHECK(sender.envelope.find("ret_flags=2\n") != std::string::npos);
    CHECK(sender.envelope.find("envelope_id=x+y\n") != std::string::npos);
    CHECK(sender.content == example);
    const Filtered null_sender = changed({packet('e', "<>\0"s)});
    CHECK(null_sender.sender.empty());
    CHECK(null_sender.content == example);
    const Filtered rest = changed({packet('-', "<alice@example.test>\0"s)});
    CHECK(rest.recipients == "bob@example.test");
    CHECK(rest.size.recipient_count == 2);
    const Filtered other_case = changed({packet('-', "<Alice@example.test>\0"s)});
    CHECK(other_case.recipients == "alice@example.test bob@example.test");
    const Filtered more = changed({packet('2', "<carol@example.test>\0NOTIFY=NEVER\0"s)});
    CHECK(more.recipients == "alice@example.test bob@example.test carol@example.test");
    CHECK(more.envelope.find("notify_flags=1\n") != std::string::npos);
    const Filtered twice = changed({packet('+', "<bob@example.test>\0"s)});
    CHECK(twice.recipients == "alice@example.test bob@example.test bob@example.test");
    const Filtered again =
        changed({packet('-', "<bob@example.test>\0"s), packet('+', "<bob@example.test>\0"s)});
    CHECK(again.recipients == "alice@example.test bob@example.test");
}

TEST_CASE("added recipients are expanded like others", "[cleanup][milter]") {
    const Filtered result = changed({packet('+', "<all@example.test>\0"s)},
                                    "virtual_alias_maps = inline:{ { all@example.test = "
                                    "c@example.test, d@example.test } }\n");
    CHECK(result.recipients == "alice@example.test bob@example.test c@example.test d@example.test");
}

TEST_CASE("everything at once, and a second filter sees what the first has changed", "[cleanup][milter]") {
    fakes::Milter first(at_end({packet('i', number(0) + "X-Top\0t\0"s), packet('b', "new body\r\n"),
                                packet('e', "<s@new.test>\0"s), packet('+', "<carol@example.test>\0"s),
                                packet('h', "X-Last\0l\0"s)}));
    fakes::Milter second(
        at_end({packet('m', number(1) + "X-Last\0changed\0"s), packet('-', "<alice@example.test>\0"s)}));
    const Filtered result = filter({&first, &second});
    CHECK(result.content ==
          "X-Top: t\nReceived: from a (b [1.2.3.4])\n\tby mx.example.test; date\n"
          "Subject: test\nX-One: 1\nX-One:  2\nX-Last: changed\n\nnew body\n");
    CHECK(result.sender == "s@new.test");
    CHECK(result.recipients == "bob@example.test carol@example.test");
    CHECK(second.events("LB") == std::vector<std::string>{"L X-Top|t", "L Subject|test", "L X-One|1",
                                                          "L X-One| 2", "L X-Last|l", "B new body\r\n"});
}

TEST_CASE("a large body moves when a header is put in before it", "[cleanup][milter]") {
    std::string content = "Received: x\nSubject: big\n\n";
    for (int line = 0; line < 60000; ++line) content += "line " + std::to_string(line) + " of a large body\n";
    const fakes::Milter grows(at_end({packet('i', number(0) + "X-New\0a\0"s)}));
    CHECK(filter({&grows}, "", content).content == "X-New: a\n" + content);
    const fakes::Milter shrinks(at_end({packet('m', number(1) + "Subject\0\0"s)}));
    CHECK(filter({&shrinks}, "", content).content == replace_all(content, "Subject: big\n", ""));
}

TEST_CASE("verdicts at the end of a message", "[cleanup][milter]") {
    const auto with = [](char letter, const std::string& answer, int flags = queue::cleanup_flag::external) {
        fakes::Milter::Script script;
        script.answers[letter] = {answer};
        const fakes::Milter fake(script);
        return filter({&fake}, "", example, flags);
    };
    const int smtp = queue::cleanup_flag::external | queue::cleanup_flag::smtp_reply;
    const Filtered refused = with('E', packet('y', "554-5.6.9 one\r\n554 5.6.9 two\0"s), smtp);
    CHECK(refused.outcome.status == queue::cleanup_status::content);
    CHECK(refused.outcome.reason == "554 5.6.9 one\ntwo");
    CHECK(
        was_logged(": milter-reject: END-OF-MESSAGE from localhost[127.0.0.1]: 5.6.9 one??554 5.6.9 two; "
                   "from=<joe@x.test> to=<bob@example.test>"));
    CHECK(refused.queue_name == "nowhere");
    CHECK(with('L', packet('r', ""), smtp).outcome.reason == "550 5.7.1 Command rejected");
    const Filtered later = with('B', packet('t', ""));
    CHECK(later.outcome.status == queue::cleanup_status::defer);
    CHECK(later.outcome.reason == "4.7.1 Service unavailable - try again later");
    CHECK(with('E', "DROP").outcome.status == queue::cleanup_status::defer);
    CHECK(with('M', packet('r', "")).outcome.status == queue::cleanup_status::content);
    // There is no way to refuse one of several recipients.
    CHECK(with('R', packet('r', "")).outcome.status == queue::cleanup_status::defer);
    CHECK(
        was_logged(": milter-reject: RCPT from localhost[127.0.0.1]: 5.7.1 Command rejected; "
                   "from=<joe@x.test> to=<alice@example.test>"));
    const Filtered gone = with('E', packet('d', ""));
    CHECK(gone.outcome.status == 0);
    CHECK(gone.queue_name == "nowhere");
    CHECK(was_logged(": milter-discard: END-OF-MESSAGE from localhost[127.0.0.1]: milter triggers DISCARD"));
    CHECK(changed({packet('q', "odd\0"s)}).queue_name == "hold");
    CHECK(was_logged(": milter-hold: END-OF-MESSAGE from localhost[127.0.0.1]: milter triggers HOLD action"));
}

TEST_CASE("accept in the middle leaves the message as it is", "[cleanup][milter]") {
    fakes::Milter::Script script = at_end({packet('h', "X-New\0a\0"s)});
    script.answers['L'] = {packet('a', "")};
    fakes::Milter fake(script);
    CHECK(filter({&fake}).content == example);
    CHECK(fake.events("E").empty());
}

TEST_CASE("mail of our own is not shown to filters", "[cleanup][milter]") {
    fakes::Milter fake({});
    CHECK(filter({&fake}, "", example, queue::cleanup_flag::internal).content == example);
    CHECK(fake.events().empty());
}

TEST_CASE("milter_header_checks looks at what filters add", "[cleanup][milter]") {
    const auto checked = [](const std::string& action, int flags = queue::cleanup_flag::external) {
        const fakes::Milter fake(at_end({packet('h', "X-Spam\0yes\0"s)}));
        return filter({&fake}, "milter_header_checks = regexp:{{/^X-Spam: yes/ " + action + "}}\n", example,
                      flags);
    };
    CHECK(checked("IGNORE").content == example);
    CHECK(checked("HOLD").queue_name == "hold");
    CHECK(checked("REPLACE X-Ham: no").content.find("2\nX-Ham: no\n\n") != std::string::npos);
    CHECK(checked("PREPEND X-Ham: no").content.find("2\nX-Ham: no\nX-Spam: yes\n\n") != std::string::npos);
    CHECK(checked("BCC dave@example.test").recipients ==
          "alice@example.test bob@example.test dave@example.test");
    CHECK(checked("DISCARD").queue_name == "nowhere");
    const int smtp = queue::cleanup_flag::external | queue::cleanup_flag::smtp_reply;
    CHECK(checked("REJECT no spam", smtp).outcome.reason == "550 5.7.1 no spam");
    CHECK(was_logged("milter-header-reject: header X-Spam: yes from "));
    CHECK(checked("WARN look").outcome.status == 0);
    CHECK(was_logged("milter-header-warning: header X-Spam: yes from "));
}

// cleanup/message_test.cc
#include "cleanup/message.h"

#include <fcntl.h>

#include <catch2/catch.hpp>

#include "lib/async/loop.h"
#include "lib/base/text.h"
#include "lib/queue/envelope.h"
#include "lib/queue/record_reader.h"
#include "lib/queue/test_spool.h"

using namespace postrider;
using namespace postrider::cleanup;
using queue::cleanup_flag::external;

namespace {

constexpr const char* usual = R"(
myhostname = mx.example.test
mydomain = example.test
myorigin = example.test
mydestination = example.test
inet_interfaces = 127.0.0.1
proxy_interfaces =
recipient_delimiter = +
virtual_alias_maps =
virtual_alias_domains =
)";

struct In {
    char type;
    std::string data;
};
using Records = std::vector<In>;

// Gives records to a new message as a session does, and keeps what became of it.
struct Cleaned {
    Outcome outcome;
    std::string id;
    Records out;  // without C, T and create_time
    queue::SizeRecord size;
    std::string queue_name = "incoming";

    // "N" records of the content as text.
    std::string content() const {
        std::string text;
        bool inside = false;
        for (const In& record : out) {
            if (record.type == 'M')
                inside = true;
            else if (record.type == 'X')
                inside = false;
            else if (inside)
                text += record.data + (record.type == 'N' ? "\n" : "");
        }
        return text;
    }
    std::string recipients() const {
        std::string text;
        for (const In& record : out)
            if (record.type == 'R') text += (text.empty() ? "" : " ") + record.data;
        return text;
    }
    std::string text() const {
        std::string text;
        for (const In& record : out) text += std::string(1, record.type) + record.data + "\n";
        return text;
    }
};

Task<> feed(Message& message, Records records) {
    for (const In& record : records) {
        const bool done = message.take(static_cast<RecordType>(record.type), record.data);
        if (!done) co_await message.work();
    }
}

void read_back(const queue::TestSpool& spool, queue::Queue queue, Cleaned& result) {
    const Fd fd = spool->open(queue, result.id, O_RDONLY);
    REQUIRE(fd);
    queue::RecordReader reader(fd.get());
    queue::Record record;
    while (reader.next(record) == queue::RecordReader::Next::record) {
        if (record.type == RecordType::size)
            result.size = *queue::SizeRecord::parse(record.data);
        else if (record.type != RecordType::time && !record.data.starts_with("create_time="))
            result.out.push_back({static_cast<char>(record.type), record.data});
    }
}

Cleaned clean(const std::string& settings_text, const Records& records, int flags = external) {
    const queue::TestSpool spool;
    const Settings settings = Settings::from_text(usual + settings_text);
    Rules rules(settings);
    rules.spool = *spool;
    Result<std::unique_ptr<Message>> message = Message::create(rules, flags);
    REQUIRE(message.ok());
    Cleaned result;
    result.id = (*message)->id();
    async::run(feed(**message, records));
    result.outcome = async::run((*message)->finish());
    const bool held = (*message)->queue() == queue::Queue::hold;
    if (held) result.queue_name = "hold";
    message->reset();
    const queue::Queue queue = held ? queue::Queue::hold : queue::Queue::incoming;
    const bool there = spool->stat(queue, result.id).has_value();
    CHECK(there == (result.outcome.status == 0 && (flags & queue::cleanup_flag::discard) == 0 &&
                    result.queue_name != "dropped"));
    if (there) read_back(spool, queue, result);
    return result;
}

// A message with these recipients and content lines.
Records message(const std::vector<std::string>& recipients, const std::string& content,
                const std::string& sender = "joe@x.test") {
    Records records = {{'T', "1795216129 5"}, {'S', sender}};
    for (const std::string& recipient : recipients) records.push_back({'R', recipient});
    records.push_back({'M', ""});
    for (std::string_view line : split(content, '\n')) records.push_back({'N', std::string(line)});
    records.push_back({'X', ""});
    records.push_back({'E', ""});
    return records;
}

const std::string remote = "remote_header_rewrite_domain = domain.invalid\n";

}  // namespace

TEST_CASE("records come out in the order of a queue file", "[cleanup]") {
    const Cleaned got = clean("", {{'T', "1795216129 5"},
                                   {'A', "log_ident=ABC"},
                                   {'A', "rewrite_context=remote"},
                                   {'S', "joe@x.test"},
                                   {'A', "log_client_name=client.test"},
                                   {'A', "notify_flags=4"},
                                   {'O', "\"Ann\"@y.test"},
                                   {'R', "ann@y.test"},
                                   {'R', "bob@y.test"},
                                   {'M', ""},
                                   {'N', "Message-Id: <1@x>"},
                                   {'N', ""},
                                   {'N', "body"},
                                   {'X', ""},
                                   {'E', ""}});
    CHECK(got.outcome.status == 0);
    CHECK(got.text() ==
          "Alog_ident=ABC\nArewrite_context=remote\nSjoe@x.test\nAlog_client_name=client.test\nAnotify_flags="
          "4\n"
          "Adsn_orig_rcpt=rfc822;ann@y.test\nO\"Ann\"@y.test\nRann@y.test\n"
          "Adsn_orig_rcpt=rfc822;bob@y.test\nObob@y.test\nRbob@y.test\nM\nNMessage-Id: <1@x>\nN\nNbody\nX\n"
          "Amessage_id=<1@x>\nE\n");
    CHECK(got.size.recipient_count == 2);
    CHECK(got.size.qmgr_flags == 4 << 1);
    CHECK(got.size.message_size == got.size.content_size);
    CHECK(got.size.message_size == 2 + 17 + 2 + 2 + 4);
}

TEST_CASE("missing headers are added to local mail, after the others", "[cleanup]") {
    setenv("TZ", "UTC", 1);
    tzset();
    Records records = message({"ann@y.test"}, "Subject: x\n\nbody");
    records.insert(records.begin() + 1, {'F', "Joe Doe"});
    const Cleaned got = clean("", records);
    const std::string text = got.content();
    CHECK(text.starts_with("Subject: x\nMessage-Id: <"));
    CHECK(text.find("." + got.id +
                    "@mx.example.test>\nDate: Fri, 20 Nov 2026 23:08:49 +0000 (UTC)\n"
                    "From: Joe Doe <joe@x.test>\n\nbody\n") != std::string::npos);
    CHECK(clean("header_from_format = obsolete\n", records).content().find("From: joe@x.test (Joe Doe)\n") !=
          std::string::npos);
    CHECK(clean("enable_long_queue_ids = yes\n", records).content().find("Message-Id: <") !=
          std::string::npos);
}

TEST_CASE("mail from outside gets no headers, unless that is asked for", "[cleanup]") {
    Records records = message({"ann@y.test"}, "Subject: x\n\nbody");
    records.insert(records.begin() + 1, {'A', "rewrite_context=remote"});
    CHECK(clean("", records).content() == "Subject: x\n\nbody\n");
    CHECK(clean("always_add_missing_headers = yes\n", records).content().find("Date:") != std::string::npos);
    CHECK(clean("", message({"ann@y.test"}, "Resent-From: a@b.c\n\n")).content().find("Resent-Date: ") !=
          std::string::npos);
}

TEST_CASE("some headers never pass", "[cleanup]") {
    const std::string headers =
        "From: a@x.test\nBcc: c@x.test\nReturn-Path: <x@x.test>\nDate: d\nMessage-Id: m\n";
    CHECK(clean("", message({"ann@y.test"}, headers + "\nBcc: body")).content() ==
          "From: a@x.test\nDate: d\nMessage-Id: m\n\nBcc: body\n");
    CHECK(clean("message_drop_headers = x-secret\n", message({"ann@y.test"}, headers + "X-Secret: 1\n"))
              .content()
              .find("X-Secret") == std::string::npos);
}

TEST_CASE("canonical maps rewrite envelope and headers by class", "[cleanup]") {
    const std::string map = "canonical_maps = inline:{{joe@x.test=joe.doe@x.test},{@old.test=@new.test}}\n";
    const Records records = message({"v@old.test", "joe+tag@x.test"},
                                    "From: Joe <joe@x.test>\nTo: joe@x.test, \"W\" <w@old.test>\nX-From: "
                                    "joe@x.test\nDate: d\nMessage-Id: m\n");
    const Cleaned got = clean(map, records);
    CHECK(got.text().starts_with("Sjoe.doe@x.test\n"));
    CHECK(got.recipients() == "v@new.test joe.doe+tag@x.test");
    CHECK(got.content() ==
          "From: Joe <joe.doe@x.test>\nTo: joe.doe@x.test, \"W\" <w@new.test>\nX-From: joe@x.test\nDate: "
          "d\nMessage-Id: m\n\n");
    const Cleaned sender_only = clean(map + "canonical_classes = envelope_sender\n", records);
    CHECK(sender_only.text().starts_with("Sjoe.doe@x.test\n"));
    CHECK(sender_only.recipients() == "v@old.test joe+tag@x.test");
    // Internal mail that is not to be mapped.
    CHECK(clean(map, records, 0).recipients() == "v@old.test joe+tag@x.test");
}

TEST_CASE("without a rewrite context headers are left alone, and not completed", "[cleanup]") {
    const std::string map = "canonical_maps = inline:{{joe@x.test=joe.doe@x.test}}\n";
    Records records = message({"v@y.test"}, "From: joe@x.test\n");
    records.insert(records.begin() + 1, {'A', "rewrite_context=remote"});
    CHECK(clean(map, records).content() == "From: joe@x.test\n\n");
    const std::string rewritten = clean(map + remote, records).content();
    CHECK(rewritten.starts_with("From: joe.doe@x.test\nMessage-Id: <"));
    CHECK(rewritten.find("\nDate: ") != std::string::npos);
}

TEST_CASE("a long list is folded with tabs when it is rewritten", "[cleanup]") {
    std::string list, expected;
    for (int i = 10; i < 20; ++i) list += (i > 10 ? ", user" : "user") + std::to_string(i) + "@old.test";
    const Cleaned got =
        clean("canonical_maps = inline:{{@old.test=@new.test}}\n",
              message({"v@y.test"}, "To: " + list + "\nFrom: a@b.c\nDate: d\nMessage-Id: m\n"));
    CHECK(got.content().find(",\n\tuser13@new.test") != std::string::npos);
    CHECK(got.content().find("\tuser19@new.test") == std::string::npos);
}

TEST_CASE("masquerading hides subdomains but not exceptions", "[cleanup]") {
    const std::vector<MasqueradeDomain> domains = {{"keep.corp.test", false}, {"corp.test", true}};
    CHECK(masqueraded("u@a.b.corp.test", domains) == "u@corp.test");
    CHECK(masqueraded("u@corp.test", domains) == "u@corp.test");
    CHECK(masqueraded("u@x.keep.corp.test", domains) == "u@x.keep.corp.test");
    CHECK(masqueraded("u@notcorp.test", domains) == "u@notcorp.test");
    const std::string settings = "masquerade_domains = corp.test\nmasquerade_exceptions = root\n";
    CHECK(clean(settings, message({"v@h.corp.test"}, "", "u@h.corp.test"))
              .text()
              .starts_with("Su@corp.test\n"));
    CHECK(clean(settings, message({"v@h.corp.test"}, "", "u@h.corp.test")).recipients() == "v@h.corp.test");
    CHECK(clean(settings, message({"v@y.test"}, "", "root@h.corp.test"))
              .text()
              .starts_with("Sroot@h.corp.test\n"));
}

TEST_CASE("virtual aliases expand until nothing changes", "[cleanup]") {
    const std::string map =
        "virtual_alias_maps = inline:{{info@x.test=a1@x.test b1@y.test},{@catch.test=all@x.test},"
        "{loop@x.test=loop@x.test},{c1@x.test=c2@x.test},{c2@x.test=end@x.test},{self@x.test=self@x.test "
        "other@x.test},{p@x.test=r@x.test},{r@x.test=p@x.test}}\n";
    CHECK(clean(map, message({"info@x.test"}, "")).recipients() == "a1@x.test b1@y.test");
    CHECK(clean(map, message({"any+e@catch.test"}, "")).recipients() == "all@x.test");
    CHECK(clean(map, message({"loop@x.test"}, "")).recipients() == "loop@x.test");
    CHECK(clean(map, message({"c1@x.test"}, "")).recipients() == "end@x.test");
    CHECK(clean(map, message({"self@x.test"}, "")).recipients() == "self@x.test other@x.test");
    CHECK(clean(map, message({"info+tag@x.test"}, "")).recipients() == "a1+tag@x.test b1+tag@y.test");
    const Cleaned endless = clean(map, message({"p@x.test"}, ""));
    CHECK(endless.outcome.status == queue::cleanup_status::defer);
    CHECK(endless.outcome.reason == "4.6.0 Alias expansion error");
    CHECK(clean(map + "virtual_alias_expansion_limit = 1\n", message({"info@x.test"}, "")).outcome.status ==
          queue::cleanup_status::defer);
}

TEST_CASE("a recipient comes once for each way it was named", "[cleanup]") {
    const std::string map = "virtual_alias_maps = inline:{{c2@x.test=end@x.test}}\n";
    const Records records = message({"end@x.test", "end@x.test", "END@x.test", "c2@x.test"}, "");
    CHECK(clean(map, records).recipients() == "end@x.test end@x.test");
    CHECK(clean(map + "enable_original_recipient = no\n", records).recipients() == "end@x.test");
}

TEST_CASE("automatic copies are silent; that of the sender comes first, that of all mail last", "[cleanup]") {
    const std::string settings =
        "always_bcc = archive@x.test\nsender_bcc_maps = inline:{{joe@x.test=sb@x.test}}\n"
        "recipient_bcc_maps = inline:{{rb@x.test=rbcopy@x.test}}\n";
    const Cleaned got = clean(settings, message({"b@x.test", "rb@x.test"}, ""));
    CHECK(got.recipients() == "sb@x.test b@x.test rb@x.test rbcopy@x.test archive@x.test");
    CHECK(got.text().ends_with("Anotify_flags=1\nOarchive@x.test\nRarchive@x.test\nE\n"));
    CHECK(clean(settings, message({"b@x.test"}, ""), queue::cleanup_flag::internal).recipients() ==
          "b@x.test");
}

TEST_CASE("tables that fail mean try again", "[cleanup]") {
    for (const char* settings :
         {"canonical_maps = fail:x\n", "virtual_alias_maps = fail:x\n", "recipient_canonical_maps = fail:x\n",
          "sender_bcc_maps = fail:x\n", "recipient_bcc_maps = fail:x\n", "header_checks = fail:x\n"}) {
        INFO(settings);
        const Cleaned got = clean(settings, message({"b@x.test"}, "Subject: x\n"));
        CHECK(queue::cleanup_status::explain(got.outcome.status).smtp_code == 451);
    }
}

TEST_CASE("a message without recipient, end or sender is refused", "[cleanup]") {
    CHECK(clean("", message({}, "")).outcome.status == queue::cleanup_status::no_recipients);
    CHECK(clean("", {{'T', "1 0"}, {'S', "a@b.c"}, {'R', "b@c.d"}, {'M', ""}}).outcome.status ==
          queue::cleanup_status::bad);
    CHECK((clean("", {{'T', "1 0"}, {'R', "b@c.d"}, {'M', ""}, {'X', ""}, {'E', ""}}).outcome.status &
           queue::cleanup_status::bad) != 0);
    CHECK((clean("", {{'T', "1 0"}, {'S', "a@b.c"}, {'Q', "?"}, {'M', ""}, {'X', ""}, {'E', ""}})
               .outcome.status &
           queue::cleanup_status::bad) != 0);
}

TEST_CASE("size and hop limits hold", "[cleanup]") {
    CHECK(
        clean("message_size_limit = 2000\n", message({"b@x.test"}, std::string(1900, 'x'))).outcome.status ==
        queue::cleanup_status::size);
    CHECK(clean("hopcount_limit = 3\n", message({"b@x.test"}, "Received: a\nReceived: b\n")).outcome.status ==
          0);
    CHECK(clean("hopcount_limit = 3\n", message({"b@x.test"}, "Received: a\nReceived: b\nReceived: c\n"))
              .outcome.status == queue::cleanup_status::hops);
}

TEST_CASE("extracted recipients and attributes follow the content", "[cleanup]") {
    const Cleaned got = clean("", {{'T', "1795216129 5"},
                                   {'S', "joe@x.test"},
                                   {'M', ""},
                                   {'N', "Message-Id: <1@x>"},
                                   {'N', "Content-Transfer-Encoding: 8bit"},
                                   {'N', "From: a@b.c"},
                                   {'N', "Date: d"},
                                   {'N', ""},
                                   {'X', ""},
                                   {'R', "ann@y.test"},
                                   {'E', ""}});
    CHECK(
        got.text().ends_with("X\nAmessage_id=<1@x>\nAencoding=8bit\nAdsn_orig_rcpt=rfc822;ann@y.test\n"
                             "Oann@y.test\nRann@y.test\nE\n"));
}

TEST_CASE("a warning time is set for senders that can be told", "[cleanup]") {
    const std::string settings = "delay_warning_time = 1h\n";
    CHECK(clean(settings, message({"b@x.test"}, "")).text().find("W     1795219729\nAdsn_orig_rcpt") !=
          std::string::npos);
    CHECK(clean(settings, message({"b@x.test"}, "", "")).text().find("\nW") == std::string::npos);
}

TEST_CASE("stray line ends become spaces, long lines are parted", "[cleanup]") {
    Records records = message({"b@x.test"}, "Date: d\n\nx");
    records.insert(records.end() - 3, {'N', "a\r.\rb"});
    CHECK(clean("", records).content().find("\na . b\n") != std::string::npos);
    CHECK(clean("cleanup_replace_stray_cr_lf = no\n", records).content().find("\na\r.\rb\n") !=
          std::string::npos);
    const Cleaned longer =
        clean("line_length_limit = 512\n", message({"b@x.test"}, "\n" + std::string(1100, 'x')));
    CHECK(longer.text().find("L" + std::string(512, 'x') + "\nL" + std::string(512, 'x') + "\nN" +
                             std::string(76, 'x') + "\n") != std::string::npos);
}

TEST_CASE("held mail goes to the hold queue, discarded mail nowhere", "[cleanup]") {
    const Records records = message({"b@x.test"}, "");
    CHECK(clean("", records, external | queue::cleanup_flag::hold).queue_name == "hold");
    const Cleaned gone = clean("", records, external | queue::cleanup_flag::discard);
    CHECK(gone.outcome.status == 0);
    CHECK(gone.out.empty());
    // What smtpd decides at the end of the content comes after it.
    Records late = records;
    late.insert(late.end() - 1, In{'f', std::to_string(queue::cleanup_flag::hold)});
    CHECK(clean("", late, external).queue_name == "hold");
    late[late.size() - 2].data = "2";
    CHECK(clean("", late, external).outcome.status == queue::cleanup_status::bad);
}

TEST_CASE("checks do what their tables say", "[cleanup]") {
    const std::string checks =
        "header_checks = inline:{{X-Reject: 1=REJECT not that one},{X-Status: 1=REJECT 5.7.42 special},"
        "{X-Ignore: 1=IGNORE},{X-Prepend: 1=PREPEND X-Before: yes},{X-Replace: 1=REPLACE X-New: 2},"
        "{X-Hold: 1=HOLD},{X-Later: 1=REJECT 4.7.1 later},{X-Filter: 1=FILTER smtp:[127.0.0.1]},"
        "{X-Redirect: 1=REDIRECT r@x.test},{X-Bcc: 1=BCC copy@x.test},{X-Bad: 1=NONSENSE},{X-Odd: 1=REJECT "
        "2.7.42 odd}}\n"
        "mime_header_checks = inline:{{MIME-Version: 1=REJECT mime}}\n"
        "body_checks = inline:{{bad word=REJECT},{drop=IGNORE},{swap=REPLACE swapped}}\n";
    const auto checked = [&checks](const std::string& content, int flags = external) {
        return clean(checks, message({"b@x.test"}, "Date: d\nMessage-Id: m\nFrom: a@b.c\n" + content), flags);
    };
    CHECK(checked("X-Reject: 1\n").outcome.reason == "5.7.1 not that one");
    CHECK(checked("X-Reject: 1\n").outcome.status == queue::cleanup_status::content);
    CHECK(checked("X-Status: 1\n").outcome.reason == "5.7.42 special");
    CHECK(checked("X-Later: 1\n").outcome.status == queue::cleanup_status::defer);
    CHECK(checked("X-Ignore: 1\n").content().find("X-Ignore") == std::string::npos);
    CHECK(checked("X-Prepend: 1\n").content().find("X-Before: yes\nX-Prepend: 1\n") != std::string::npos);
    CHECK(checked("X-Replace: 1\n").content().find("X-New: 2\n") != std::string::npos);
    CHECK(checked("X-Hold: 1\n").queue_name == "hold");
    CHECK(checked("X-Bad: 1\n").outcome.status == 0);
    CHECK(checked("X-Bcc: 1\n").recipients() == "b@x.test copy@x.test");
    CHECK(checked("X-Filter: 1\n").text().find("X\nLsmtp:[127.0.0.1]\n") != std::string::npos);
    CHECK(checked("X-Redirect: 1\n").text().find("X\n>r@x.test\n") != std::string::npos);
    CHECK(checked("X-Redirect: 1\nX-Reject: 1\n").outcome.status == 0);  // nothing is looked at after it
    CHECK(checked("X-Odd: 1\n").outcome.reason == "4.7.42 odd");
    CHECK(checked("MIME-Version: 1\n").outcome.reason == "5.7.1 mime");
    CHECK(checked("X-Reject : 1\n").outcome.reason == "5.7.1 not that one");
    CHECK(checked("\nbad word\n").outcome.status == queue::cleanup_status::content);
    CHECK(checked("\na\ndrop\nswap\nb").content().ends_with("\na\nswapped\nb\n"));
    CHECK(checked("X-Reject: 1\n", queue::cleanup_flag::internal).outcome.status == 0);
}

TEST_CASE("unwanted characters are rejected or removed", "[cleanup]") {
    CHECK(clean("message_reject_characters = \\a\n", message({"b@x.test"}, "\nring \a")).outcome.reason ==
          "5.7.1 disallowed character");
    CHECK(clean("message_strip_characters = \\b\n", message({"b@x.test"}, "\na\bb"))
              .content()
              .ends_with("\nab\n"));
}

TEST_CASE("SMTPUTF8 is noted where it is needed", "[cleanup]") {
    const Records records = message({"b@x.test"}, "Subject: caf\xc3\xa9\n");
    CHECK(clean("", records).size.sendopts == 0);
    CHECK(clean("", records, external | queue::cleanup_flag::smtputf8).size.sendopts == 3);
    CHECK(clean("", records, external | queue::cleanup_flag::auto_utf8).size.sendopts == 3);
    CHECK(
        clean("", message({"b@x.test"}, "x: y\n"), external | queue::cleanup_flag::auto_utf8).size.sendopts ==
        0);
    CHECK(clean("", message({"b@x.test"}, "TLS-Required: no\n")).size.sendopts == 16);
    // REQUIRETLS outweighs it, and goes on as a header.
    const int asked = external | queue::cleanup_flag::require_tls;
    CHECK(clean("", message({"b@x.test"}, "TLS-Required: no\n"), asked).size.sendopts == 32);
    CHECK(clean("", message({"b@x.test"}, "a: b\n"), asked).content().find("\nRequire-TLS-ESMTP: yes\n") !=
          std::string::npos);
    const std::string both = "TLS-Required: no\nRequire-TLS-ESMTP: yes\n";
    CHECK(clean("", message({"b@x.test"}, both)).size.sendopts == 32);
    CHECK(clean("", message({"b@x.test"}, both), asked).content().find(both) != std::string::npos);
    CHECK(clean("requiretls_esmtp_header = no\n", message({"b@x.test"}, both)).size.sendopts == 16);
    CHECK(clean("requiretls_esmtp_header = no\n", message({"b@x.test"}, "a: b\n"), asked)
              .content()
              .find("Require-TLS") == std::string::npos);
    CHECK(clean("tls_required_enable = no\n", message({"b@x.test"}, "TLS-Required: no\n")).size.sendopts ==
          0);
}

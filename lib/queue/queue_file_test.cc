// lib/queue/queue_file_test.cc - writing, committing, moving, scanning and reading queue files.
#include "lib/queue/queue_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>

#include "lib/async/loop.h"
#include "lib/queue/envelope.h"
#include "lib/queue/test_spool.h"

using namespace postrider;
using namespace postrider::queue;
using namespace std::string_literals;

namespace {

// A message with `recipients` in the envelope and as many in the extracted segment.
QueueFile write_message(const Spool& spool, int recipients, std::string_view content = "Subject: x") {
    Result<QueueFile> created = QueueFile::create(spool, Queue::incoming);
    REQUIRE(created);
    QueueFile file = std::move(*created);
    SizeRecord size;
    const std::int64_t size_offset = file.write(RecordType::size, size.text());
    file.write(RecordType::time, "1795217929 175618");
    file.write(RecordType::attribute, "create_time=1795217930");
    file.write(RecordType::sender, "anna@example.com");
    file.write(RecordType::attribute, "log_client_name=client.example");
    file.write(RecordType::warn_time, fixed_number(1795300000));
    const auto put_recipients = [&](const std::string& name) {
        for (int i = 0; i < recipients; ++i) {
            file.write(RecordType::attribute, "notify_flags=4");
            file.write(RecordType::attribute, "dsn_orig_rcpt=rfc822;" + name);
            file.write(RecordType::original_recipient, name);
            file.write(RecordType::recipient, name + std::to_string(i));
        }
    };
    put_recipients("e");
    file.write(RecordType::message, "");
    size.data_offset = file.end_offset();
    file.write(RecordType::text, content);
    size.message_size = file.end_offset() - size.data_offset;
    size.content_size = size.message_size;
    file.write(RecordType::extracted, "");
    file.write(RecordType::filter, "smtp:filter.example");
    put_recipients("x");
    file.write(RecordType::end, "");
    file.overwrite(size_offset, RecordType::size, size.text());
    return file;
}

std::string write_raw(const TestSpool& spool, std::string_view bytes) {
    const std::string path = spool.root() + "/raw";
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
}

Result<Envelope> read_raw(const TestSpool& spool, std::string_view bytes) {
    const Fd file(::open(write_raw(spool, bytes).c_str(), O_RDONLY));
    return read_envelope(file.get());
}

}  // namespace

TEST_CASE("A queue file is named by its inode and is a message only after commit", "[queue]") {
    TestSpool spool;
    QueueFile file = write_message(*spool, 1);
    const auto parts = parse_queue_id(file.id());
    REQUIRE(parts);
    const auto before = spool->stat(Queue::incoming, file.id());
    REQUIRE(before);
    CHECK(before->st_ino == parts->inode);
    CHECK_FALSE(is_ready(*before));
    REQUIRE(file.commit_now());
    CHECK(is_ready(*spool->stat(Queue::incoming, file.id())));
}

TEST_CASE("A file that is not committed goes away", "[queue]") {
    TestSpool spool;
    std::string id;
    {
        QueueFile file = write_message(*spool, 1);
        QueueFile moved = std::move(file);
        REQUIRE(moved.move(Queue::hold));
        id = moved.id();
        CHECK(spool->stat(Queue::hold, id));
    }
    CHECK_FALSE(spool->stat(Queue::hold, id));
    CHECK_FALSE(QueueScanner(*spool, Queue::incoming).next());
}

TEST_CASE("The envelope is read with all its recipients", "[queue]") {
    TestSpool spool;
    QueueFile file = write_message(*spool, 3, std::string(100000, 'x'));
    REQUIRE(file.commit_now());
    const Result<Envelope> envelope = read_envelope(file.fd());
    REQUIRE(envelope);
    REQUIRE(envelope->size);
    CHECK(envelope->sender == "anna@example.com");
    CHECK(envelope->arrival_seconds == 1795217929);
    CHECK(envelope->arrival_microseconds == 175618);
    CHECK(envelope->create_time == 1795217930);
    CHECK(envelope->content_filter == "smtp:filter.example");
    CHECK(envelope->log_client_name == "client.example");
    CHECK(envelope->warn_time == 1795300000);
    REQUIRE(envelope->recipients.size() == 6);
    CHECK(envelope->recipients[4].address == "x1");
    CHECK(envelope->recipients[4].original == "x");
    CHECK(envelope->recipients[4].dsn_orig_rcpt == "rfc822;x");
    CHECK(envelope->recipients[4].notify == 4);
}

TEST_CASE("Recipients come in parts, everything else with the first", "[queue]") {
    TestSpool spool;
    QueueFile file = write_message(*spool, 3);
    REQUIRE(file.flush());
    EnvelopeReader reader(file.fd());
    Envelope envelope;
    REQUIRE(reader.read(envelope, 2));
    CHECK(envelope.recipients.size() == 2);
    CHECK(envelope.content_filter == "smtp:filter.example");
    CHECK_FALSE(reader.at_end());
    REQUIRE(reader.read(envelope, 2));
    REQUIRE(envelope.recipients.size() == 4);
    CHECK(envelope.recipients[2].address == "e2");
    CHECK(envelope.recipients[3].address == "x0");
    CHECK(envelope.recipients[3].notify == 4);
    REQUIRE(reader.read(envelope, 100));
    CHECK(envelope.recipients.size() == 6);
    CHECK(reader.at_end());
}

TEST_CASE("A recipient marked done is not delivered again", "[queue]") {
    TestSpool spool;
    QueueFile file = write_message(*spool, 1);
    REQUIRE(file.flush());
    const Result<Envelope> envelope = read_envelope(file.fd());
    REQUIRE(envelope);
    REQUIRE(mark_done(file.fd(), envelope->recipients[0].offset));
    CHECK(mark_done(file.fd(), envelope->recipients[0].offset));
    CHECK_FALSE(mark_done(file.fd(), envelope->warn_offset));
    CHECK_FALSE(mark_done(file.fd(), 1 << 20));
    REQUIRE(rewrite_warn_time(file.fd(), envelope->warn_offset, -1));
    const Result<Envelope> after = read_envelope(file.fd());
    REQUIRE(after);
    REQUIRE(after->recipients.size() == 1);
    CHECK(after->recipients[0].address == "x0");
    CHECK(after->done_recipients == 1);
    CHECK(after->warn_time == -1);
}

TEST_CASE("A file without end record is corrupt", "[queue]") {
    TestSpool spool;
    std::string bytes;
    append_record(bytes, RecordType::sender, "a");
    append_record(bytes, RecordType::recipient, "b");
    append_record(bytes, RecordType::message, "");
    append_record(bytes, RecordType::text, "hello");
    CHECK(read_raw(spool, bytes).error() == "missing end of content");
    append_record(bytes, RecordType::extracted, "");
    CHECK(read_raw(spool, bytes).error() == "missing end record");
    append_record(bytes, RecordType::end, "");
    CHECK(read_raw(spool, bytes));
    CHECK_FALSE(read_raw(spool, bytes.substr(1)));
    CHECK_FALSE(read_raw(spool, ""));
}

TEST_CASE("Pointers are followed, and a loop of them ends", "[queue]") {
    TestSpool spool;
    std::string bytes;
    append_record(bytes, RecordType::sender, "a");
    const std::size_t pointer = bytes.size();
    append_record(bytes, RecordType::pointer, fixed_number(0));
    append_record(bytes, RecordType::message, "");
    append_record(bytes, RecordType::extracted, "");
    append_record(bytes, RecordType::end, "");
    CHECK(read_raw(spool, bytes)->recipients.empty());

    std::string edited = bytes;
    const auto set_pointer = [&](std::int64_t target) {
        std::string record;
        append_record(record, RecordType::pointer, fixed_number(target));
        edited.replace(pointer, record.size(), record);
    };
    set_pointer(static_cast<std::int64_t>(bytes.size()));
    append_record(edited, RecordType::recipient, "added");
    append_record(edited, RecordType::pointer, fixed_number(static_cast<std::int64_t>(pointer) + 17));
    const Result<Envelope> envelope = read_raw(spool, edited);
    REQUIRE(envelope);
    REQUIRE(envelope->recipients.size() == 1);
    CHECK(envelope->recipients[0].address == "added");

    set_pointer(static_cast<std::int64_t>(pointer));
    CHECK(read_raw(spool, edited).error().find("backward") != std::string::npos);
    set_pointer(-5);
    CHECK(read_raw(spool, edited).error().find("bad pointer") != std::string::npos);
}

TEST_CASE("Any cut or changed byte of a queue file gives an answer", "[queue]") {
    TestSpool spool;
    QueueFile file = write_message(*spool, 2);
    REQUIRE(file.flush());
    const auto size = static_cast<std::size_t>(file.end_offset());
    std::string bytes(size, 0);
    REQUIRE(::pread(file.fd(), bytes.data(), size, 0) == static_cast<ssize_t>(size));
    for (std::size_t i = 0; i < size; ++i) {
        std::string hostile = bytes;
        hostile[i] = static_cast<char>(hostile[i] ^ 0xff);
        (void)read_raw(spool, hostile).ok();
        CHECK_FALSE(read_raw(spool, bytes.substr(0, i)).ok());
    }
}

TEST_CASE("The size record is written over in place", "[queue]") {
    SizeRecord size;
    CHECK(size.text().size() == 95);
    CHECK_FALSE(SizeRecord::parse(size.text()));
    size.message_size = 10;
    size.data_offset = 200;
    size.qmgr_flags = 12;
    size.content_size = 11;
    const auto parsed = SizeRecord::parse(size.text());
    REQUIRE(parsed);
    CHECK(parsed->content_size == 11);
    CHECK(parsed->qmgr_flags == 12);
    CHECK(SizeRecord::parse("10 200 1")->content_size == 10);
    CHECK_FALSE(SizeRecord::parse("10"));
    CHECK_FALSE(SizeRecord::parse("10 200 1 64"));
    CHECK_FALSE(SizeRecord::parse("9223372036854775807 200 1"));
}

TEST_CASE("Moving makes hash directories, scanning finds what is in them", "[queue]") {
    Spool::Layout layout;
    layout.depth = 2;
    TestSpool spool(layout);
    QueueFile file = write_message(*spool, 1);
    REQUIRE(file.commit_now());
    REQUIRE(spool->move(Queue::incoming, Queue::deferred, file.id()));
    CHECK_FALSE(spool->move(Queue::incoming, Queue::deferred, "0000012"));
    std::ofstream(spool->directory(Queue::deferred) + "/123.456") << "x";
    QueueScanner scanner(*spool, Queue::deferred);
    const std::vector<std::string> found = scanner.next(10);
    CHECK(found == std::vector<std::string>{file.id()});
    SpoolScanner all(*spool, Queue::deferred);
    int entries = 0;
    while (all.next()) ++entries;
    CHECK(entries == 2);
}

TEST_CASE("an unfinished file is changed in the middle", "[queue]") {
    const TestSpool spool;
    // Moved at once, and on the worker pool.
    for (const std::size_t tail : {std::size_t{10}, std::size_t{3000000}}) {
        Result<QueueFile> file = QueueFile::create(*spool, Queue::incoming);
        REQUIRE(file);
        std::string expected = "head|middle|" + std::string(tail, 't') + "end";
        for (std::size_t i = 0; i < tail; i += 1000)
            expected[12 + i] = static_cast<char>('a' + i / 1000 % 26);
        file->write_encoded(expected);
        const auto now_is = [&] {
            file->flush();
            std::string bytes(expected.size() + 10, '\0');
            const ssize_t n = ::pread(file->fd(), bytes.data(), bytes.size(), 0);
            return n >= 0 && bytes.substr(0, static_cast<std::size_t>(n)) == expected &&
                   file->end_offset() == static_cast<std::int64_t>(expected.size());
        };
        for (const std::string& word : {"longer than before"s, ""s, "x"s, "y"s}) {
            const std::size_t length = expected.find('|', 5) - 5;
            CHECK(async::run(file->replace(5, static_cast<std::int64_t>(length), word)));
            expected.replace(5, length, word);
            CHECK(now_is());
        }
        CHECK(file->truncate(7));
        expected.resize(7);
        file->write_encoded("more");
        CHECK(file->truncate(9));
        expected += "mo";
        CHECK(now_is());
        CHECK(file->failed() == 0);
    }
}

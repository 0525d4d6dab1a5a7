// commands/postcat/print_test.cc - queue files as text.
#include "commands/postcat/print.h"

#include <catch2/catch.hpp>
#include <cstdlib>

#include "lib/queue/envelope.h"
#include "lib/queue/queue_file.h"
#include "lib/queue/test_spool.h"

using namespace postrider;
using namespace postrider::queue;
using postcat::What;

namespace {

std::string shown(const What& what) {
    ::setenv("TZ", "UTC", 1);
    ::tzset();
    TestSpool spool;
    postrider::Result<QueueFile> file = QueueFile::create(*spool, Queue::incoming);
    REQUIRE(file);
    file->write(RecordType::time, "1795217929 175618");
    file->write(RecordType::attribute, "create_time=1795217929");
    file->write(RecordType::sender, "s@x");
    file->write(RecordType::done, "d@x");
    file->write(RecordType::pointer, fixed_number(0));
    file->write(RecordType::message, "");
    file->write(RecordType::text, "Subject: x");
    file->write(RecordType::text, "\tmore");
    file->write(RecordType::text, "");
    file->write(RecordType::long_text, "long ");
    file->write(RecordType::text, "line");
    file->write(RecordType::extracted, "");
    file->write(RecordType::end, "");
    REQUIRE(file->flush());
    char* text = nullptr;
    std::size_t size = 0;
    std::FILE* output = ::open_memstream(&text, &size);
    const postrider::Result<void> printed = postcat::Printer(what, "F", output).print(file->fd());
    std::fclose(output);
    std::string out(text, size);
    std::free(text);
    CHECK(printed.ok());
    return out;
}

}  // namespace

TEST_CASE("postcat shows the parts asked for", "[postcat]") {
    What all;
    all.envelope = all.header = all.body = true;
    CHECK(shown(all) ==
          "*** ENVELOPE RECORDS F ***\nmessage_arrival_time: Fri Nov 20 23:38:49 2026\n"
          "create_time: Fri Nov 20 23:38:49 2026\nsender: s@x\ndone_recipient: d@x\n"
          "*** MESSAGE CONTENTS F ***\nSubject: x\n\tmore\n\nlong line\n*** HEADER EXTRACTED F ***\n"
          "*** MESSAGE FILE END F ***\n");
    What header;
    header.header = true;
    CHECK(shown(header) == "Subject: x\n\tmore\n");
    What body;
    body.body = true;
    CHECK(shown(body) == "\nlong line\n");
    What envelope;
    envelope.envelope = true;
    envelope.markers = false;
    envelope.path = envelope.types = true;
    CHECK(shown(envelope).find("F:  83 sender: s@x\n") != std::string::npos);
    body.verbose = true;
    CHECK(shown(body).find("unterminated_text: long \nregular_text: line\n") != std::string::npos);
}

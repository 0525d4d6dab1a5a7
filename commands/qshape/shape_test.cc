// commands/qshape/shape_test.cc - the table of qshape(1).
#include "commands/qshape/shape.h"

#include <catch2/catch.hpp>
#include <cstring>

using namespace postrider::qshape;

TEST_CASE("Buckets double, or grow by steps", "[qshape]") {
    CHECK(bucket_limits(10, 5, false) == std::vector<long>{5, 10, 20, 40, 80, 160, 320, 640, 1280});
    CHECK(bucket_limits(4, 10, true) == std::vector<long>{10, 20, 30});
    CHECK(bucket_limits(1, 5, false).empty());
}

TEST_CASE("Domains are listed by size with their ages", "[qshape]") {
    Shape shape(bucket_limits(3, 5, false));
    shape.add("small.example", 0);
    shape.add("Big.example", 299);
    shape.add("big.example", 300);
    shape.add("big.example", 100000);
    shape.add("tie.example", 0);
    shape.add(null_sender, 0);
    const std::string table = shape.table(10, 80);
    CHECK(table == shape.table(10, 10));
    const auto line = [](const char* text) { return std::string(80 - strlen(text), ' ') + text + "\n"; };
    CHECK(table == line("T  5 10 10+") + line("TOTAL  6  4  1   1") + line("big.example  3  1  1   1") +
                       line("tie.example  1  1  0   0") + line("MAILER-DAEMON  1  1  0   0") +
                       line("small.example  1  1  0   0"));
    CHECK(shape.table(1, 80).find("small") == std::string::npos);
    CHECK(shape.table(1, 100).find('\n') == 100);
}

TEST_CASE("Subdomains are summed up for their parents, too", "[qshape]") {
    Shape shape(bucket_limits(1, 5, false));
    for (const char* domain : {"a.x.test", "b.x.test", "x.test", "a.y.test", "c.b.x.test"})
        shape.add(domain, 1);
    shape.add_parents(2);
    const std::string table = shape.table(10, 80);
    CHECK(table.find(" .x.test  3  3\n") != std::string::npos);
    CHECK(table.find("TOTAL  5  5\n") != std::string::npos);
    CHECK(table.find(" b.x.test  1  1\n") != std::string::npos);
    CHECK(table.find(" .y.test") == std::string::npos);
    CHECK(table.find(" .b.x.test") == std::string::npos);
}

TEST_CASE("A long name keeps its end", "[qshape]") {
    Shape shape(bucket_limits(30, 5, false));
    shape.add("a-very-long-name-of-a.domain.example", 1);
    CHECK(shape.table(10, 80).find("+-of-a.domain.example ") == std::string::npos);
    CHECK(shape.table(10, 80).find("+of-a.domain.example ") == std::string::npos);
    CHECK(shape.table(10, 80).find("+-a.domain.example ") != std::string::npos);
}

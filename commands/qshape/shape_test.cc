// commands/qshape/shape_test.cc - the table of qshape(1).
#include "commands/qshape/shape.h"

#include <catch2/catch.hpp>

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
    CHECK(shape.table(10, 80) ==
          "              T 5 10 10+\n"
          "        TOTAL 4 2  1   1\n"
          "  big.example 3 1  1   1\n"
          "small.example 1 1  0   0\n");
    CHECK(shape.table(1, 80).find("small") == std::string::npos);
}

TEST_CASE("Subdomains are summed up under their parent", "[qshape]") {
    Shape shape(bucket_limits(1, 5, false));
    for (const char* domain : {"a.x.test", "b.x.test", "x.test", "a.y.test"}) shape.add(domain, 1);
    shape.merge_parents(2);
    const std::string table = shape.table(10, 80);
    CHECK(table.find(" .x.test 2 ") != std::string::npos);
    CHECK(table.find("a.y.test 1 ") != std::string::npos);
    CHECK(table.find("b.x.test") == std::string::npos);
}

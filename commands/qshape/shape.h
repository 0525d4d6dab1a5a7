// commands/qshape/shape.h - how many messages for which domain have waited how long.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::qshape {

// Ages in minutes up to which the columns go; behind the last one is a column for the rest.
std::vector<long> bucket_limits(int count, long first, bool linear);

class Shape {
  public:
    explicit Shape(std::vector<long> limits) : limits_(std::move(limits)) {}
    // One recipient (or sender) in `domain`, waiting for so many seconds.
    void add(std::string_view domain, std::int64_t age);
    // Moves the counts of domains to their parent domains that have at least so many subdomains here:
    // ".example.com".
    void merge_parents(std::size_t least);
    // A heading, the totals, and the `most` largest domains, in at most `width` columns where that is
    // possible.
    std::string table(std::size_t most, std::size_t width) const;

  private:
    using Row = std::vector<long>;  // the total, then a count a bucket
    Row totals() const;
    std::vector<long> limits_;
    std::map<std::string, Row, std::less<>> domains_;
};

}  // namespace postrider::qshape

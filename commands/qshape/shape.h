// commands/qshape/shape.h - how many messages for which domain have waited how long.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::qshape {

// What the null sender is counted under.
inline constexpr std::string_view null_sender = "MAILER-DAEMON";

// Ages in minutes up to which the columns go; behind the last one is a column for the rest.
std::vector<long> bucket_limits(int count, long first, bool linear);

class Shape {
  public:
    explicit Shape(std::vector<long> limits) : limits_(std::move(limits)), totals_(limits_.size() + 2) {}
    // One recipient (or sender) in `domain`, waiting for so many seconds.
    void add(std::string_view domain, std::int64_t age);
    // Adds a row for each parent domain (".example.com") that has at least so many subdomains here.
    void add_parents(std::size_t least);
    // A heading, the totals, and the `most` largest domains; lines are `width` columns wide where that is
    // possible, 80 at least.
    std::string table(std::size_t most, std::size_t width) const;

  private:
    using Row = std::vector<long>;  // the total, then a count a bucket
    std::vector<long> limits_;
    Row totals_;
    std::map<std::string, Row, std::less<>> domains_;
};

}  // namespace postrider::qshape

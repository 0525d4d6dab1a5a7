// lib/base/progress.h - tells somebody at a terminal that a long job goes on.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace postrider {

// A line on standard error that counts up, about once a second, and is wiped out at the end.  Nothing is said
// when standard error is no terminal, or when the job is done within a moment.
class Progress {
  public:
    // `what` follows the number: "messages read".
    explicit Progress(std::string_view what);
    // Says nothing when standard output is a terminal as well: there one sees how far the job is.
    static Progress beside_output(std::string_view what);
    ~Progress();
    Progress(Progress&&) = delete;

    // One more is done.
    void step() {
        if (shown_ && (++count_ & 63) == 0) show();
    }

  private:
    Progress(std::string_view what, bool shown) : what_(what), shown_(shown) {}
    void show();
    std::string what_;
    bool shown_;
    bool printed_ = false;
    long count_ = 0;
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace postrider

// lib/queue/test_spool.h - a spool of one test, in a directory of its own.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "lib/queue/spool.h"

namespace postrider::queue {

// Makes all queue directories below a temporary one; the destructor removes everything.
class TestSpool {
  public:
    explicit TestSpool(Spool::Layout layout = {}) {
        std::string name = "/tmp/postrider-spool-XXXXXX";
        root_ = ::mkdtemp(name.data());
        layout.root = root_;
        spool_ = Spool(layout);
        for (int i = 0; i <= static_cast<int>(Queue::saved); ++i)
            std::filesystem::create_directory(spool_.directory(static_cast<Queue>(i)));
    }
    ~TestSpool() { std::filesystem::remove_all(root_); }
    TestSpool(const TestSpool&) = delete;
    TestSpool& operator=(const TestSpool&) = delete;

    const Spool& operator*() const { return spool_; }
    const Spool* operator->() const { return &spool_; }
    const std::string& root() const { return root_; }

  private:
    std::string root_;
    Spool spool_;
};

}  // namespace postrider::queue

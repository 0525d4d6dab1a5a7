// smtpd/proxy_spool.h - content that waits for a filter: in memory, and when it is long in a file without a
// name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lib/base/fd.h"
#include "lib/base/result.h"

namespace postrider::smtpd {

class ProxySpool {
  public:
    // `directory` is where the file is made.
    explicit ProxySpool(std::string directory = "incoming") : directory_(std::move(directory)) {}

    // A failure shows in read().
    void write(std::string_view bytes);
    // The next bytes from the start on; empty at the end.
    Result<std::string> read();

  private:
    void spill();

    std::string directory_;
    Fd file_;
    std::string tail_;  // what is not in the file
    std::string problem_;
    std::int64_t in_file_ = 0;
    std::int64_t read_ = 0;
    bool tail_was_read_ = false;
};

}  // namespace postrider::smtpd

// master/lock.h - at most one master(8) per queue directory.
#pragma once

#include <string>

#include "lib/base/fd.h"
#include "lib/base/result.h"

namespace postrider::master {

// The locked pid file QUEUE/pid/master.pid.  The lock tells that a master runs; the number in it is for
// people and scripts, and a stale one means nothing.
class MasterLock {
  public:
    // The error says who holds it.
    static Result<MasterLock> take(const std::string& path);
    // True when some process holds the lock.
    static bool is_held(const std::string& path);
    // Writes our process ID; call again after fork.
    void write_pid();

  private:
    explicit MasterLock(Fd file) : file_(std::move(file)) {}
    Fd file_;
};

}  // namespace postrider::master

// commands/postfix/check/quiet.h - keeps what library code logs from the reader, for as long as it lives.
//
// A check asks the code of the daemons, which tells its log what it meets; here the findings tell. Fatal
// lines are told all the same: nothing else would say why the program ends.
#pragma once

#include <string>
#include <vector>

#include "lib/base/log.h"

namespace postrider::postfix {

class Quiet {
  public:
    Quiet();
    ~Quiet();
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;
    // What was logged meanwhile, without info lines.
    static std::vector<std::string>& heard();
};

}  // namespace postrider::postfix

// lib/mail/probe_sender.h - the sender of address verification probes: what verify(8) sends from, and what
// smtpd(8) always takes mail for, so that hosts that verify each other's senders come to an end.
#pragma once

#include <ctime>
#include <string>

#include "lib/config/settings.h"

namespace postrider::mail {

class ProbeSender {
  public:
    explicit ProbeSender(const Settings& settings);
    // The sender of a probe that is sent at `now`; "" for the null address.
    std::string at(std::time_t now) const;
    // Mail for the recipient is an answer to a probe, of this, the last or the next period.
    bool matches(const std::string& recipient, std::time_t now) const;

  private:
    std::string local_;
    std::string domain_;
    std::time_t period_;
};

}  // namespace postrider::mail

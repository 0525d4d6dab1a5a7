// smtp/chooser.h - takes the value of smtp_x or of lmtp_x, whichever this program is.
#pragma once

#include "lib/config/settings.h"

namespace postrider::smtp {

class Chooser {
  public:
    Chooser(const Settings& settings, bool is_lmtp) : settings_(settings), is_lmtp_(is_lmtp) {}
    template <class Value, class OfSmtp, class OfLmtp>
    void operator()(Value& value, const OfSmtp& of_smtp, const OfLmtp& of_lmtp) const {
        value = settings_[is_lmtp_ ? of_lmtp : of_smtp];
    }

  private:
    const Settings& settings_;
    bool is_lmtp_;
};

}  // namespace postrider::smtp

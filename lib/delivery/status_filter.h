// lib/delivery/status_filter.h - <agent>_delivery_status_filter: outcomes rewritten by a table.
//
// The key is "D.S.N text"; the value replaces both.  A success stays a success; a deferral may become a
// bounce and the other way round.
#pragma once

#include <memory>
#include <string>

#include "lib/async/task.h"
#include "lib/config/settings.h"
#include "lib/delivery/agent.h"

namespace postrider::delivery {

class StatusFilter {
  public:
    // `parameter`: its name, for the log.  `tables`: its value, a list of type:name.  Empty: nothing is
    // changed.
    StatusFilter(std::string_view parameter, const std::string& tables, const Settings& settings);
    ~StatusFilter();
    bool empty() const;
    // The outcome with status and reason replaced when a table says so; unchanged when no table knows it,
    // when the table is not available, or when the answer makes no sense (logged).
    Task<Outcome> filter(Outcome outcome) const;

  private:
    struct Tables;
    std::string parameter_;
    std::unique_ptr<Tables> tables_;
};

}  // namespace postrider::delivery

// smtp/output_checks.h - smtp_header_checks and its kind: content changed on its way out.
//
// The actions that decide about a whole message (REJECT, DISCARD, HOLD, ...) come too late here and only
// warn.
#pragma once

#include <string>
#include <string_view>

#include "lib/base/result.h"
#include "lib/mail/mime.h"
#include "lib/tables/table_list.h"
#include "smtp/options.h"

namespace postrider::smtp {

// What becomes of a header or a body line.
struct CheckedText {
    bool dropped = false;
    std::string text;       // as it was, or its replacement
    std::string prepended;  // a header or line to stand before it; empty: none
};

class OutputChecks {
  public:
    // `options` outlives the checks.
    explicit OutputChecks(const Options& options) : options_(options) {}

    bool empty() const { return options_.header_check_tables.empty() && !looks_inside(); }
    // Headers of parts, or body lines, are looked at.
    bool looks_inside() const;
    // The error: a table could not be asked.
    Task<Result<CheckedText>> header(mail::HeaderClass header_class, std::string text,
                                     std::string queue_id) const;
    Task<Result<CheckedText>> body(std::string line, std::string queue_id) const;

  private:
    const tables::TableList& tables_for(mail::HeaderClass header_class) const;
    Task<Result<CheckedText>> check(const tables::TableList& tables, std::string_view kind, std::string text,
                                    std::string queue_id) const;
    const Options& options_;
};

}  // namespace postrider::smtp

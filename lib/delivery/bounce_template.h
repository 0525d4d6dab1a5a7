// lib/delivery/bounce_template.h - the words of delivery status notifications, bounce(5).
//
// Four templates: failure, delay, success, verify.  Built in, and replaced one by one by
// bounce_template_file. Used by bounce(8) and shown by postconf(1) -b and -t.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/result.h"
#include "lib/config/settings.h"

namespace postrider::delivery {

inline const Parameter<std::string> bounce_template_file{{
    .name = "bounce_template_file",
    .default_text = "",
    .summary = "file with the words of delivery status notifications",
}};

enum class TemplateKind { failure, delay, success, verify };

struct BounceTemplate {
    std::string charset = "us-ascii";
    std::string from;  // empty: as header_from_format says
    std::string subject;
    std::string postmaster_subject;  // empty: this template has no copies for the postmaster
    std::string text;                // lines, with main.cf $names
};

class BounceTemplates {
  public:
    // The built-in ones.
    BounceTemplates();
    // Takes over those that the text of a template file defines.  What is wrong with others is returned, to
    // be put behind the name of the file: ": missing message text in delay template -- ignoring this
    // template".
    std::vector<std::string> read(std::string_view text);
    const BounceTemplate& operator[](TemplateKind kind) const;

  private:
    std::array<BounceTemplate, 4> templates_;
};

// The built-in templates with those of bounce_template_file; a file that cannot be used is logged, not fatal.
BounceTemplates load_bounce_templates(const Settings& settings);

// The From: of templates that name none, by header_from_format.
std::string default_bounce_from(const Settings& settings);

// The text with its $names expanded: main.cf, and delay_warning_time and maximal_queue_lifetime with a suffix
// _seconds _minutes _hours _days _weeks.
std::string expand_template(const BounceTemplate& notice, const Settings& settings);

// All templates as postconf shows them: -t as they are written, -b the texts expanded.
std::string show_templates(const BounceTemplates& templates, const Settings& settings);
std::string show_expanded_templates(const BounceTemplates& templates, const Settings& settings);

}  // namespace postrider::delivery

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
    std::string_view kind;              // "failure"
    std::string origin = "[built-in]";  // or the file it was read from
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
    // Takes over those that the text of a template file defines.  What is wrong with others is returned, as
    // lines for the log.  An error when the file makes no sense: nothing in it counts then.
    Result<void> read(std::string_view text, const std::string& file, std::vector<std::string>& problems);
    const BounceTemplate& operator[](TemplateKind kind) const;

  private:
    std::array<BounceTemplate, 4> templates_;
};

// What is to be done about a template file that makes no sense, or a text that cannot be expanded.
enum class BadTemplate {
    fatal,     // the user wants to know: postconf(1)
    built_in,  // mail must be returned all the same: log it and use what is built in
};

// The built-in templates with those of bounce_template_file.
BounceTemplates load_bounce_templates(const Settings& settings, BadTemplate what_then);

// The From: of templates that name none, by header_from_format.
std::string default_bounce_from(const Settings& settings);

// The text with its $names expanded: main.cf, and delay_warning_time and maximal_queue_lifetime with a suffix
// _seconds _minutes _hours _days _weeks.  The error is for the log.  A time that its unit makes zero or very
// large is logged.
Result<std::string> expand_template(const BounceTemplate& notice, const Settings& settings);
// The same; a text that cannot be expanded is logged, and the built-in one takes its place.
std::string expand_template_or_built_in(const BounceTemplate& notice, const Settings& settings);

// All templates as postconf shows them: -t as they are written, -b the texts expanded.
std::string show_templates(const BounceTemplates& templates, const Settings& settings);
std::string show_expanded_templates(const BounceTemplates& templates, const Settings& settings);

}  // namespace postrider::delivery

// services/bounce/notice.cc - see notice.h.
#include "services/bounce/notice.h"

#include <fmt/core.h>

#include "lib/base/text.h"
#include "lib/base/wrap.h"
#include "lib/config/global_parameters.h"
#include "lib/delivery/parameters.h"
#include "lib/mail/address.h"
#include "lib/mail/date.h"
#include "lib/mail/dsn.h"
#include "lib/queue/envelope.h"
#include "services/bounce/parameters.h"

namespace postrider::bounce {
namespace {

using delivery::TemplateKind;

constexpr std::size_t columns = 79;
constexpr std::size_t continuation = 4;

std::string_view without_line_end(std::string_view text) {
    if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
    return text;
}

// Builds the lines; one object for one notice.
class Writer {
  public:
    Writer(const Notice& notice, const Original& original, const delivery::BounceTemplates& templates,
           const Settings& settings)
        : notice_(notice),
          original_(original),
          template_(templates[notice.kind]),
          settings_(settings),
          utf8_((notice.about.sendopts & queue::sendopt::smtputf8_requested) != 0),
          eight_bit_(utf8_ || notice.about.encoding == "8bit" || settings[config::smtputf8_enable]),
          boundary_(
              fmt::format("{}.{}/{}", notice.about.queue_id, notice.now, settings[config::myhostname])) {}

    std::vector<Line> write() {
        header();
        put("This is a MIME-encapsulated message.");
        put("");
        words();
        status();
        if (original_.found) message();
        put("--" + boundary_ + "--");
        return std::move(lines_);
    }

  private:
    void put(std::string text) { lines_.push_back({std::move(text), true}); }
    void put_wrapped(std::string_view text) {
        for (std::string& line : wrap(text, columns, continuation)) put(std::move(line));
    }
    bool for_postmaster() const { return notice_.audience == Audience::postmaster; }
    // The encoding of what may hold bytes of the message, or readable names of hosts.
    // Compat: Postfix says 8bit whenever smtputf8_enable is set, whatever is in the message.
    void put_encoding() {
        if (eight_bit_)
            put("Content-Transfer-Encoding: 8bit");
        else if (notice_.about.encoding == "7bit")
            put("Content-Transfer-Encoding: 7bit");
    }
    std::string charset() const {
        const bool too_narrow = eight_bit_ && equals_ignoring_case(template_.charset, "us-ascii");
        return utf8_ || too_narrow ? "utf-8" : template_.charset;
    }

    void header() {
        put("From: " + (template_.from.empty() ? default_from() : template_.from));
        put("Subject: " + (for_postmaster() && !template_.postmaster_subject.empty()
                               ? template_.postmaster_subject
                               : template_.subject));
        put("To: " + mail::quote_address(notice_.to));
        if (settings_[enable_threaded_bounces] && !original_.message_id.empty()) {
            put("References: " + original_.message_id);
            put("In-Reply-To: " + original_.message_id);
        }
        put(for_postmaster() ? "Auto-Submitted: auto-generated" : "Auto-Submitted: auto-replied");
        put("MIME-Version: 1.0");
        put("Content-Type: multipart/report; report-type=delivery-status;");
        put("\tboundary=\"" + boundary_ + "\"");
        put_encoding();
        put("");
    }

    std::string default_from() const {
        const std::string address = "MAILER-DAEMON@" + settings_[config::myorigin];
        return replace_all(delivery::default_bounce_from(settings_), "MAILER-DAEMON", address);
    }

    void words() {
        put("--" + boundary_);
        put("Content-Description: Notification");
        put("Content-Type: text/plain; charset=" + charset());
        if (!is_ascii(template_.text))
            put("Content-Transfer-Encoding: 8bit");
        else
            put_encoding();
        put("");
        if (!for_postmaster()) {
            const std::string text = delivery::expand_template_or_built_in(template_, settings_);
            for (const std::string_view line : split(without_line_end(text), '\n')) put(std::string(line));
        }
        for (const queue::LogEntry& entry : notice_.recipients) {
            put("");
            std::string who = "<" + mail::quote_address(entry.recipient) + ">";
            if (!entry.original_recipient.empty() &&
                !equals_ignoring_case(entry.original_recipient, entry.recipient))
                who += " (expanded from <" + mail::quote_address(entry.original_recipient) + ">)";
            put_wrapped(who + ": " + entry.reason);
        }
        put("");
    }

    void status() {
        const std::string brand = replace_all(settings_[config::mail_name], " ", "-");
        put("--" + boundary_);
        put("Content-Description: Delivery report");
        put(utf8_ ? "Content-Type: message/global-delivery-status" : "Content-Type: message/delivery-status");
        if (utf8_) put("Content-Transfer-Encoding: 8bit");
        put("");
        put("Reporting-MTA: dns; " + settings_[config::myhostname]);
        if (!notice_.about.envelope_id.empty()) put("Original-Envelope-Id: " + notice_.about.envelope_id);
        put(fmt::format("X-{}-Queue-ID: {}", brand, notice_.about.queue_id));
        const std::string sender = shown_sender();
        put(fmt::format("X-{}-Sender: {}; {}", brand, address_type(sender), mail::quote_address(sender)));
        if (original_.arrival > 0) put("Arrival-Date: " + mail::format_date(original_.arrival));
        for (const queue::LogEntry& entry : notice_.recipients) recipient_status(entry, brand);
        put("");
    }

    // Compat: the null sender is shown as the address that it stands for.
    std::string shown_sender() const {
        if (!notice_.about.sender.empty()) return notice_.about.sender;
        return "MAILER-DAEMON@" + settings_[config::myhostname];
    }

    std::string_view address_type(const std::string& address) const {
        return utf8_ && !is_ascii(address) ? "utf-8" : "rfc822";
    }

    // RFC 3464 2.3.
    void recipient_status(const queue::LogEntry& entry, const std::string& brand) {
        put("");
        put(fmt::format("Final-Recipient: {}; {}", address_type(entry.recipient),
                        mail::quote_address(entry.recipient)));
        if (!entry.dsn_orig_rcpt.empty())
            put("Original-Recipient: " + entry.dsn_orig_rcpt);
        else if (!entry.original_recipient.empty())
            put(fmt::format("Original-Recipient: {}; {}", address_type(entry.original_recipient),
                            mail::quote_address(entry.original_recipient)));
        // What stayed in the defer log until the message was too old has failed.
        put("Action: " + (notice_.kind == TemplateKind::failure ? "failed" : entry.action));
        put("Status: " + entry.status);
        if (!entry.remote_mta.empty())
            put(entry_field("Remote-MTA", entry.remote_mta_type, entry.remote_mta));
        if (!entry.diagnostic_text.empty())
            put_wrapped(entry_field("Diagnostic-Code", entry.diagnostic_type, entry.diagnostic_text));
        else
            put_wrapped(entry_field("Diagnostic-Code", "X-" + brand, entry.reason));
        if (notice_.kind == TemplateKind::delay)
            put("Will-Retry-Until: " +
                mail::format_date(original_.arrival + settings_[delivery::maximal_queue_lifetime].count()));
    }

    static std::string entry_field(std::string_view name, std::string_view type, std::string_view text) {
        return fmt::format("{}: {}; {}", name, type, text);
    }

    void message() {
        const bool headers_only = original_.headers_only;
        const bool is_report = notice_.kind == TemplateKind::success || notice_.kind == TemplateKind::verify;
        const std::string_view undelivered = is_report ? "" : "Undelivered ";
        put("--" + boundary_);
        put(fmt::format("Content-Description: {}{}", undelivered,
                        headers_only ? "Message Headers" : "Message"));
        put("Content-Type: " + std::string(utf8_ ? headers_only ? "message/global-headers" : "message/global"
                                           : headers_only ? "text/rfc822-headers"
                                                          : "message/rfc822"));
        put_encoding();
        put("");
        put("Return-Path: <" + mail::quote_address(shown_sender()) + ">");
        bool line_open = false;
        for (const queue::Record& record : original_.content) {
            line_open = record.type == queue::RecordType::long_text;
            lines_.push_back({record.data, !line_open});
        }
        if (line_open) put("");
        put("");
    }

    const Notice& notice_;
    const Original& original_;
    const delivery::BounceTemplate& template_;
    const Settings& settings_;
    bool utf8_;
    bool eight_bit_;
    std::string boundary_;
    std::vector<Line> lines_;
};

}  // namespace

std::vector<Line> notice_lines(const Notice& notice, const Original& original,
                               const delivery::BounceTemplates& templates, const Settings& settings) {
    return Writer(notice, original, templates, settings).write();
}

}  // namespace postrider::bounce

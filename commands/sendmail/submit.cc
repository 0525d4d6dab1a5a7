// commands/sendmail/submit.cc - one message from standard input to postdrop(1).
#include "commands/sendmail/submit.h"

#include <fmt/core.h>
#include <pwd.h>
#include <unistd.h>

#include <cctype>
#include <cstdlib>

#include "commands/sendmail/message_text.h"
#include "commands/sendmail/parameters.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/mail/parameters.h"
#include "lib/mail/rfc822.h"
#include "lib/queue/authorized_users.h"
#include "lib/queue/envelope.h"
#include "lib/queue/parameters.h"
#include "lib/queue/postdrop_client.h"

namespace postrider::sendmail {

using queue::PostdropClient;
using queue::RecordType;

namespace {

// trace_flags: the bits user_verify and record of a delivery request.
constexpr int verify_only = 512;
constexpr int report_delivery = 1024;

// The name of the user, from NAME or the account: up to the first comma, '&' standing for the login name.
std::string full_name_of(uid_t user) {
    if (const char* name = std::getenv("NAME"); name != nullptr && *name != '\0') return name;
    const struct passwd* entry = ::getpwuid(user);
    if (entry == nullptr) return "";
    std::string out;
    for (const char* at = entry->pw_gecos; *at != '\0' && *at != ',' && *at != ';' && *at != '%'; ++at) {
        if (*at != '&') {
            out += *at;
            continue;
        }
        std::string login = entry->pw_name;
        if (!login.empty()) login[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(login[0])));
        out += login;
    }
    return out;
}

// The sender in internal form: -f, or the user; "" for <>.
std::string sender_of(const Options& options, uid_t user) {
    if (!options.sender) {
        const std::string name = queue::login_name(user);
        if (name == "unknown") fatal("unable to find out your login name");
        return name;
    }
    const std::vector<std::string> addresses = mail::addresses_in(*options.sender);
    const bool quoted = options.sender->find_first_of("\"\\") != std::string::npos;
    const bool words = !addresses.empty() && addresses.front().find(' ') != std::string::npos && !quoted;
    if (addresses.size() > 1 || words)
        log::warning("-f option specified malformed sender: {}", *options.sender);
    return addresses.empty() ? std::string() : addresses.front();
}

class Submitter {
  public:
    Submitter(const Options& options, const Settings& settings)
        : options_(options), settings_(settings), user_(::getuid()), sender_(sender_of(options, user_)) {}

    void run() {
        check_options();
        Result<PostdropClient> started = PostdropClient::start(settings_);
        if (!started) fatal("{}: unable to queue the message: {}", who(), started.error());
        PostdropClient& postdrop = *started;
        put_envelope(postdrop);
        postdrop.put(RecordType::message, "");
        options_.verify_only ? put_probe(postdrop) : put_message(postdrop);
        postdrop.put(RecordType::end, "");
        finish(postdrop);
    }

  private:
    std::string who() const { return fmt::format("{}({})", sender_, user_); }

    void check_options() const {
        if (options_.verp) verp_delimiters();
        if (options_.verify_only) {
            const char* conflict = options_.recipients_from_headers ? "-t"
                                   : options_.notify != 0           ? "-N"
                                   : options_.ret != 0              ? "-R"
                                   : options_.verbose > 0           ? "-v"
                                                                    : nullptr;
            if (conflict != nullptr) fatal("{} option cannot be used with -bv", conflict);
        }
        if (options_.verp && sender_.empty()) fatal("{}: -V option requires non-null sender address", who());
        if (options_.recipients.empty() && !options_.recipients_from_headers)
            fatal("{}: Recipient addresses must be specified on the command line or via the -t option",
                  who());
    }

    int trace_flags() const {
        if (options_.verify_only) return verify_only;
        // Compat: who asks twice wants to see the program at work.
        return options_.verbose == 1 ? report_delivery : 0;
    }

    std::string verp_delimiters() const {
        const std::string delimiters =
            options_.verp->empty() ? settings_[config::default_verp_delimiters] : *options_.verp;
        const std::string& allowed = settings_[config::verp_delimiter_filter];
        if (delimiters.size() != 2 || delimiters.find_first_not_of(allowed) != std::string::npos)
            fatal("-V requires two characters from {}", allowed);
        return delimiters;
    }

    void put_envelope(PostdropClient& postdrop) const {
        if (options_.smtputf8 || options_.require_tls) {
            queue::SizeRecord size;
            size.message_size = size.data_offset = size.recipient_count = size.content_size = -1;
            size.sendopts = (options_.smtputf8 ? queue::sendopt::smtputf8_requested : 0) |
                            (options_.require_tls ? queue::sendopt::require_tls : 0);
            postdrop.put(RecordType::size, size.text());
        }
        if (!options_.envelope_id.empty()) postdrop.put_attribute("envelope_id", options_.envelope_id);
        if (options_.ret != 0) postdrop.put_attribute("ret_flags", std::to_string(options_.ret));
        postdrop.put_attribute("rewrite_context", options_.remote ? "remote" : "local");
        // Compat: an empty name that was asked for is one.
        std::string name = options_.full_name ? *options_.full_name : full_name_of(user_);
        std::replace_if(name.begin(), name.end(), is_space, ' ');
        if (options_.full_name || !name.empty()) postdrop.put(RecordType::full_name, printable(name));
        postdrop.put(RecordType::sender, printable(sender_));
        if (!options_.encoding.empty()) postdrop.put_attribute("encoding", options_.encoding);
        if (trace_flags() != 0) postdrop.put_attribute("trace_flags", std::to_string(trace_flags()));
        if (options_.verp) postdrop.put(RecordType::verp, verp_delimiters());
        for (const std::string& word : options_.recipients) {
            const std::vector<std::string> addresses = mail::addresses_in(word);
            // Compat: a word without an address is the null address; the mail system knows who gets that.
            if (addresses.empty()) postdrop.put(RecordType::recipient, "");
            put_recipients(postdrop, addresses);
        }
    }

    void put_recipients(PostdropClient& postdrop, const std::vector<std::string>& recipients) const {
        for (const std::string& recipient : recipients) {
            if (options_.notify != 0) postdrop.put_attribute("notify_flags", std::to_string(options_.notify));
            postdrop.put(RecordType::recipient, printable(recipient));
        }
    }

    void put_probe(PostdropClient& postdrop) const {
        postdrop.put(RecordType::text, "From: " + printable(sender_));
        postdrop.put(RecordType::text, "Subject: probe");
        postdrop.put(RecordType::long_text, "To:");
        const std::string* const last = &options_.recipients.back();
        for (const std::string& recipient : options_.recipients)
            postdrop.put(RecordType::text, "\t" + printable(recipient) + (&recipient == last ? "" : ","));
        postdrop.put(RecordType::extracted, "");
    }

    MessageLines::Rules line_rules() const {
        MessageLines::Rules rules;
        rules.ends_at_dot = options_.ends_at_dot;
        rules.limit = static_cast<std::size_t>(settings_[config::line_length_limit]);
        const std::string& fix = settings_[sendmail_fix_line_endings];
        if (fix == "strict") {
            rules.line_ends = MessageLines::LineEnds::strip_if_first_has_cr;
        } else if (fix == "never") {
            rules.line_ends = MessageLines::LineEnds::keep;
        } else if (fix != "always") {
            fatal("main.cf: sendmail_fix_line_endings = {}: specify always, strict or never", fix);
        }
        return rules;
    }

    void put_message(PostdropClient& postdrop) const {
        MessageLines lines(STDIN_FILENO, line_rules());
        HeaderRecipients header(static_cast<std::size_t>(settings_[mail::header_address_token_limit]));
        std::string line;
        while (auto piece = lines.next()) {
            const bool parsed = options_.recipients_from_headers;
            // Compat: -t sends the header through a parser, which sets it off from a body that follows at
            // once.
            const bool in_header = parsed && line.empty() && header.takes(piece->text);
            if (parsed && line.empty() && header.ends_before(piece->text)) postdrop.put(RecordType::text, "");
            if (in_header) piece->text = header.as_written(piece->text);
            const bool ends_input = piece->line_end && !piece->has_newline;
            const bool unfinished = !piece->line_end || (ends_input && !in_header);
            postdrop.put(unfinished ? RecordType::long_text : RecordType::text, piece->text);
            if (!parsed) continue;
            if (unfinished && ends_input) postdrop.put(RecordType::text, "");
            if (line.size() < static_cast<std::size_t>(settings_[config::header_size_limit]))
                line += piece->text;
            if (!piece->line_end) continue;
            header.take_line(line);
            line.clear();
        }
        if (lines.read_error() != 0)
            fatal("{}: error reading input: {}", who(), errno_text(lines.read_error()));
        postdrop.put(RecordType::extracted, "");
        if (!options_.recipients_from_headers) return;
        const std::vector<std::string>& found = header.finish();
        if (found.empty() && options_.recipients.empty())
            fatal("{}: No recipient addresses found in message header", who());
        put_recipients(postdrop, found);
    }

    void finish(PostdropClient& postdrop) const {
        const queue::CleanupOutcome outcome = postdrop.finish();
        if (!outcome.ok()) {
            std::string reason = outcome.reason;
            if (reason.empty()) reason = queue::cleanup_status::explain(outcome.status).text;
            fatal("{}: {}", who(), reason);
        }
        if (trace_flags() != 0) fmt::print("Mail Delivery Status Report will be mailed to <{}>.\n", sender_);
    }

    const Options& options_;
    const Settings& settings_;
    uid_t user_;
    std::string sender_;
};

}  // namespace

void submit(const Options& options, const Settings& settings) {
    Submitter(options, settings).run();
}

}  // namespace postrider::sendmail

// cleanup/message.h - one message on its way into the queue.
//
// Records come in the order of a queue file (envelope, content, extracted information) and go out into the
// new file completed and rewritten.  Most records need no waiting: take() deals with them at once.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "cleanup/mapping.h"
#include "cleanup/rules.h"
#include "lib/base/fd.h"
#include "lib/mail/header.h"
#include "lib/mail/mime.h"
#include "lib/queue/cleanup_client.h"
#include "lib/queue/queue_file.h"
#include "lib/queue/record.h"

namespace postrider::milter {
class Filter;
struct Response;
struct Verdict;
}  // namespace postrider::milter

namespace postrider::cleanup {

using queue::RecordType;

// The answer to whoever sent the message.
struct Outcome {
    int status = 0;      // cleanup_status bits; 0: the message is on disk
    std::string reason;  // why not, with an enhanced status code in front; may be empty
};

class Message {
  public:
    // Makes the queue file; the error when that is not possible.  `rules` outlives the message.
    static Result<std::unique_ptr<Message>> create(const Rules& rules, int flags);
    Message(const Message&) = delete;
    Message& operator=(const Message&) = delete;
    ~Message();

    // Mail filters that smtpd(8) hands over, before the content; false when the description makes no sense.
    bool take_filters(std::string_view description, std::vector<Fd> connections);
    // How their conversations stand after finish().
    std::vector<std::string> filter_states() const;

    const std::string& id() const { return id_; }
    queue::Queue queue() const { return file_.queue(); }

    // One record.  False: work() must be awaited before the next one.
    bool take(RecordType type, std::string_view data);
    Task<> work();
    // The end record was taken: finish() is next.
    bool complete() const { return segment_ == Segment::ended; }
    // Commits the file, or bounces or drops the message.  Afterwards only id() may be asked.
    Task<Outcome> finish();

  private:
    enum class Segment { envelope, content, extracted, ended };
    enum class Action { keep, drop, replace };

    // What was said of the recipient to come.
    struct PendingRecipient {
        std::string original;
        bool has_original = false;
        std::string dsn_original;
        int notify = 0;
    };

    Message(const Rules& rules, int flags, queue::QueueFile file);

    // message.cc: records out, errors
    bool has(int flag) const { return (flags_ & flag) != 0; }
    bool writing() const;
    std::int64_t write(RecordType type, std::string_view data);
    void write_attribute(std::string_view name, std::string_view value);
    void write_line(std::string_view line, bool line_ends);
    void fail(int status, std::string reason = "");
    void fail(const MapOutcome& outcome) { fail(outcome.status, outcome.reason); }
    void bad_input(std::string_view what);
    void write_size_record();
    void note_utf8(std::string_view text, int option);
    const std::string* attribute(std::string_view name) const;
    Task<Outcome> commit();

    // envelope.cc
    bool take_envelope(RecordType type, std::string_view data);
    bool take_extracted(RecordType type, std::string_view data);
    bool take_recipient_detail(RecordType type, std::string_view data);
    void take_time(std::string_view data);
    void take_size(std::string_view data);
    void take_flags(std::string_view data);
    // False: it is not stored.
    bool take_attribute(std::string_view data);
    void take_rewrite_context(std::string_view value);
    bool set_notify(std::string_view data);
    void begin_recipients();
    void end_of_extracted();
    Task<> add_sender(std::string address);

    // recipients.cc
    Task<> add_recipient(std::string address);
    Task<> add_copy(std::string address);
    Task<> add_sender_copy();
    Task<> add_recipient_copy();
    std::string copy_address(tables::AddressResult answer, std::string_view name);
    Task<> add_expanded(std::string address, PendingRecipient details);
    Task<> trace_expansion(const std::string& address, const PendingRecipient& details);
    void write_recipient(const std::string& address, const PendingRecipient& details);

    // content.cc
    void begin_content();
    bool take_content(RecordType type, std::string_view data);
    void end_content();
    bool feed(std::string_view line, bool line_ends);
    bool handle_now(const mail::MimeEvent& event);
    Task<> handle(const mail::MimeEvent& event);
    std::string_view cleaned(std::string_view line);
    void note_flaw(const mail::MimeEvent& event);
    void body_line(std::string_view line, bool line_ends);

    // headers.cc
    bool header_needs_waiting(const mail::HeaderInfo& info, mail::HeaderClass header_class) const;
    void note_header(const mail::HeaderInfo& info, const mail::HeaderParts& parts,
                     mail::HeaderClass header_class);
    void note_encoding(std::string_view value);
    void note_received();
    bool is_dropped(const mail::HeaderInfo& info, std::string_view name) const;
    // Within header_size_limit; what we add ourselves is written whole.
    void write_header(std::string_view header);
    void write_own_header(std::string_view header);
    Task<> rewrite_header(std::string header, mail::AddressRole role);
    void add_missing_headers();
    void add_message_id();
    std::string from_header() const;
    bool seen(mail::HeaderId id) const { return (headers_seen_ >> static_cast<int>(id) & 1) != 0; }
    bool local_context() const { return rewrite_ == Rewrite::local; }

    // checks.cc
    struct Verdict {
        Action action = Action::keep;
        std::string text;  // of replace
    };
    bool is_checked(const mail::HeaderInfo& info, mail::HeaderClass header_class) const;
    bool body_is_checked() const {
        return has(queue::cleanup_flag::filter) && !rules_.checks.body.tables.empty();
    }
    const Checks& header_checks(const mail::HeaderInfo& info, mail::HeaderClass header_class) const;
    Task<Verdict> check(const Checks& checks, std::string_view kind, std::string text);
    // `map`: the parameter's name.
    Verdict apply_check(const std::string& result, std::string_view kind, std::string_view text,
                        std::string_view map);
    void reject(std::string_view kind, std::string_view text, std::string_view reason);
    void log_action(std::string_view action, std::string_view kind, std::string_view text,
                    std::string_view why);

    // filtering.cc, wishes.cc: mail filters
    struct Filtering;
    // A header that a filter asks for, after milter_header_checks.
    struct FilterHeader {
        std::string text;
        std::string before;  // another one to go before it
        bool keep = true;
    };
    void log_filter(std::string_view action, std::string_view where, std::string_view text);
    void obey(const milter::Verdict& verdict, std::string_view where);
    // "name[address]" of the client that filters are told of.
    std::string emulated_client() const;
    bool may_emulate() const;
    Task<> emulate(int stage, std::string data, std::string_view where);
    Task<> emulate_session(std::string sender);
    Task<> emulate_recipient(std::string address);
    void load_headers();
    Task<milter::Verdict> show_headers(milter::Filter& filter);
    Task<milter::Verdict> show_body(milter::Filter& filter);
    Task<milter::Verdict> show_message(milter::Filter& filter);
    Task<> run_filters();
    Task<> fulfil(milter::Response wish, bool exact);
    Task<FilterHeader> check_filter_header(FilterHeader header);
    void replace_body(std::string_view bytes);
    void open_end();
    Task<> add_filter_recipient(milter::Response wish);
    void delete_recipient(const std::string& address);
    Task<> change_sender(milter::Response wish);
    Task<> write_changes();
    void change_failed();
    void encode_line(std::string& out, std::string_view line) const;

    // bounce.cc
    bool can_bounce() const;
    Task<> bounce();

    enum class Rewrite { local, remote, none };

    const Rules& rules_;
    int flags_;
    queue::QueueFile file_;
    std::string id_;
    std::int64_t created_;  // seconds
    Segment segment_ = Segment::envelope;
    int status_ = 0;
    std::string reason_;

    // What work() has to do.
    std::optional<RecordType> waiting_record_;
    std::string waiting_data_;
    std::size_t waiting_event_ = 0;
    const std::vector<mail::MimeEvent>* events_ = nullptr;

    // Envelope.
    std::optional<std::string> sender_;
    std::int64_t sender_offset_ = 0, sender_length_ = 0;  // of its record
    std::string full_name_, envelope_id_, verp_delimiters_, last_recipient_;
    int ret_flags_ = 0;
    std::int64_t arrival_ = 0;
    bool in_recipients_ = false, warn_seen_ = false;
    std::map<std::string, std::string, std::less<>> attributes_;
    std::size_t attribute_count_ = 0;
    Rewrite rewrite_ = Rewrite::local;
    int sendopts_ = 0, qmgr_flags_ = 0;
    PendingRecipient pending_;
    std::unordered_set<std::string> duplicates_;
    std::int64_t recipient_count_ = 0;
    std::vector<std::string> copies_, check_copies_;  // added at the end; those of header checks last
    bool traced_ = false, utf8_seen_ = false;

    // Content.
    mail::MimeParser parser_;
    mail::MimeFlaw flaw_ = mail::MimeFlaw::none;  // the first one, by kind
    std::int64_t data_offset_ = 0, extracted_offset_ = 0;
    std::uint64_t headers_seen_ = 0;
    bool resent_ = false, line_open_ = false;
    int hops_ = 0;
    std::string message_id_, scratch_;
    std::int64_t body_bytes_ = 0;  // of this part
    std::string filter_, redirect_;
    std::unique_ptr<Filtering> filtering_;
};

}  // namespace postrider::cleanup

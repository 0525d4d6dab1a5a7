// lib/queue/envelope.h - what a queue file says besides the message itself.
//
// Read by qmgr(8) to deliver, by showq(8) to list, by bounce(8) to notify.  A huge recipient list is read in
// parts: each read() appends at most so many recipients and goes on where the last one stopped.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/result.h"
#include "lib/queue/record_reader.h"

namespace postrider::queue {

// The first record of a queue file: where things are in it.
struct SizeRecord {
    std::int64_t message_size = 0;  // of the content segment in the file, record headers included
    std::int64_t data_offset = 0;   // of the first content record
    std::int64_t recipient_count = 0;
    int qmgr_flags = 0;
    std::int64_t content_size = 0;  // what is logged as size=; differs after edits of the body
    int sendopts = 0;               // SMTPUTF8, REQUIRETLS, ...

    // Fields, each 15 columns wide: the record can be written over in place.
    std::string text() const;
    // Nothing when it is malformed, has unknown qmgr_flags or comes from before Postfix 1.0.
    static std::optional<SizeRecord> parse(std::string_view text);
};
namespace qmgr_flag {
inline constexpr int mixed_recipients = 1;  // other records stand between or behind recipients
inline constexpr int notify_shift = 1;      // the NOTIFY bits of all recipients, times two
inline constexpr int known = 1 | 15 << notify_shift;
}  // namespace qmgr_flag
namespace sendopt {
inline constexpr int smtputf8_requested = 1;
inline constexpr int smtputf8_header = 2;
inline constexpr int smtputf8_sender = 4;
inline constexpr int smtputf8_recipient = 8;
inline constexpr int tls_not_required = 16;  // header "TLS-Required: no", RFC 8689
inline constexpr int require_tls = 32;
inline constexpr int derived = smtputf8_header | smtputf8_sender | tls_not_required;  // found out by cleanup
}  // namespace sendopt

// A decimal number of 15 columns, as size, warning time and pointer records have it.
std::string fixed_number(std::int64_t number);

struct EnvelopeRecipient {
    std::string address;   // internal form
    std::string original;  // before rewriting; may be empty
    std::string dsn_orig_rcpt;
    int notify = 0;
    std::int64_t offset = 0;  // of the R record
};

struct Envelope {
    std::optional<SizeRecord> size;  // none in maildrop
    std::int64_t arrival_seconds = 0;
    std::int64_t arrival_microseconds = 0;
    std::int64_t create_time = 0;       // 0: none recorded; age counts from here
    std::optional<std::string> sender;  // internal form
    std::string full_name;
    std::string content_filter;  // "transport:nexthop"
    std::string redirect;
    std::string encoding;
    std::string envelope_id;
    int ret_flags = 0;
    std::string verp_delimiters;
    std::string rewrite_context;
    std::string message_id;
    std::string log_client_name, log_client_address, log_client_port, log_helo_name, log_protocol_name,
        log_ident;
    std::string sasl_method, sasl_username, sasl_sender;
    std::string client_name, reverse_client_name, client_address, client_port, client_helo, client_protocol;
    int trace_flags = 0;
    std::int64_t trace_offset = 0;              // of its A record, 0: none; killed after the report
    std::int64_t warn_time = 0;                 // when to warn the sender of a delay; <= 0: never (again)
    std::int64_t warn_offset = 0;               // of the W record; 0: none
    std::vector<EnvelopeRecipient> recipients;  // those that still need delivery
    std::size_t done_recipients = 0;
};

class EnvelopeReader {
  public:
    // Where reading stopped: a file with a huge recipient list need not stay open between the parts.
    struct Position {
        std::int64_t offset = 0;
        bool in_envelope = true;
    };

    // `fd` stays the caller's.
    explicit EnvelopeReader(int fd) : records_(fd) {}
    // Goes on where another reader of the same file stopped; reads recipients alone.
    EnvelopeReader(int fd, Position position)
        : records_(fd, position.offset),
          segment_(position.in_envelope ? Segment::envelope : Segment::extracted),
          started_(true) {}
    Position position() const { return {records_.offset(), segment_ == Segment::envelope}; }

    // Appends up to `recipient_limit` recipients (0: all) to `envelope`.  The first call also reads
    // everything else up to the end record.  The error says why the file is corrupt.
    Result<void> read(Envelope& envelope, std::size_t recipient_limit = 0);
    // All recipients have been read.
    bool at_end() const { return at_end_; }
    // After an error: the file could not be read; it is not known to be corrupt.
    bool unreadable() const { return records_.read_errno() != 0; }

  private:
    enum class Segment { envelope, extracted };
    enum class Want { all, recipients, attributes };
    Result<void> read_records(Envelope& envelope, std::size_t enough, Want want);
    Result<void> take(Envelope& envelope, RecordType type, std::string_view data, Want want);
    Result<void> skip_content(const Envelope& envelope);
    void take_recipient(Envelope& envelope, std::string_view data);
    void take_message_record(Envelope& envelope, RecordType type, std::string_view data);
    void take_attribute(Envelope& envelope, std::string_view data, Want want);
    Error unexpected(RecordType type) const;

    RecordReader records_;
    Segment segment_ = Segment::envelope;
    EnvelopeRecipient pending_;  // what was said of the recipient to come
    bool started_ = false;
    bool at_end_ = false;
};

// The whole envelope of an open file.
Result<Envelope> read_envelope(int fd);

// Marks a recipient done: from R to D, at the offset of its record.  False with errno; EINVAL when no
// recipient record is there.  Not synced: after a crash the recipient gets the message twice rather than
// never.
bool mark_done(int fd, std::int64_t offset);
// Sets the type byte of the attribute record at `offset` to "killed".
bool kill_record(int fd, std::int64_t offset);
// Writes a new time into the W record at `offset`.
bool rewrite_warn_time(int fd, std::int64_t offset, std::int64_t time);

}  // namespace postrider::queue

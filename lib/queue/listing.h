// lib/queue/listing.h - the mail queue as mailq(1) shows it.
//
// Read from the queue files and the logs beside them by showq(8), or by postqueue(1) itself when the mail
// system is stopped.  Between the two it travels as attribute lists that other programs read as well (mail
// queue exporters): names and order are fixed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/queue/spool.h"

namespace postrider::queue {

struct ListedRecipient {
    std::string original;   // external form; "" when it is the same
    std::string address;    // external form
    std::string log_class;  // "defer", "bounce", or "" when nothing was tried yet
    std::string reason;
};

struct ListedMessage {
    std::string queue_name;
    std::string queue_id;
    std::int64_t time = 0;
    std::int64_t size = 0;
    bool forced_expire = false;
    std::int64_t next_attempt = 0;  // of a deferred message: when; 0: unknown
    std::string sender;             // external form, or what stands for the null sender
    std::vector<ListedRecipient> recipients;
};

// Goes through maildrop, active, incoming, deferred and hold.
class QueueLister {
  public:
    // `spool` must outlive it; `null_sender` stands for the empty sender address.
    QueueLister(const Spool& spool, std::string null_sender);
    // The next message; nothing at the end.  Files that vanish meanwhile are passed over.
    std::optional<ListedMessage> next();

  private:
    std::optional<ListedMessage> read_message(Queue queue, const std::string& id) const;
    const Spool& spool_;
    std::string null_sender_;
    std::size_t queue_ = 0;
    std::unique_ptr<QueueScanner> scanner_;
};

// The first list of the stream.
std::string listing_greeting();
std::string encode_message(const ListedMessage& message);
// The list that ends the stream.
std::string listing_end();

// Takes the stream apart as it arrives.
class ListingParser {
  public:
    enum class Next { message, more_needed, end, broken };
    void add(std::string_view bytes) { buffer_ += bytes; }
    Next next(ListedMessage& message);

  private:
    std::string buffer_;
    std::size_t used_ = 0;
    bool greeted_ = false;
};

}  // namespace postrider::queue

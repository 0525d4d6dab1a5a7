// smtp/test_support.h - what the tests of this folder share: a queue file, verdicts as text, settings.
#pragma once

#include <fmt/core.h>
#include <sys/mman.h>

#include <string>
#include <vector>

#include "lib/base/fd.h"
#include "lib/queue/record.h"
#include "smtp/job.h"
#include "smtp/transaction.h"

namespace postrider::smtp {

// A file with the content records of a message: lines given with LF.
inline Fd content_file(std::string_view text) {
    std::string bytes;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        queue::append_record(bytes, queue::RecordType::text, text.substr(at, end - at));
        at = end + 1;
    }
    queue::append_record(bytes, queue::RecordType::extracted, "");
    Fd file(::memfd_create("message", MFD_CLOEXEC));
    if (!write_all(file.get(), bytes.data(), bytes.size())) ::abort();
    return file;
}

// Writes verdicts down: "sent a@x.test 2.0.0 (250 2.0.0 Ok) relay=...".
class RecordedVerdicts : public Verdicts {
  public:
    Task<> sent(delivery::Recipient recipient, delivery::Outcome outcome) override {
        note("sent", recipient, outcome);
        co_return;
    }
    Task<> bounced(delivery::Recipient recipient, delivery::Outcome outcome) override {
        note("bounced", recipient, outcome);
        co_return;
    }
    Task<> deferred(delivery::Recipient recipient, delivery::Outcome outcome) override {
        note("deferred", recipient, outcome);
        if (counts_deferrals) ++deferrals_;
        co_return;
    }
    int deferrals() const override { return deferrals_; }
    Task<> pass(std::string destination, std::vector<delivery::Recipient> recipients) override {
        for (const delivery::Recipient& recipient : recipients)
            lines.push_back(fmt::format("passed {} to {}", recipient.recipient, destination));
        co_return;
    }
    void destination_failed(std::string status, std::string) override { destination = std::move(status); }
    void corrupt(std::string_view what) override { corruption = what; }

    std::vector<std::string> lines;
    std::vector<delivery::Outcome> outcomes;
    std::string destination;
    std::string corruption;
    bool counts_deferrals = true;  // no: as if a filter turned them into something else

  private:
    int deferrals_ = 0;
    void note(const char* verdict, const delivery::Recipient& recipient, const delivery::Outcome& outcome) {
        lines.push_back(
            fmt::format("{} {} {} ({})", verdict, recipient.recipient, outcome.status, outcome.reason));
        outcomes.push_back(outcome);
    }
};

inline delivery::Request request_for(const std::vector<std::string>& recipients) {
    delivery::Request request;
    request.queue_id = "ABC";
    request.sender = "sender@a.test";
    request.data_size = 100;
    for (const std::string& address : recipients) {
        delivery::Recipient recipient;
        recipient.recipient = address;
        request.recipients.push_back(std::move(recipient));
    }
    return request;
}

inline Settings test_settings(const std::string& more) {
    return Settings::from_text(
        "myhostname = client.test\nmydestination =\ninet_interfaces = loopback-only\ninet_protocols = "
        "ipv4\n" +
        more);
}

}  // namespace postrider::smtp

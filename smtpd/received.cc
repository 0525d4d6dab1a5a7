// smtpd/received.cc - the Received header we put on top of a message.
#include "smtpd/received.h"

#include "lib/mail/address.h"
#include "lib/mail/date.h"

namespace postrider::smtpd {

std::vector<std::string> received_header(const ReceivedFacts& facts) {
    std::vector<std::string> lines;
    std::string by = "by " + facts.hostname + " (" + facts.mail_name + ")";
    const std::string id = facts.queue_id.empty() ? "" : " id " + facts.queue_id;
    if (facts.hide_client) {
        by = "Received: " + by + id;
    } else {
        lines.push_back("Received: from " + facts.helo + " (" + facts.client + " [" + facts.literal + "])");
        by = "\t" + by + " with " + facts.protocol + id;
    }
    const std::string date = mail::format_date(facts.when);
    if (facts.recipient.empty()) {
        lines.push_back(by + ";");
        lines.push_back("\t" + date);
    } else {
        lines.push_back(by);
        lines.push_back("\tfor <" + mail::quote_address(facts.recipient) + ">; " + date);
    }
    return lines;
}

}  // namespace postrider::smtpd

// smtpd/received.cc - the Received header we put on top of a message.
#include "smtpd/received.h"

#include "lib/mail/address.h"
#include "lib/mail/date.h"

namespace postrider::smtpd {

std::vector<std::string> received_header(const ReceivedFacts& facts) {
    std::vector<std::string> lines;
    std::string by = "by " + facts.hostname + " (" + facts.mail_name + ")";
    if (facts.hide_client) {
        by = "Received: " + by + " id " + facts.queue_id;
    } else {
        lines.push_back("Received: from " + facts.helo + " (" + facts.client + " [" + facts.literal + "])");
        for (const std::string& line : facts.tls_lines) lines.push_back(line);
        by = "\t" + by + " with " + facts.protocol + " id " + facts.queue_id;
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

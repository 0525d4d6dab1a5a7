// smtpd/received.cc - the Received header we put on top of a message.
#include "smtpd/received.h"

#include <algorithm>

#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "lib/mail/date.h"

namespace postrider::smtpd {

namespace {

// Text that cannot end the comment it stands in, RFC 5322 3.2.2.
std::string as_comment(std::string_view text) {
    std::string safe = printable(text, '?', true);
    int open = 0;
    for (char& c : safe) {
        if (c == '(') ++open;
        if (c == '\\' || (c == ')' && open-- == 0)) c = '?';
        open = std::max(open, 0);
    }
    return safe + std::string(static_cast<std::size_t>(open), ')');
}

}  // namespace

std::vector<std::string> received_header(const ReceivedFacts& facts) {
    std::vector<std::string> lines;
    std::string by = "by " + facts.hostname + " (" + facts.mail_name + ")";
    const std::string id = facts.queue_id.empty() ? "" : " id " + facts.queue_id;
    if (facts.hide_client) {
        by = "Received: " + by + id;
    } else {
        lines.push_back("Received: from " + facts.helo + " (" + facts.client + " [" + facts.literal + "])");
        for (const std::string& line : facts.tls_lines) lines.push_back(line);
        if (!facts.login.empty())
            lines.push_back("\t(Authenticated sender: " + as_comment(facts.login) + ")");
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

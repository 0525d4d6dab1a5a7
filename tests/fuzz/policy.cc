// tests/fuzz/policy.cc - replies of policy servers and of remote SMTP servers.
#include "lib/base/text.h"
#include "lib/mail/status.h"
#include "smtp/reply.h"
#include "smtpd/access/policy_reply.h"
#include "smtpd/reply.h"
#include "tests/fuzz/fuzz.h"

using namespace postrider;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    using State = smtpd::access::PolicyReply::State;
    smtpd::access::PolicyReply policy;
    smtp::ReplyParser remote;
    State state = State::open;
    bool remote_ended = false;
    for (const std::string_view line : split(text, '\n')) {
        if (state == State::open) state = policy.add(line);
        if (!remote_ended) remote_ended = remote.add(line);
    }
    if (state == State::complete) {
        fuzz::demand(policy.action().find('\n') == std::string::npos);
        smtpd::Reply::parse(policy.action()).wire();
        mail::split_status(policy.action(), "5.7.1");
    }
    if (remote_ended) {
        const smtp::Reply reply = remote.take();
        fuzz::demand(reply.code >= 0 && reply.code <= 999);
        fuzz::demand(reply.text().size() < 100000);
        smtp::with_class(reply, 4);
    }
    return 0;
}

// smtpd/verbs/data.cc - the DATA command, RFC 5321 4.1.1.4.
#include "smtpd/access/access.h"
#include "smtpd/deadline.h"
#include "smtpd/milters.h"
#include "smtpd/submit.h"
#include "smtpd/verbs/verbs.h"

namespace postrider::smtpd {

namespace {

// So much may wait for cleanup before the client has to wait, too.
constexpr std::size_t backlog = 256 * 1024;

Reply check_order(const Session& session, const Command& command) {
    if (session.chunks != Session::Chunks::none) return Reply(503, "5.5.1", "Error: DATA after BDAT");
    if (!session.in_transaction()) return Reply(503, "5.5.1", "Error: need RCPT command");
    if (session.transaction->recipient_count == 0) return Reply(554, "5.5.1", "Error: no valid recipients");
    if (!command.arguments.empty()) return Reply(501, "5.5.4", "Syntax: DATA");
    return Reply();
}

Task<> receive(Session& session, ContentDecoder& decoder) {
    ContentDeadline deadline(session);
    while (!decoder.ended()) {
        if (session.stream.buffered().empty()) {
            deadline.before_read();
            const bool more = co_await session.stream.fill();
            if (!more) throw async::PeerGone(async::PeerGone::Why::end_of_file);
            deadline.after_read(session.stream.buffered().size());
            if (deadline.has_had_its_turn()) co_await next_turn();
        }
        const std::size_t used = decoder.feed(session.stream.buffered());
        session.stream.consume(used);
        MessageSink& message = *session.transaction->message;
        if (message.queued() > backlog) co_await message.drain();
    }
}

}  // namespace

Task<Reply> answer_data(Session& session, const Command& command) {
    const Reply out_of_order = check_order(session, command);
    if (!out_of_order.empty()) co_return out_of_order;
    Reply refusal = co_await access::check_data(session);
    if (refusal.empty()) refusal = co_await milter_data(session);
    if (!refusal.empty()) co_return refusal;
    refusal = co_await announce_content(session);
    if (!refusal.empty()) co_return refusal;
    co_await milter_hand_over(session);
    Reply go_ahead(354, "", "End data with <CR><LF>.<CR><LF>");
    co_await session.send_and_flush(go_ahead);
    session.where = "DATA";
    session.receiving = true;
    begin_content(session);
    session.transaction->decoder = make_decoder(session, ContentDecoder::Framing::dots);
    co_await receive(session, *session.transaction->decoder);
    session.receiving = false;
    Reply reply = co_await finish_message(session);
    co_return reply;
}

}  // namespace postrider::smtpd

// smtpd/verbs/bdat.cc - the BDAT command, RFC 3030: content in counted chunks.
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "smtpd/access/access.h"
#include "smtpd/deadline.h"
#include "smtpd/milters.h"
#include "smtpd/submit.h"
#include "smtpd/verbs/verbs.h"

namespace postrider::smtpd {

namespace {

constexpr std::size_t backlog = 256 * 1024;
constexpr std::size_t shown_input = 100;

struct ChunkCommand {
    std::int64_t size = 0;
    bool last = false;
};

std::optional<ChunkCommand> parse_chunk(const Command& command) {
    const std::vector<std::string> words = command.words();
    if (words.empty() || words.size() > 2) return std::nullopt;
    ChunkCommand chunk;
    const auto size = parse_int(words[0]);
    if (!all_digits(words[0]) || !size) return std::nullopt;
    chunk.size = *size;
    chunk.last = words.size() == 2;
    if (chunk.last && !equals_ignoring_case(words[1], "LAST")) return std::nullopt;
    return chunk;
}

// Reads the chunk; what it says is fed to the decoder, or lost when there is none.
Task<> read_chunk(Session& session, std::int64_t size, ContentDecoder* decoder) {
    ContentDeadline deadline(session);
    while (size > 0) {
        if (session.stream.buffered().empty()) {
            // What was said of the commands before this one: the client may wait for it.
            co_await session.stream.flush();
            deadline.before_read();
            const bool more = co_await session.stream.fill();
            if (!more) throw async::PeerGone(async::PeerGone::Why::end_of_file);
            deadline.after_read(session.stream.buffered().size());
            if (deadline.has_had_its_turn()) co_await next_turn();
        }
        const std::string_view bytes = session.stream.buffered().substr(0, static_cast<std::size_t>(size));
        const std::size_t used = bytes.size();
        if (decoder != nullptr) decoder->feed(bytes);
        session.stream.consume(used);
        size -= static_cast<std::int64_t>(used);
        if (decoder == nullptr) continue;
        MessageSink& message = *session.transaction->message;
        if (message.queued() > backlog) co_await message.drain();
    }
}

// RFC 3030 2: the client may have sent the chunk without waiting, so it is read before anything is refused.
// The last chunk ends the transaction, whatever became of it.
Task<Reply> refuse_chunk(Session& session, ChunkCommand chunk, Reply reply) {
    session.chunks = Session::Chunks::failed;
    co_await read_chunk(session, chunk.size, nullptr);
    if (chunk.last) session.end_transaction();
    co_return reply;
}

Reply check_order(const Session& session) {
    if (!session.in_transaction()) return Reply(503, "5.5.1", "Error: need RCPT command");
    if (session.transaction->recipient_count == 0) return Reply(554, "5.5.1", "Error: no valid recipients");
    return Reply();
}

}  // namespace

Task<Reply> answer_bdat(Session& session, const Command& command) {
    if ((session.discarded_extensions & extension::chunking) != 0)
        co_return Reply(521, "5.5.1", "Error: command not implemented");
    const auto chunk = parse_chunk(command);
    // Nobody knows where the next command starts: RFC 7504 3.
    if (!chunk) {
        log::warning("{}: malformed BDAT command syntax from {}: {}", session.queue_id(),
                     session.client_label(), command.line.substr(0, shown_input));
        co_return Reply(521, "5.5.4", "Syntax: BDAT count [LAST]");
    }
    if (chunk->size == 0 && !chunk->last) {
        log::warning("{}: null BDAT request from {}", session.queue_id(), session.client_label());
        session.chunks = Session::Chunks::failed;
        co_return Reply(551, "5.7.1", "Null BDAT request");
    }
    if (session.chunks == Session::Chunks::failed) {
        Reply discarded(551, "5.0.0",
                        "Discarded " + std::to_string(chunk->size) + " bytes after earlier error");
        Reply reply = co_await refuse_chunk(session, *chunk, discarded);
        co_return reply;
    }
    const Reply out_of_order = check_order(session);
    if (!out_of_order.empty()) {
        Reply reply = co_await refuse_chunk(session, *chunk, out_of_order);
        co_return reply;
    }
    Transaction& transaction = *session.transaction;
    if (session.chunks == Session::Chunks::none) {
        Reply refusal = co_await access::check_data(session);
        if (refusal.empty()) refusal = co_await milter_data(session);
        if (refusal.empty()) refusal = co_await announce_content(session);
        if (!refusal.empty()) {
            Reply reply = co_await refuse_chunk(session, *chunk, refusal);
            co_return reply;
        }
        co_await milter_hand_over(session);
        begin_content(session);
        transaction.decoder = make_decoder(session, ContentDecoder::Framing::counted);
        session.chunks = Session::Chunks::receiving;
    }
    const std::int64_t received = transaction.chunk_bytes + chunk->size;
    if (session.server.size_limit > 0 && received > session.server.size_limit) {
        log::warning("{}: BDAT request from {} exceeds message size limit", session.queue_id(),
                     session.client_label());
        Reply too_big(552, "5.3.4", "Chunk exceeds message size limit");
        Reply reply = co_await refuse_chunk(session, *chunk, too_big);
        co_return reply;
    }
    transaction.chunk_bytes = received;
    session.receiving = true;
    co_await read_chunk(session, chunk->size, transaction.decoder.get());
    session.receiving = false;
    if (!chunk->last) co_return Reply(250, "2.0.0", "Ok: " + std::to_string(chunk->size) + " bytes");
    transaction.decoder->finish();
    Reply reply = co_await finish_message(session);
    co_return reply;
}

}  // namespace postrider::smtpd

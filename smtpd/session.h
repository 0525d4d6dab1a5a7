// smtpd/session.h - one client from greeting to QUIT: what is known of it, and the coroutine that serves it.
//
// A Session lives in the frame of serve().  It is small: what few sessions need, content and buffers are
// attached to it only while they are in use.
#pragma once

#include <memory>
#include <string>

#include "lib/async/stream.h"
#include "lib/base/on_demand.h"
#include "lib/daemon/proxy_header.h"
#include "lib/delivery/transcript.h"
#include "lib/mail/ehlo_keywords.h"
#include "lib/milter/filters.h"
#include "lib/tls/facts.h"
#include "smtpd/client.h"
#include "smtpd/command.h"
#include "smtpd/login.h"
#include "smtpd/reply.h"
#include "smtpd/server.h"
#include "smtpd/statistics.h"
#include "smtpd/transaction.h"

namespace postrider::smtpd {

namespace extension = mail::extension;

struct Session {
    // What is given outlives the session.
    Session(const Server& shared, const Limits& bounds, async::Stream& connection,
            const std::string& service_name)
        : server(shared), limits(bounds), stream(connection), service(service_name) {}

    const Server& server;
    const Limits& limits;
    async::Stream& stream;

    OnDemand<daemon::Endpoints>
        endpoints;  // as a proxy or postscreen(8) told them; unset: those of the descriptor
    Client client;
    OnDemand<Forwarded> forwarded;
    std::string helo_name;          // "" before HELO
    bool esmtp = false;             // it has said EHLO
    const std::string& service;     // for anvil: first column of master.cf
    const char* where = "CONNECT";  // the last command, for the log
    std::unique_ptr<Transaction> transaction;
    std::int64_t refused_size = 0;             // SIZE= of a MAIL that was refused
    std::unique_ptr<milter::Filters> filters;  // null without any
    bool refused_by_filter = false;            // EHLO offers nothing then
    int client_connections = 0;                // as anvil has counted them; 0: it was not asked
    // BDAT, RFC 3030: after an error all further chunks are lost, until RSET.
    enum class Chunks { none, receiving, failed };
    Chunks chunks = Chunks::none;
    // Who the client is: it has logged in, or a proxy vouches for it (XCLIENT LOGIN).
    OnDemand<Login> login;
    OnDemand<tls::Facts> tls;  // set while the session is encrypted
    OnDemand<LoginOffer> login_offer;
    OnDemand<Reply> refused;  // the client is not welcome: said to every command but QUIT
    OnDemand<Deferral> defer_if_permit_client;
    OnDemand<Deferral> defer_if_permit_helo;
    Statistics statistics;
    int errors = 0;
    int junk = 0;
    unsigned discarded_extensions = server.discarded_extensions;  // before EHLO, too
    delivery::Transcript transcript;                              // for the postmaster
    unsigned troubles = 0;                                        // bits of delivery::trouble
    bool refused_by_policy = false;  // the reply in hand is that of a restriction
    bool illegal_pipelining = false;
    const char* rewrite_context = "remote";  // "local": headers of its messages are completed
    bool bare_newlines = false;              // there were some: for the notes of the disconnect line
    bool notes_bare_newlines = false;
    bool strict_line_ends = false;
    bool reject_bare_newlines = false;
    bool receiving = false;      // content is on its way: "lost connection after DATA (N bytes)"
    bool counts_events = false;  // anvil has counted the connection
    std::string anvil_client;    // as anvil knows it
    bool may_xclient = false;
    bool may_xforward = false;
    bool may_verp = false;
    unsigned doubtful_rights = 0;  // bits of extension: nobody can tell, a table does not answer

    bool stand_alone() const { return client.local_submission; }
    bool in_tls() const { return stream.transport() != nullptr; }
    bool in_transaction() const { return transaction != nullptr; }
    bool is_esmtp() const { return esmtp; }
    std::string protocol() const { return esmtp ? "ESMTP" : "SMTP"; }
    // "name[address]"
    std::string client_label() const { return client.label(server.port_logging); }
    // The queue ID, or "NOQUEUE".
    const std::string& queue_id() const;
    // Forgets the transaction, and what XFORWARD said about it.
    void end_transaction();

    // The line just read is longer than allowed, a CR at its end included: that is logged.
    bool is_too_long(const std::string& line, std::size_t limit) const;
    // Queues a reply, after the delay that a client with many errors has earned.
    Task<> send(Reply reply);
    Task<> send_and_flush(Reply reply);

    // "NOQUEUE: WHAT: CMD from CLIENT: TEXT; from=<> to=<> proto=SMTP helo=<x>".  Null pointers leave the
    // address out.
    void log_event(std::string_view what, std::string_view text, const std::string* sender,
                   const std::string* recipient) const;
    // " from=<> to=<> proto=SMTP helo=<x>", the end of such a line.
    std::string facts(const std::string* sender, const std::string* recipient) const;
    // Logs a rejection of the command in hand and hands it back.
    Reply rejected(Reply reply, const std::string* sender, const std::string* recipient) const;
};

// Serves one client until it leaves or is sent away.
// `endpoints`: as told by whoever passed the client on.
Task<> serve(const Server& server, Limits limits, async::Stream stream, std::string service,
             bool on_standard_input, OnDemand<daemon::Endpoints> endpoints = {});

}  // namespace postrider::smtpd

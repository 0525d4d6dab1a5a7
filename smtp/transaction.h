// smtp/transaction.h - one message over one session: XFORWARD, MAIL, RCPT, DATA and the content.
//
// Commands are sent ahead of replies when the server does PIPELINING, RFC 2920.  LMTP servers answer once per
// recipient at the end of the message, RFC 2033 4.2.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "smtp/content.h"
#include "smtp/generic.h"
#include "smtp/job.h"
#include "smtp/session.h"

namespace postrider::smtp {

// How a transaction left the recipients that waited.
enum class TransactionEnd {
    judged,       // each got a verdict or is kept for the next server
    lost_in_tls,  // the server went away inside optional TLS: it may be tried again in clear
    stale,        // nothing was answered: a kept connection had died meanwhile, the message may be sent again
};

class Transaction {
  public:
    // All of them outlive the transaction.
    Transaction(Session& session, Job& job, const GenericMap& generic, int queue_file);

    // Sends the message to the waiting recipients of the job.  Ends the session's use when the server is
    // gone.
    Task<TransactionEnd> run();

  private:
    enum class Step { xforward_name, xforward_protocol, reset, mail, rcpt, data };
    struct Sent {
        Step step;
        std::size_t recipient = 0;
    };

    Task<> converse();
    Task<> check_message();
    std::optional<Failure> require_tls_objection() const;
    Task<> map_addresses();
    Task<> send_envelope();
    Task<> send(Step step, std::size_t recipient, std::string command);
    Task<> receive_one();
    Task<> receive_all();
    Failure refusal(const Reply& reply, std::string_view command);
    Task<> on_mail(Reply reply);
    Task<> on_rcpt(std::size_t recipient, Reply reply);
    Task<> on_data(Reply reply);
    Task<> send_message();
    Task<> receive_final_replies();
    Task<> fail_accepted(Failure failure, Blame blame);
    std::string xforward_name() const;
    std::string xforward_protocol() const;
    std::string mail_command() const;
    std::string rcpt_command(std::size_t position) const;
    std::string original_recipient(const delivery::Recipient& recipient) const;
    std::string path(const std::string& address) const;
    Relay relay() const;
    bool needs_utf8() const;
    bool converts_to_7bit() const;

    Session& session_;
    Job& job_;
    const GenericMap& generic_;
    int queue_file_;
    std::string sender_;
    std::vector<std::size_t> recipients_;
    std::vector<std::string> recipient_addresses_;  // of recipients_, as the server gets them
    std::deque<Sent> awaited_;
    std::vector<std::size_t> accepted_;
    std::size_t unflushed_ = 0;  // bytes of commands since the last reply was read
    bool answered_ = false;      // the server answered to something of this transaction
    bool mail_refused_ = false;
    bool data_accepted_ = false;
    Reply data_reply_;       // that accepted it
    bool given_up_ = false;  // every recipient has its fate already
};

}  // namespace postrider::smtp

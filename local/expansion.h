// local/expansion.h - one recipient of a message, followed through aliases and .forward files to where its
// mail ends.
//
// The steps call each other the way addresses lead to each other; each is in the file named after its job:
//   recipient.cc     the order of steps for a local address
//   alias.cc         aliases(5)
//   dot_forward.cc   the user's .forward file
//   destination.cc   one entry of an alias, .forward or :include: list
//   include.cc       :include:/file
//   mailbox.cc       the user's mailbox, or the transport or command in its place
//   unknown.cc       users that do not exist
//   file.cc          mbox files and Maildirs
//   command.cc       |command
//   indirect.cc      anything else: a new message to the addresses, by way of cleanup(8)
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "lib/delivery/agent.h"
#include "lib/delivery/message_copy.h"
#include "lib/delivery/step.h"
#include "local/agent.h"
#include "local/destination.h"

namespace postrider::local {

// An address on its way.  Copied at every turn: what one branch learns is not the business of the others.
struct Party {
    delivery::Recipient recipient;  // as it is now; offset -1
    std::string local;              // local part in lower case, with extension
    std::string domain;
    std::string user;
    std::optional<std::string> extension;  // may be empty: "user+"
    char delimiter = 0;
    std::string delivered_to;     // for the Delivered-To: header
    std::string unmatched;        // "+ext", to be put into the addresses that come next
    std::string sender;           // of messages made on the way
    bool has_list_owner = false;  // then `sender` is told of failures of new messages, and nobody of success
    std::optional<std::string> owner;  // the user whose list named this address; others get a new message
    std::string expanded_from;         // the alias it comes from
    Origin origin = Origin::recipient;
    bool through_include = false;            // an :include: file named this address
    std::optional<delivery::Rights> rights;  // for files and commands; none: default_privs
    bool through_luser_relay = false;        // nobody knew the address before
    int level = 0;
};

// What all recipients of one message share.
struct MessageState {
    const Agent& agent;
    delivery::Delivery& delivery;
    std::set<std::string> delivered_to;  // the Delivered-To: headers it has, in lower case
};

class Expansion {
  public:
    Expansion(MessageState& message, delivery::Recipient recipient);
    // Delivers to the recipient, whatever that leads to; then marks it done, unless something is to be tried
    // again.
    Task<> run();

  private:
    enum class Taken { no, yes };

    // recipient.cc
    // Reads "user+ext@domain" into the party's parts.
    void set_address(Party& party, std::string address) const;
    Task<> deliver_recipient(Party party);
    Task<> deliver_local_user(Party party);
    // find_user(), asked of the system once when several steps want to know.
    Task<Result<std::optional<delivery::Rights>>> find_known_user(std::string name);
    // alias.cc
    Task<Taken> deliver_alias(Party party, std::string name);
    Task<tables::ListResult> find_alias(std::string name);
    Task<bool> set_alias_rights(Party& party, const tables::Table* table);
    Task<bool> set_alias_owner(Party& party, std::string name);
    Task<Result<std::string>> owner_to_tell(const Party& party);
    std::string owner_address(const std::string& alias, const std::string& leads_to) const;
    Task<bool> note_expansion(Party& party, bool to_owned_list);
    // dot_forward.cc
    Task<Taken> deliver_dot_forward(Party party, delivery::Rights user);
    // destination.cc
    Task<> deliver_list(Party party, std::vector<Destination> destinations);
    Task<> deliver_destination(Party party, Destination destination);
    Task<> deliver_address(Party party, std::string address, bool mailbox_only);
    // include.cc
    Task<> deliver_include(Party party, std::string path);
    Task<> misconfigured(const Party& party, std::string problem);
    // mailbox.cc
    Task<Taken> deliver_mailbox(Party party);
    Task<> deliver_to_user(Party party, delivery::Rights user);
    Task<> deliver_mailbox_file(Party party, delivery::Rights user);
    // unknown.cc
    Task<> deliver_unknown(Party party);
    // file.cc
    Task<> deliver_file(Party party, std::string path);
    Task<> deliver_maildir(Party party, delivery::Rights user, std::string path);
    // command.cc
    Task<> deliver_command(Party party, std::string command, bool from_list);
    std::vector<std::string> command_environment(const Party& party) const;
    // indirect.cc
    void deliver_indirect(Party party);
    Task<> send_indirect();
    struct Forward;
    Task<> send_forward(const Forward& forward);

    // outcome.cc
    Task<> sent(const Party& party, std::string text);
    Task<> failed(const Party& party, std::string status, std::string text);
    // The owner of a list of this name hears of it, not the sender.
    Task<> failed_to_owner(const Party& party, std::string status, std::string text);
    Task<> deferred(const Party& party, std::string status, std::string text);
    // What a step found; `success` is the text of the log line, `prefix` goes in front of trouble.
    Task<> account(const Party& party, delivery::StepResult result, std::string success, std::string prefix);
    Task<> account_to_owner(const Party& party, delivery::StepResult result, std::string success,
                            std::string prefix);
    Task<> account_to(const Party& party, std::string report_to, delivery::StepResult result,
                      std::string success, std::string prefix);
    bool is_probe() const { return delivery_.request().is_probe(); }
    // True the second time it is asked about the same thing.
    bool been_here(const std::string& what);
    // Return-Path:, X-Original-To:, Delivered-To:.
    std::vector<std::string> delivery_headers(const Party& party, bool with_delivered_to) const;

    MessageState& message_;
    const Agent& agent_;
    const Settings& settings_;
    delivery::Delivery& delivery_;
    delivery::Recipient recipient_;
    std::set<std::string> seen_;
    std::optional<delivery::Rights> known_user_;  // found last

    struct Forward {
        std::string sender;
        std::string delivered_to;
        bool has_list_owner = false;
        delivery::Recipient asked_for;  // whose mail it is, for the log line
        std::vector<delivery::Recipient> recipients;
    };
    std::vector<Forward> forwards_;
};

// Whether the text has a $name in it that is neither of a delivery nor of main.cf.
bool names_unknown(const Settings& settings, const std::string& text);
// Expands $user, $home and so on; characters outside `filter` become underscores.
std::optional<std::string> expand_for(const Party& party, const delivery::Rights* user,
                                      const Settings& settings, const std::string& text,
                                      std::string_view filter);

}  // namespace postrider::local

// commands/postfix/explain/rewriting.cc - what cleanup(8) makes of sender and recipient.
#include <fmt/core.h>

#include <optional>

#include "cleanup/mapping.h"
#include "cleanup/rules.h"
#include "commands/postfix/explain/journey.h"
#include "lib/mail/address.h"
#include "lib/tables/address_lookup.h"

namespace postrider::postfix::explain {

namespace {

// For the log, which nobody reads here.
constexpr const char* no_id = "explain";

class Rewriting {
  public:
    Rewriting(const cleanup::Rules& rules, const Account& account) : rules_(rules), account_(account) {}

    // Completed and mapped; nothing when that is not possible now.
    Task<std::optional<std::string>> rewrite(std::string what, std::string address, unsigned address_class) {
        const std::string before = address;
        cleanup::MapOutcome completed =
            co_await cleanup::complete_address(ipc::RewriteRule::local, std::move(address), no_id);
        if (!completed.ok()) co_return refused(what, completed);
        tell(what, "completed (trivial-rewrite)", before, completed.addresses.front());
        std::string whole = completed.addresses.front();
        cleanup::MapOutcome mapped = co_await cleanup::map_address(whole, address_class, rules_, no_id);
        if (!mapped.ok()) co_return refused(what, mapped);
        tell(what, "mapped (canonical, masquerade)", whole, mapped.addresses.front());
        co_return mapped.addresses.front();
    }

    Task<std::vector<std::string>> expand(std::string address) {
        std::vector<std::string> none;
        if (rules_.virtual_aliases.empty()) {
            none.push_back(std::move(address));
            co_return none;
        }
        cleanup::MapOutcome expanded = co_await cleanup::expand_virtual_aliases(address, rules_, no_id);
        if (!expanded.ok()) {
            refused("recipient", expanded);
            co_return none;
        }
        const bool same = expanded.addresses.size() == 1 && expanded.addresses.front() == address;
        if (same) {
            account_.tell("virtual-alias", 1, fmt::format("virtual_alias_maps: no entry for <{}>", address),
                          {{"address", address}});
        } else {
            for (const std::string& target : expanded.addresses)
                account_.tell("virtual-alias", 1,
                              fmt::format("virtual_alias_maps: <{}> becomes <{}>", address, target),
                              {{"address", address}, {"result", target}});
        }
        co_return expanded.addresses;
    }

    Task<> copies(std::string sender, std::string recipient) {
        if (!rules_.always_bcc.empty()) copy("always_bcc", rules_.always_bcc);
        co_await copy_by(rules_.sender_bcc, "sender_bcc_maps", std::move(sender));
        co_await copy_by(rules_.recipient_bcc, "recipient_bcc_maps", std::move(recipient));
    }

  private:
    Task<> copy_by(const tables::TableList& tables, std::string parameter, std::string address) {
        if (tables.empty()) co_return;
        tables::AddressResult found =
            co_await tables::find_address(tables, std::move(address), rules_.address_rules);
        if (found.found == tables::Found::yes) copy(parameter, found.value);
        if (found.found == tables::Found::try_again)
            account_.tell("copy", 1, fmt::format("{}: cannot be asked now: {}", parameter, found.reason),
                          {{"parameter", parameter}});
    }

    void copy(const std::string& parameter, const std::string& to) {
        account_.tell("copy", 1, fmt::format("{}: a copy goes to <{}>", parameter, to),
                      {{"parameter", parameter}, {"address", to}});
    }

    void tell(const std::string& what, const char* how, const std::string& before, const std::string& after) {
        if (before == after) return;
        account_.tell("rewrite", 1, fmt::format("{} <{}> {}: <{}>", what, before, how, after),
                      {{"what", what}, {"address", before}, {"result", after}});
    }

    std::optional<std::string> refused(const std::string& what, const cleanup::MapOutcome& outcome) {
        account_.tell("rewrite", 1,
                      fmt::format("{}: the message is not accepted now: {}", what, outcome.reason),
                      {{"what", what}, {"verdict", "try again"}});
        return std::nullopt;
    }

    const cleanup::Rules& rules_;
    const Account& account_;
};

}  // namespace

Task<std::vector<std::string>> explain_rewriting(const Settings& settings, Question question,
                                                 std::string& sender, const Account& account) {
    std::vector<std::string> recipients;
    const cleanup::Rules rules(settings);
    Rewriting rewriting(rules, account);
    account.tell("cleanup", 0, "In the queue:");
    if (!question.sender.empty()) {
        auto mapped =
            co_await rewriting.rewrite("sender", question.sender, cleanup::address_class::envelope_sender);
        if (!mapped) co_return recipients;
        sender = *mapped;
    }
    auto mapped = co_await rewriting.rewrite("recipient", question.recipient,
                                             cleanup::address_class::envelope_recipient);
    if (!mapped) co_return recipients;
    std::string recipient = *mapped;
    co_await rewriting.copies(sender, recipient);
    recipients = co_await rewriting.expand(std::move(recipient));
    co_return recipients;
}

}  // namespace postrider::postfix::explain

// smtpd/access/unlisted.cc - refusing addresses of our domains that no table lists.
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/mail/parameters.h"
#include "lib/mail/status.h"
#include "lib/tables/address_lookup.h"
#include "smtpd/access/check.h"
#include "smtpd/access/parameters.h"

namespace postrider::smtpd::access {

namespace {

enum class Listed { yes, no, try_again };

Task<Listed> is_listed(const tables::TableList& list, std::string address,
                       const tables::AddressRules& rules) {
    if (list.empty()) co_return Listed::no;
    const tables::AddressResult result = co_await tables::find_address(list, address, rules);
    if (result.found == tables::Found::try_again) co_return Listed::try_again;
    co_return result.found == tables::Found::yes ? Listed::yes : Listed::no;
}

// Rewriting tables that turn the address into another one.
Task<Listed> is_rewritten(Check& check, std::string address, bool is_sender) {
    const Rules& rules = check.rules;
    const tables::TableList* lists[] = {&rules.recipient_canonical,
                                        is_sender ? &rules.sender_canonical : nullptr, &rules.canonical,
                                        &rules.aliases};
    for (const tables::TableList* list : lists) {
        if (list == nullptr) continue;
        const Listed listed = co_await is_listed(*list, address, rules.address_rules);
        if (listed != Listed::no) co_return listed;
    }
    co_return Listed::no;
}

// Names that exist without a table: bounces and the postmaster.
bool is_always_local(const std::string& address, const Settings& settings) {
    const std::string local = mail::split_address(address).local;
    return equals_ignoring_case(local, settings[config::double_bounce_sender]) ||
           equals_ignoring_case(local, "postmaster") || equals_ignoring_case(local, "mailer-daemon");
}

// The table of an address class, the reply code when it does not know an address, and its name in the reply.
struct ClassTable {
    const tables::TableList* tables = nullptr;
    int code = 550;
    std::string_view name;
};

ClassTable table_of(const Check& check, ipc::AddressClass address_class) {
    const Settings& settings = check.settings();
    const Rules& rules = check.rules;
    switch (address_class) {
        case ipc::AddressClass::local:
            return {&rules.local_recipients, settings[unknown_local_recipient_reject_code],
                    "local recipient"};
        case ipc::AddressClass::virtual_mailbox:
            return {&rules.mailbox_recipients, settings[unknown_virtual_mailbox_reject_code],
                    "virtual mailbox"};
        case ipc::AddressClass::virtual_alias:
            return {&rules.aliases, settings[unknown_virtual_alias_reject_code], "virtual alias"};
        case ipc::AddressClass::relay:
            return {&rules.relay_recipients, settings[unknown_relay_recipient_reject_code],
                    "relay recipient"};
        case ipc::AddressClass::none:
        case ipc::AddressClass::other:
            break;
    }
    return {};
}

}  // namespace

Task<Verdict> check_unlisted(Check& check, std::string address, std::string_view subject_class) {
    const bool is_sender = subject_class == klass::sender;
    const std::string_view status = is_sender ? "5.1.0" : "5.1.1";
    const Subject subject{address, subject_class};
    Result<ipc::Resolved> resolved = co_await check.resolve(address);
    if (!resolved) co_return check.lookup_failed(address);

    std::string known_as = resolved->recipient;
    const Listed rewritten = co_await is_rewritten(check, known_as, is_sender);
    if (rewritten == Listed::try_again) co_return check.lookup_failed(address);
    if (rewritten == Listed::yes) co_return Verdict::dunno;

    // What resolves to the error mailer is known to be undeliverable, whatever class it has.
    if (resolved->transport == "error" || resolved->transport == "retry") {
        const bool later = resolved->transport == "retry";
        const bool alias = resolved->address_class == ipc::AddressClass::virtual_alias;
        const int code = later ? 450 : alias ? check.settings()[unknown_virtual_alias_reject_code] : 550;
        const mail::StatusText why = mail::split_status(resolved->nexthop, status);
        co_return check.reject(subject, code, why.status, why.text);
    }
    const ClassTable table = table_of(check, resolved->address_class);
    if (table.tables == nullptr || table.tables->empty()) co_return Verdict::dunno;
    if (resolved->address_class == ipc::AddressClass::local && is_always_local(known_as, check.settings()))
        co_return Verdict::dunno;
    const Listed listed = co_await is_listed(*table.tables, known_as, check.rules.address_rules);
    if (listed == Listed::try_again) co_return check.lookup_failed(address);
    if (listed == Listed::yes) co_return Verdict::dunno;
    std::string text = "User unknown";
    if (check.settings()[mail::show_user_unknown_table_name])
        text += " in " + std::string(table.name) + " table";
    co_return check.reject(subject, table.code, status, text);
}

}  // namespace postrider::smtpd::access

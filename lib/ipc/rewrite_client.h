// lib/ipc/rewrite_client.h - asking trivial-rewrite(8): how an address is written, and where it goes.
//
// Answers are cached in the process that asks, for a short time.
#pragma once

#include <string>

#include "lib/ipc/client.h"

namespace postrider::ipc {

enum class RewriteRule { local, remote };

// The address completed and rewritten; internal form in and out.
Task<Result<std::string>> rewrite(RewriteRule rule, std::string address);
// The same in external form: a header field has what internal form cannot say (a source route, what is
// quoted).
Task<Result<std::string>> rewrite_external(RewriteRule rule, std::string address);
// The address is complete (user@host.domain) and no rule can change it: rewrite() answers without asking.
bool is_plain_address(std::string_view internal);

enum class AddressClass { none, local, virtual_alias, virtual_mailbox, relay, other };
struct Resolved {
    std::string transport;
    std::string nexthop;
    std::string recipient;  // internal form, perhaps rewritten
    AddressClass address_class = AddressClass::none;
    bool routed = false;   // routing operators are left (user@site1@ourdomain)
    bool invalid = false;  // bad address syntax
    template <class V>
    void attributes(V&& visit) {
        visit("transport", transport);
        visit("nexthop", nexthop);
        visit("recipient", recipient);
        visit("class", address_class);
        visit("routed", routed);
        visit("invalid", invalid);
    }
};
enum class ResolveFor { delivery, verification };
// Where mail for `recipient` goes.  The error means "try again later" (a table or the service is not
// available).
Task<Result<Resolved>> resolve(std::string sender, std::string recipient,
                               ResolveFor purpose = ResolveFor::delivery);

// The service's socket, "private/rewrite" unless rewrite_service_name says otherwise; call before the first
// use.
void set_rewrite_service(std::string path);
// Forgets all answers: for tests, and for daemons that know a table has changed.
void forget_rewrite_answers();

}  // namespace postrider::ipc

// lib/dns/lookup.h - asking the name servers of /etc/resolv.conf, without blocking.
//
// Each thread with a loop has one resolver.  It reads /etc/resolv.conf when first asked (inside the jail),
// and again when the file was replaced.  There is no cache: that is the job of the name server.
#pragma once

#include <string>

#include "lib/async/task.h"
#include "lib/dns/record.h"

namespace postrider::dns {

// What a name without a record of its own may be completed with, as the resolver options of that name do.
enum class Search {
    no,
    default_domain,  // res_defnames: one label gets the first search domain
    search_list,     // res_dnsrch: every name is also tried below the search domains
};

struct LookupOptions {
    LookupOptions() = default;
    bool dnssec = false;  // ask for AD and DO; without it Answer::secure is false
    Search search = Search::no;
};

// Records of `type` for the name, following CNAMEs.  The name is in ASCII form.
Task<Answer> lookup(std::string name, Type type, LookupOptions options = LookupOptions());

// For tests: "127.0.0.1:5353" (several with commas) instead of /etc/resolv.conf for this thread; "" goes
// back. `timeout_ms` is the wait for one answer.
void use_name_servers(const std::string& servers, int timeout_ms = 1000);

// "Host not found": the words of a status in the reasons of bounces and logs.
std::string status_text(Status status);

}  // namespace postrider::dns

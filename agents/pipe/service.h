// agents/pipe/service.h - a line of master.cf that names pipe(8): flags=, user=, argv= and the other
// attributes.
#pragma once

#include <string>
#include <vector>

#include "lib/base/result.h"
#include "lib/delivery/request.h"

namespace postrider::pipe_agent {

struct Service {
    std::string user, group;  // user=name[:group]
    std::string directory;    // directory=
    std::string root;         // chroot=
    std::string null_sender = "MAILER-DAEMON";
    std::int64_t size_limit = 0;         // size=; 0: none
    std::string line_end = "\n";         // eol=
    std::vector<std::string> arguments;  // argv= and all that follows
    bool blank_line = false;             // B
    bool delivered_to = false;           // D
    bool from_line = false;              // F
    bool original_to = false;            // O
    bool return_path = false;            // R
    bool final_delivery = false;         // X
    bool stuff_dots = false;             // .
    bool quote_from = false;             // >
    bool fold_domain = false;            // h
    bool fold_user = false;              // u
    bool quote_addresses = false;        // q
};

// The error is fatal to the service: the line of master.cf is wrong.
Result<Service> parse_service(const std::vector<std::string>& words);

// The command of one delivery: macros such as $sender replaced, an argument with a macro of recipients once
// for each of them.
Result<std::vector<std::string>> expand_arguments(const Service& service, const delivery::Request& request,
                                                  const std::string& delimiters);

}  // namespace postrider::pipe_agent

// smtpd/login_service.h - what all sessions of the process need to let clients log in.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lib/config/settings.h"
#include "lib/sasl/server.h"
#include "lib/tables/match_list.h"

namespace postrider::smtpd {

struct LoginService {
    // Loads what has to be loaded before the jail is closed.  Bad values are fatal.
    explicit LoginService(const Settings& settings);

    std::unique_ptr<sasl::AuthServer> server;
    std::string name;   // smtpd_sasl_service
    std::string realm;  // smtpd_sasl_local_domain
    unsigned security;  // demands on mechanisms, without and with TLS
    unsigned security_with_tls;
    std::size_t response_limit;
    bool old_form_too;  // broken_sasl_auth_clients
    bool in_header;     // smtpd_sasl_authenticated_header
    tables::MatchList exceptions;
    tables::MatchList mechanism_filter;
};
// Null when smtpd_sasl_auth_enable is off.
std::unique_ptr<LoginService> make_login_service(const Settings& settings);

// Where Cyrus SASL may have its configuration, which names files of passwords.
std::vector<std::string> login_configurations(const Settings& settings);

}  // namespace postrider::smtpd

// smtpd/login.h - what one client is offered to log in with, and what it logged in as.
#pragma once

#include <string>
#include <vector>

#include "lib/async/task.h"
#include "lib/sasl/server.h"

namespace postrider::smtpd {

struct Session;

// Whom a client is known as.
struct Login {
    std::string user;    // "": nobody
    std::string method;  // the mechanism, or XCLIENT
};

// Made anew when a client says EHLO, and when the connection has become another one.
struct LoginOffer {
    bool chosen = false;     // the rest is known
    bool encrypted = false;  // of the connection it was made for
    bool available = false;  // clients may log in
    bool announced = false;  // this one is told so
    // Why nobody knows the mechanisms now; "" when they are known.
    std::string trouble;
    std::vector<std::string> known;       // upper case
    std::vector<std::string> mechanisms;  // those of them that are announced
};

// Fills Session::login_offer, unless it is there already.  May wait for whoever checks logins.
Task<> choose_login_offer(Session& session);
// AUTH appears in the EHLO answer.
bool offers_login(const Session& session);
// "AUTH PLAIN LOGIN", in one or two lines.
std::string auth_keyword(const Session& session);
// Who wants to log in, for whoever checks it.
sasl::ServerFacts login_facts(const Session& session);
// Forgets who the client is: a connection that starts again (XCLIENT, STARTTLS) knows nobody.
void forget_login(Session& session);

}  // namespace postrider::smtpd

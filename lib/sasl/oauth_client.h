// lib/sasl/oauth_client.h - logging in with a bearer token: OAUTHBEARER (RFC 7628) and XOAUTH2.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lib/sasl/client.h"

namespace postrider::sasl {

// The better of the two among the mechanisms, "" when there is none.  A token is worth a password: it does
// not meet the demand for no plaintext, nor any demand on cryptography.
std::string oauth_mechanism(const std::vector<std::string>& offered, unsigned security);
// facts.password is the token, facts.mechanisms the one chosen.
std::unique_ptr<ClientConversation> make_oauth_conversation(ClientFacts facts);

}  // namespace postrider::sasl

// lib/sasl/oauth_client.cc - logging in with a bearer token.
#include "lib/sasl/oauth_client.h"

#include <algorithm>

#include "lib/base/text.h"

namespace postrider::sasl {

namespace {

constexpr const char* bearer = "OAUTHBEARER";
constexpr const char* older = "XOAUTH2";
const std::string separator = "\001";

class OAuthConversation : public ClientConversation {
  public:
    explicit OAuthConversation(ClientFacts facts) : facts_(std::move(facts)) {}

    Task<Result<FirstStep>> begin() override {
        FirstStep first;
        first.mechanism = facts_.mechanisms.front();
        const std::string token = separator + "auth=Bearer " + facts_.password + separator + separator;
        // RFC 7628 3.1; the header of GS2 has names of its own for "=" and ",": RFC 5801 4.
        if (first.mechanism == bearer)
            first.response = "n,a=" + replace_all(replace_all(facts_.user, "=", "=3D"), ",", "=2C") + "," +
                             separator + "host=" + facts_.server + token;
        else
            first.response = "user=" + facts_.user + token;
        co_return first;
    }

    // A challenge tells why the token is not good enough; the refusal comes after our word that we have heard
    // it, RFC 7628 3.2.3.
    Task<Result<std::string>> step(std::string) override {
        co_return facts_.mechanisms.front() == bearer ? separator : std::string();
    }

  private:
    const ClientFacts facts_;
};

}  // namespace

std::string oauth_mechanism(const std::vector<std::string>& offered, unsigned security) {
    if ((security & (security::no_plaintext | security::mutual_auth | security::forward_secrecy)) != 0)
        return "";
    for (const char* name : {bearer, older})
        if (std::find(offered.begin(), offered.end(), name) != offered.end()) return name;
    return "";
}

std::unique_ptr<ClientConversation> make_oauth_conversation(ClientFacts facts) {
    return std::make_unique<OAuthConversation>(std::move(facts));
}

}  // namespace postrider::sasl

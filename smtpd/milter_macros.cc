// smtpd/milter_macros.cc - the values of the macros that mail filters ask for.
#include "smtpd/milter_macros.h"

#include "lib/base/text.h"
#include "smtpd/milters.h"

namespace postrider::smtpd {

namespace {

// Macros of an encrypted session: {tls_version}, {cipher}, {cipher_bits}, {cert_subject}, {cert_issuer},
// {tls_sni}.
std::string tls_macro(const Session& session, std::string_view name) {
    if (!session.tls) return "";
    const tls::Facts& tls = *session.tls;
    if (name == "tls_version") return tls.protocol;
    if (name == "cipher") return tls.cipher;
    if (name == "cipher_bits") return std::to_string(tls.bits_used);
    if (name == "tls_sni") return tls.server_name;
    if (tls.trust < tls::Trust::trusted) return "";  // a name that nobody vouches for
    if (name == "cert_subject") return tls.subject;
    if (name == "cert_issuer") return tls.issuer;
    return "";
}

bool has_forged_name(const Client& client) {
    return client.name == "unknown" && client.reverse_name != "unknown";
}

std::string resolution(const Client& client) {
    switch (client.name_status) {
        case dns::NameStatus::ok:
            return "OK";
        case dns::NameStatus::temporary_failure:
            return "TEMP";
        default:
            return has_forged_name(client) ? "FORGED" : "FAIL";
    }
}

}  // namespace

std::string milter_macro(const Session& session, std::string_view name) {
    const Client& client = session.client;
    if (name == "i")
        return session.in_transaction() && session.transaction->message ? session.queue_id() : "";
    if (name == "_")
        return client.reverse_name + " [" + client.address + "]" +
               (equals_ignoring_case(client.name, client.reverse_name) ? "" : " (may be forged)");
    if (name == "client_addr") return client.literal();
    if (name == "client_name") return client.name;
    if (name == "client_ptr") return client.reverse_name;
    if (name == "client_port") return client.port == "unknown" ? "0" : client.port;
    if (name == "client_resolve") return resolution(client);
    if (name == "client_connections") return std::to_string(session.client_connections);
    if (name == "daemon_addr") return client.server_address;
    if (name == "daemon_port") return client.server_port;
    if (name == "auth_type") return session.login->method;
    if (name == "auth_authen") return session.login->user;
    std::string value = session.server.milters->macros.constant(name);
    if (value.empty()) value = tls_macro(session, name);
    return value;
}

}  // namespace postrider::smtpd

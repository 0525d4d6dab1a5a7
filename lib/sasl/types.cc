// lib/sasl/types.cc - the kinds of login servers and clients there are.
#include "lib/base/text.h"
#include "lib/sasl/client.h"
#include "lib/sasl/cyrus_client.h"
#include "lib/sasl/cyrus_server.h"
#include "lib/sasl/dovecot_server.h"
#include "lib/sasl/server.h"

namespace postrider::sasl {

std::vector<std::string> server_types() {
    return {"cyrus", "dovecot"};
}

std::vector<std::string> client_types() {
    return {"cyrus"};
}

Result<std::unique_ptr<AuthServer>> make_server(const std::string& type, ServerPlace place) {
    std::unique_ptr<AuthServer> server;
    if (type == "cyrus")
        server = make_cyrus_server(place);
    else if (type == "dovecot")
        server = std::make_unique<DovecotServer>(place.path);
    else
        return Error{"unsupported SASL server implementation: " + type};
    return server;
}

Result<std::unique_ptr<AuthClient>> make_client(const std::string& type, const std::string& config_path) {
    if (type != "cyrus") return Error{"unsupported SASL client implementation: " + type};
    return make_cyrus_client(config_path);
}

}  // namespace postrider::sasl

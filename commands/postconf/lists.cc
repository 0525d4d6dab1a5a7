// commands/postconf/lists.cc - what this build of the suite can do.
#include "commands/postconf/lists.h"

#include "lib/config/places.h"
#include "lib/sasl/client.h"
#include "lib/sasl/server.h"
#include "lib/tables/table.h"
#include "lib/tls/version.h"

namespace postrider::postconf {

namespace {

// Without a main.cf those of the built-in places.
std::vector<std::string> table_types(const std::optional<std::string>& config_directory) {
    const Result<Settings> settings = Settings::load(config::choose_config_directory(config_directory));
    if (settings) return tables::table_types(*settings);
    return tables::table_types(Settings::from_text(""));
}

}  // namespace

std::vector<std::string> capabilities(Mode mode, const std::optional<std::string>& config_directory) {
    switch (mode) {
        case Mode::server_sasl:
            return sasl::server_types();
        case Mode::client_sasl:
            return sasl::client_types();
        case Mode::locks:
            return {"flock", "fcntl", "dotlock"};
        case Mode::tables:
            return table_types(config_directory);
        default:
            return {};
    }
}

std::vector<std::string> tls_facts(const std::string& topic) {
    if (topic == "compile-version") return {tls::built_version()};
    if (topic == "run-version") return {tls::running_version()};
    if (topic == "public-key-algorithms") return {"dsa", "ecdsa", "rsa"};
    return {};
}

}  // namespace postrider::postconf

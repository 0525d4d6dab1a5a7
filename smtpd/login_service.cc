// smtpd/login_service.cc - what all sessions of the process need to let clients log in.
#include "smtpd/login_service.h"

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/sasl/config_path.h"
#include "smtpd/sasl_parameters.h"

namespace postrider::smtpd {

namespace {

unsigned security_of(const Settings& settings, const Parameter<std::string>& parameter) {
    const Result<unsigned> bits = sasl::parse_security_options(settings[parameter]);
    if (!bits) fatal("main.cf: {} = {}: {}", parameter.name(), settings[parameter], bits.error());
    return *bits;
}

std::string cyrus_path(const Settings& settings) {
    std::string path = settings[config::cyrus_sasl_config_path];
    if (path.empty()) path = sasl::default_config_path(settings.config_directory());
    return path;
}

std::unique_ptr<sasl::AuthServer> make_server(const Settings& settings) {
    sasl::ServerPlace place;
    place.path = settings[smtpd_sasl_path];
    place.config_path = cyrus_path(settings);
    Result<std::unique_ptr<sasl::AuthServer>> server = sasl::make_server(settings[smtpd_sasl_type], place);
    if (!server) fatal("{}", server.error());
    return std::move(*server);
}

}  // namespace

LoginService::LoginService(const Settings& settings)
    : server(make_server(settings)),
      name(settings[smtpd_sasl_service]),
      realm(settings[smtpd_sasl_local_domain]),
      security(security_of(settings, smtpd_sasl_security_options)),
      security_with_tls(security_of(settings, smtpd_sasl_tls_security_options)),
      response_limit(static_cast<std::size_t>(settings[smtpd_sasl_response_limit])),
      old_form_too(settings[broken_sasl_auth_clients]),
      in_header(settings[smtpd_sasl_authenticated_header]),
      exceptions(smtpd_sasl_exceptions_networks, tables::ListKind::hosts, settings),
      mechanism_filter(smtpd_sasl_mechanism_filter, tables::ListKind::strings, settings) {}

std::unique_ptr<LoginService> make_login_service(const Settings& settings) {
    return settings[smtpd_sasl_auth_enable] ? std::make_unique<LoginService>(settings) : nullptr;
}

std::vector<std::string> login_configurations(const Settings& settings) {
    std::vector<std::string> files;
    if (settings[smtpd_sasl_type] != "cyrus") return files;
    for (const std::string& directory : split_words(cyrus_path(settings), ":"))
        files.push_back(directory + "/" + settings[smtpd_sasl_path] + ".conf");
    return files;
}

}  // namespace postrider::smtpd

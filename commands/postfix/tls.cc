// commands/postfix/tls.cc - `postfix tls`: keys, certificates and the first TLS settings; postfix-tls(1).
//
// Keys and certificates are made by openssl(1), settings are written by postconf(1).  Nothing that an
// administrator has set is changed: what would be done is told instead.
#include "commands/postfix/tls.h"

#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <utility>

#include "commands/postfix/parameters.h"
#include "lib/base/file.h"
#include "lib/base/local_time.h"
#include "lib/base/log.h"
#include "lib/base/run_program.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/config/log_setup.h"

namespace postrider::postfix {

namespace {

using namespace std::chrono_literals;

constexpr auto openssl_time_limit = 120s;
constexpr std::size_t output_limit = 65536;
// A self-signed certificate is trusted for its key alone: a hundred years.
constexpr std::string_view certificate_days = "36525";

struct Request {
    const Instance& instance;
    std::string openssl;
    std::vector<std::string> words{};  // without the options
    std::string algorithm{};           // -a
    std::string bits{};                // -b
    std::string key_file{};            // -k
    std::string host{};                // -h
    std::string random_source{};       // -r
};

[[noreturn]] void usage(std::string_view text) {
    fatal("usage: postfix tls {}", text);
}

// The options at the front of the words; any other one, or one without its argument, asks for help.
void take_options(Request& request, std::string_view letters, std::string_view help) {
    const std::pair<char, std::string*> places[] = {{'a', &request.algorithm},
                                                    {'b', &request.bits},
                                                    {'k', &request.key_file},
                                                    {'h', &request.host},
                                                    {'r', &request.random_source}};
    auto& words = request.words;
    while (!words.empty() && words.front().starts_with('-') && words.front().size() > 1) {
        const char letter = words.front()[1];
        if (letters.find(letter) == std::string_view::npos) usage(help);
        std::string argument = words.front().substr(2);
        words.erase(words.begin());
        if (argument.empty()) {
            if (words.empty()) usage(help);
            argument = words.front();
            words.erase(words.begin());
        }
        for (const auto& [known, place] : places)
            if (known == letter) *place = argument;
    }
}

// A file name as main.cf will have it.
std::string full_path(const Instance& instance, const std::string& path) {
    return path.starts_with('/') ? path : instance.directory + "/" + path;
}

// What decides whether TLS is used, and with which certificate; the rest is taste.
bool is_tls_setting(std::string_view name, std::string_view side) {
    constexpr std::array<std::string_view, 8> decisive = {
        "use_tls",       "enforce_tls",    "tls_security_level", "tls_enforce_peername",
        "tls_cert_file", "tls_dcert_file", "tls_eccert_file",    "tls_chain_files"};
    if (!name.starts_with(side)) return false;
    name.remove_prefix(side.size());
    return std::find(decisive.begin(), decisive.end(), name) != decisive.end();
}

bool all_default(const Instance& instance, std::string_view side) {
    for (const auto& [name, entry] : instance.settings.explicit_values()) {
        if (!is_tls_setting(name, side)) continue;
        const auto* parameter = config::find_parameter(name);
        if (parameter == nullptr || entry.value != instance.settings.default_of(*parameter)) return false;
    }
    return true;
}

std::string session_cache(const Instance& instance) {
    return fmt::format("smtp_tls_session_cache_database = {}:${{data_directory}}/smtp_scache",
                       instance.settings.value_of("default_cache_db_type").value_or("btree"));
}

std::string random_setting(const Request& request) {
    return "tls_random_source = dev:" + request.random_source;
}

void tell_to_reload() {
    log::info("Run the command:");
    log::info("  # postfix reload");
    log::info("if you want the new settings to take effect immediately.");
}

int enable_client(Request& request) {
    constexpr std::string_view help = "enable-client [-r devrandom]";
    take_options(request, "r", help);
    if (!request.words.empty()) usage(help);
    std::vector<std::string> settings = {"smtp_tls_security_level = may", "smtp_tls_loglevel = 1",
                                         session_cache(request.instance)};
    if (!all_default(request.instance, "smtp_")) {
        log::info("*** Non-default SMTP client TLS settings detected, no changes made.");
        log::info("For opportunistic TLS in the Postfix SMTP client, the below settings");
        log::info("are typical:");
        for (const std::string& setting : settings) log::info("  {}", setting);
        return 0;
    }
    if (!request.random_source.empty()) settings.push_back(random_setting(request));
    edit_main_cf(request.instance, settings);
    log::info("Enabled opportunistic TLS in the Postfix SMTP client.");
    tell_to_reload();
    return 0;
}

// A new key and a certificate that it has signed itself.
struct NewKey {
    std::string key;
    std::string certificate;
};

std::string curve_of(const std::string& bits) {
    constexpr std::pair<std::string_view, std::string_view> curves[] = {
        {"", "prime256v1"}, {"256", "prime256v1"}, {"384", "secp384r1"}, {"521", "secp521r1"}};
    for (const auto& [number, curve] : curves)
        if (number == bits) return std::string(curve);
    return bits;
}

void make_key(const Request& request, const std::string& path) {
    std::vector<std::string> command = {request.openssl, "genpkey", "-out", path, "-algorithm"};
    if (request.algorithm == "rsa") {
        const std::string bits = request.bits.empty() ? "2048" : request.bits;
        command.insert(command.end(), {"RSA", "-pkeyopt", "rsa_keygen_bits:" + bits});
    } else {
        command.insert(command.end(), {"EC", "-pkeyopt", "ec_paramgen_curve:" + curve_of(request.bits),
                                       "-pkeyopt", "ec_param_enc:named_curve"});
    }
    // Nobody else may read the key, not even for a moment.
    const mode_t mask = ::umask(077);
    const auto made = output_of_program(command, openssl_time_limit, output_limit);
    ::umask(mask);
    if (made) return;
    ::unlink(path.c_str());
    fatal("error generating new {} {} private key", request.algorithm, request.bits);
}

std::string alternative_names(const std::vector<std::string>& hosts) {
    std::string names = "subjectAltName=";
    for (const std::string& host : hosts)
        names += fmt::format("{}DNS:{}", names.back() == '=' ? "" : ",", host);
    return names;
}

std::vector<std::string> hosts_of(const Request& request) {
    return request.words.empty() ? std::vector<std::string>{request.instance.settings[config::myhostname]}
                                 : request.words;
}

void make_certificate(const Request& request, const NewKey& files) {
    const auto hosts = hosts_of(request);
    const std::vector<std::string> command = {request.openssl, "req",
                                              "-x509",         "-new",
                                              "-config",       "/dev/null",
                                              "-key",          files.key,
                                              "-out",          files.certificate,
                                              "-days",         std::string(certificate_days),
                                              "-subj",         "/CN=" + hosts.front(),
                                              "-addext",       alternative_names(hosts),
                                              "-addext",       "basicConstraints=critical,CA:FALSE",
                                              "-addext",       "extendedKeyUsage=serverAuth,clientAuth"};
    if (output_of_program(command, openssl_time_limit, output_limit)) {
        ::chmod(files.certificate.c_str(), 0644);
        return;
    }
    ::unlink(files.certificate.c_str());
    fatal("error generating a self-signed certificate for {}", files.key);
}

NewKey make_pair(Request& request) {
    request.algorithm = request.algorithm.empty() ? "rsa" : lower(request.algorithm);
    if (request.algorithm != "rsa" && request.algorithm != "ecdsa")
        fatal("Unsupported public key algorithm: {}", request.algorithm);
    const std::string prefix = request.algorithm == "rsa" ? "" : "ec";
    const std::string stamp = local_time("%Y%m%d-%H%M%S");
    const std::string directory = request.instance.directory + "/" + prefix;
    NewKey files{.key = directory + "key-" + stamp + ".pem",
                 .certificate = directory + "cert-" + stamp + ".pem"};
    if (stat_file(files.key)) fatal("file exists: {}: wait a second, and try again", files.key);
    make_key(request, files.key);
    make_certificate(request, files);
    return files;
}

void tell_of_request(const NewKey& files, std::string_view and_then) {
    log::info("To generate a CSR run:");
    log::info("  # postfix tls output-server-csr -k {} [<hostname> ...]", files.key);
    log::info("Save the signed certificate chain in {}{}.", files.certificate, and_then);
}

// The file parameters of the server for this kind of key.
std::vector<std::string> deployment(const NewKey& files, bool elliptic) {
    const std::string_view prefix = elliptic ? "smtpd_tls_ec" : "smtpd_tls_";
    return {fmt::format("{}cert_file = {}", prefix, files.certificate),
            fmt::format("{}key_file = {}", prefix, files.key)};
}

void tell_of_dane() {
    log::info("(If you have DANE TLSA RRs, update them as soon as possible to match");
    log::info("the newly deployed keys).");
}

int enable_server(Request& request) {
    take_options(request, "abr", "enable-server [-r devrandom] [-a algorithm] [-b bits] [hostname ...]");
    std::vector<std::string> settings = {"smtpd_tls_security_level = may", "smtpd_tls_loglevel = 1"};
    if (!all_default(request.instance, "smtpd_")) {
        log::info("*** Non-default SMTP server TLS settings detected, no changes made.");
        log::info("For opportunistic TLS in the Postfix SMTP server, the below settings");
        log::info("are typical:");
        for (const std::string& setting : settings) log::info("  {}", setting);
        log::info("You can use \"postfix tls new-server-cert\" to create a new certificate.");
        log::info("Or, \"postfix tls new-server-key\" to also force a new private key.");
        return 0;
    }
    const NewKey files = make_pair(request);
    for (std::string& setting : deployment(files, request.algorithm == "ecdsa"))
        settings.push_back(std::move(setting));
    settings.emplace_back("smtpd_tls_received_header = yes");
    if (!request.random_source.empty()) settings.push_back(random_setting(request));
    edit_main_cf(request.instance, settings);
    log::info("Enabled opportunistic TLS in the Postfix SMTP server");
    log::info("New TLS private key and certificate deployed.");
    tell_to_reload();
    tell_of_request(files, "");
    log::info("To generate TLSA records run:");
    log::info("  # postfix tls output-server-tlsa [-h <hostname>]");
    tell_of_dane();
    return 0;
}

int new_server_key(Request& request) {
    take_options(request, "ab", "new-server-key [-a algorithm] [-b bits] [hostname ...]");
    const NewKey files = make_pair(request);
    log::info("New private key and self-signed certificate created. To deploy run:");
    log::info("  # postfix tls deploy-server-cert {} {}", files.certificate, files.key);
    tell_of_request(files, ", and deploy as above");
    log::info("To generate TLSA records run:");
    log::info("  # postfix tls output-server-tlsa [-h <hostname>] {}", files.key);
    log::info("(deploy after updating the DNS and waiting for stale RRs to expire).");
    return 0;
}

// The key files that main.cf names, those of elliptic keys too.
std::vector<std::string> configured_keys(const Instance& instance) {
    std::vector<std::string> files;
    for (const std::string_view name : {"smtpd_tls_key_file", "smtpd_tls_eckey_file"}) {
        const std::string file = instance.settings.value_of(name).value_or("");
        if (!file.empty() && stat_file(file)) files.push_back(file);
    }
    return files;
}

// The key in use when there is one of the algorithm wanted; else a new one.
int new_server_certificate(Request& request) {
    take_options(request, "ab", "new-server-cert [-a algorithm] [-b bits] [hostname ...]");
    const bool elliptic = lower(request.algorithm) == "ecdsa";
    const std::string key =
        request.instance.settings.value_of(elliptic ? "smtpd_tls_eckey_file" : "smtpd_tls_key_file")
            .value_or("");
    if (key.empty() || !stat_file(key)) return new_server_key(request);
    const NewKey files{.key = key,
                       .certificate = fmt::format("{}/{}cert-{}.pem", request.instance.directory,
                                                  elliptic ? "ec" : "", local_time("%Y%m%d-%H%M%S"))};
    make_certificate(request, files);
    log::info("New self-signed certificate created. To deploy run:");
    log::info("  # postfix tls deploy-server-cert {} {}", files.certificate, files.key);
    tell_of_request(files, ", and deploy as above");
    return 0;
}

Result<std::string> public_key(const std::string& openssl, const std::vector<std::string>& arguments) {
    std::vector<std::string> command = {openssl};
    command.insert(command.end(), arguments.begin(), arguments.end());
    auto key = output_of_program(command, openssl_time_limit, output_limit);
    if (!key || key->empty()) return Error{"no key"};
    return key;
}

// RSA, or for an elliptic curve true.
bool is_elliptic(const Request& request, const std::string& key) {
    const auto text = output_of_program({request.openssl, "pkey", "-in", key, "-noout", "-text_pub"},
                                        openssl_time_limit, output_limit);
    return text && text->find("ASN1 OID") != std::string::npos;
}

int deploy(Request& request) {
    if (request.words.size() != 2) usage("deploy-server-cert certfile keyfile");
    const NewKey files{.key = full_path(request.instance, request.words[1]),
                       .certificate = full_path(request.instance, request.words[0])};
    const auto key = public_key(request.openssl, {"pkey", "-in", files.key, "-pubout"});
    if (!key) fatal("no private key found in file: {}", files.key);
    const auto certified =
        public_key(request.openssl, {"x509", "-in", files.certificate, "-noout", "-pubkey"});
    if (!certified) fatal("error extracting public key from certificate file: {}", files.certificate);
    if (*key != *certified)
        fatal("key in {} does not match the first certificate in {}", files.key, files.certificate);
    edit_main_cf(request.instance, deployment(files, is_elliptic(request, files.key)));
    log::info("New TLS private key and certificate deployed.");
    tell_to_reload();
    tell_of_dane();
    return 0;
}

int output_request(Request& request) {
    take_options(request, "k", "output-server-csr [-k keyfile] [hostname ...]");
    std::string key = request.key_file;
    if (key.empty()) {
        const auto configured = configured_keys(request.instance);
        if (!configured.empty()) key = configured.front();
    } else {
        key = full_path(request.instance, key);
    }
    if (key.empty() || !stat_file(key)) fatal("No usable keyfile specified or configured");
    const auto made = output_of_program({request.openssl, "req", "-new", "-config", "/dev/null", "-key", key,
                                         "-subj", "/", "-addext", alternative_names(hosts_of(request))},
                                        openssl_time_limit, output_limit);
    if (!made) fatal("error generating certificate request: {}", made.error());
    std::fputs(made->c_str(), stdout);
    return 0;
}

int output_tlsa(Request& request) {
    take_options(request, "h", "output-server-tlsa [-h hostname] [keyfile ...]");
    const std::string host =
        request.host.empty() ? request.instance.settings[config::myhostname] : request.host;
    std::vector<std::string> keys = request.words;
    for (std::string& key : keys) key = full_path(request.instance, key);
    if (keys.empty()) keys = configured_keys(request.instance);
    if (keys.empty()) fatal("No usable keyfile specified or configured");
    for (const std::string& key : keys) {
        fmt::print("; {}\n", key);
        std::fflush(stdout);
        const auto digest = public_key_digest(request.openssl, key);
        if (!digest) fatal("no private key found in file: {}", key);
        fmt::print("_25._tcp.{}. IN TLSA 3 1 1 {}\n", host, *digest);
    }
    return 0;
}

int all_default_client(Request& request) {
    if (!request.words.empty()) usage("all-default-client");
    return all_default(request.instance, "smtp_") ? 0 : 1;
}

int all_default_server(Request& request) {
    if (!request.words.empty()) usage("all-default-server");
    return all_default(request.instance, "smtpd_") ? 0 : 1;
}

struct Command {
    std::string_view name;
    int (*run)(Request& request);
};
constexpr Command commands[] = {
    {"enable-client", enable_client},
    {"enable-server", enable_server},
    {"new-server-key", new_server_key},
    {"new-server-cert", new_server_certificate},
    {"deploy-server-cert", deploy},
    {"output-server-csr", output_request},
    {"output-server-tlsa", output_tlsa},
    {"all-default-client", all_default_client},
    {"all-default-server", all_default_server},
};

}  // namespace

Result<std::string> public_key_digest(const std::string& openssl, const std::string& key_file) {
    std::string name = "/tmp/postfix-tls.XXXXXX";
    const Fd file(::mkstemp(name.data()));
    if (!file) return Error{"mkstemp " + name + ": " + errno_text()};
    const auto written =
        output_of_program({openssl, "pkey", "-in", key_file, "-pubout", "-outform", "DER", "-out", name},
                          openssl_time_limit, output_limit);
    auto digest = written ? output_of_program({openssl, "dgst", "-sha256", "-r", name}, openssl_time_limit,
                                              output_limit)
                          : Result<std::string>(Error{written.error()});
    ::unlink(name.c_str());
    if (!digest) return Error{digest.error()};
    return digest->substr(0, digest->find(' '));
}

int manage_tls(const Instance& instance, const std::vector<std::string>& words) {
    config::open_log(instance.settings, "postfix-tls-script", config::LogUser::command);
    const std::string name = words.empty() ? "" : words.front();
    for (const Command& command : commands) {
        if (command.name != name) continue;
        Request request{.instance = instance, .openssl = instance.settings[openssl_path]};
        request.words.assign(words.begin() + 1, words.end());
        return command.run(request);
    }
    log::error("unknown tls command: '{}'", name);
    usage(
        "enable-client (or enable-server, new-server-key, new-server-cert, deploy-server-cert, "
        "output-server-csr, output-server-tlsa, all-default-client, all-default-server)");
}

}  // namespace postrider::postfix

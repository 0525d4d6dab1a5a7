// commands/postfix/check/certificates.cc - keys and certificates: unreadable, of different pairs, at their
// end.
#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <set>

#include "commands/postfix/check/checks.h"
#include "lib/base/file.h"
#include "lib/base/text.h"
#include "lib/daemon/tls_server_parameters.h"
#include "lib/tls/key_check.h"

namespace postrider::postfix::check {

namespace {

constexpr std::int64_t day = 24L * 60 * 60;

struct Pair {
    std::string_view certificate;
    std::string_view key;
};
constexpr Pair pairs[] = {
    {"cert_file", "key_file"}, {"eccert_file", "eckey_file"}, {"dcert_file", "dkey_file"}};

std::string date(std::int64_t seconds) {
    const time_t when = seconds;
    struct tm parts {};
    gmtime_r(&when, &parts);
    return fmt::format("{:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

class Certificates {
  public:
    Certificates(const Configuration& configuration, Findings& findings)
        : configuration_(configuration), findings_(findings) {}

    void look_at(std::string_view side, const Service* service) {
        const Settings& settings = configuration_.settings_of(service);
        const auto value = [&](std::string_view suffix) {
            return std::string(trim(settings.value_of(fmt::format("{}_tls_{}", side, suffix)).value_or("")));
        };
        tls::KeyFiles files;
        files.chain_files = split_words(value("chain_files"));
        if (!files.chain_files.empty()) {
            check(fmt::format("{}_tls_chain_files", side), service, files);
            return;
        }
        for (const Pair& one : pairs) {
            const std::string certificate = value(one.certificate);
            if (certificate.empty() || certificate == "none") continue;
            tls::KeyFiles alone;
            alone.pairs.push_back({certificate, value(one.key)});
            check(fmt::format("{}_tls_{}", side, one.certificate), service, alone);
        }
    }

  private:
    void add(Severity severity, const std::string& parameter, const Service* service, std::string text,
             std::string remedy) {
        if (!told_.insert(text).second) return;
        findings_.push_back(configuration_.about(severity, "certificate", parameter, service, std::move(text),
                                                 std::move(remedy)));
    }

    static std::vector<std::string> paths(const tls::KeyFiles& files) {
        std::vector<std::string> all = files.chain_files;
        for (const auto& pair : files.pairs) {
            all.push_back(pair.certificate);
            if (!pair.key.empty()) all.push_back(pair.key);
        }
        return all;
    }

    void check(const std::string& parameter, const Service* service, const tls::KeyFiles& files) {
        for (const std::string& path : paths(files)) {
            if (::access(path.c_str(), R_OK) != 0 && errno == EACCES && !configuration_.instance.privileged)
                return;
            check_mode(parameter, service, path);
        }
        const auto expiry = tls::first_expiry(files);
        if (!expiry) {
            // OpenSSL's words, which the log has too, and what they mean.
            const bool mismatch = expiry.error().find("key values mismatch") != std::string::npos;
            add(Severity::error, parameter, service,
                fmt::format("{}: {}{}", parameter, mismatch ? "the key does not match the certificate: " : "",
                            expiry.error()),
                "name the right files: TLS is not available");
            return;
        }
        const std::string certificate = paths(files).front();
        const std::int64_t left = *expiry - time(nullptr);
        const auto warning_time =
            configuration_.settings_of(service)[daemon::smtpd_tls_cert_expiry_warning_time].count();
        if (left < 0)
            add(Severity::error, parameter, service,
                fmt::format("the certificate in {} expired on {}", certificate, date(*expiry)), "renew it");
        else if (left < warning_time)
            add(Severity::warning, parameter, service,
                fmt::format("the certificate in {} expires on {}, in {} day{}", certificate, date(*expiry),
                            left / day, left / day == 1 ? "" : "s"),
                "renew it");
    }

    // A key that everybody may read is no secret.
    void check_mode(const std::string& parameter, const Service* service, const std::string& path) {
        const auto found = stat_file(path);
        if (!found || (found->st_mode & S_IROTH) == 0) return;
        const auto text = read_file(path);
        if (!text || text->find("PRIVATE KEY-----") == std::string::npos) return;
        add(Severity::warning, parameter, service,
            fmt::format("everybody on this machine may read the key in {}", path),
            fmt::format("chmod o-r {}", path));
    }

    const Configuration& configuration_;
    Findings& findings_;
    std::set<std::string> told_;
};

}  // namespace

void check_certificates(const Configuration& configuration, Findings& findings) {
    Certificates certificates(configuration, findings);
    configuration.for_each_view({"smtpd_tls_chain_files", "smtpd_tls_cert_file", "smtpd_tls_key_file",
                                 "smtpd_tls_eccert_file", "smtpd_tls_eckey_file"},
                                [&](const Service* service) { certificates.look_at("smtpd", service); });
    for (const std::string_view side : {"smtp", "lmtp"}) {
        const std::string chain = fmt::format("{}_tls_chain_files", side);
        const std::string certificate = fmt::format("{}_tls_cert_file", side);
        configuration.for_each_view({chain, certificate},
                                    [&](const Service* service) { certificates.look_at(side, service); });
    }
}

}  // namespace postrider::postfix::check

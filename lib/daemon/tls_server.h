// lib/daemon/tls_server.h - TLS for a daemon that serves SMTP: made of main.cf, renewed when keys are
// renewed.
//
// Opened before the jail closes.  smtpd(8) reads smtpd_tls_*; another server fills TlsServerSettings from
// parameters of its own.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lib/config/settings.h"
#include "lib/daemon/file_watch.h"
#include "lib/ipc/tlsmgr_client.h"
#include "lib/tables/table.h"
#include "lib/tables/table_list.h"
#include "lib/tls/log_choices.h"
#include "lib/tls/server.h"

namespace postrider::daemon {

// Whether clients may, or must, use TLS.
enum class TlsLevel { none, may, encrypt };

// What the parameters of one server say, under the names of smtpd's: smtpd_tls_cert_file is cert_file.
struct TlsServerSettings {
    TlsLevel level = TlsLevel::none;
    std::string chain_files, cert_file, key_file, eccert_file, eckey_file, dcert_file, dkey_file;
    std::string ca_file, ca_path;
    bool ask_ccert = false, req_ccert = false;
    int ccert_verifydepth = 9;
    std::string ciphers, mandatory_ciphers, exclude_ciphers, mandatory_exclude_ciphers;
    std::string protocols, mandatory_protocols;
    std::string eecdh_grade, dh1024_param_file;
    std::string fingerprint_digest;
    tls::LogChoices log;
    std::string loglevel_maps;
    std::string loglevel_parameter;  // its name, for warnings
    std::size_t trace_size_limit = 0;
    bool always_issue_session_ids = true;
};

// "" with use_tls and enforce_tls as they were before levels; a word that is no level is fatal.
TlsLevel parse_tls_level(const std::string& value, bool use_tls, bool enforce_tls,
                         std::string_view parameter);
// 0 to 4, or the names routine, summary, debug ...; another word is passed over, with a warning.
tls::LogChoices parse_tls_loglevel(const std::string& value, std::string_view parameter);
// Says once that raw public keys are not to be had.
void warn_of_raw_keys(bool enabled, std::string_view parameter);
// `wrapped`: there is nothing without TLS on this port.
TlsServerSettings read_smtpd_tls(const Settings& settings, bool wrapped = false);

class TlsServer {
  public:
    // Never null.  When TLS cannot be offered as configured there are warnings, and ready() is false.
    // `settings` outlives the server.
    static std::unique_ptr<TlsServer> open(const Settings& settings, const TlsServerSettings& chosen);

    // Takes up renewed keys; then says whether a handshake can be tried.
    bool ready();
    // One handshake, by the stream's deadline, with what is logged of it.  The error has been logged;
    // PeerGone has been, too, and goes on to the caller.  Name ("unknown" when it is) and address of the
    // client may have a log level of their own.
    async::Task<Result<tls::Facts>> accept(async::Stream& stream, std::string peer, std::string name,
                                           std::string address);
    // At the end of a session that speaks TLS.
    async::Task<> end(async::Stream& stream);

    bool asks_certificates() const { return chosen_.ask_ccert; }
    const TlsServerSettings& settings() const { return chosen_; }

  private:
    TlsServer(const Settings& settings, TlsServerSettings chosen);
    tls::ServerOptions options() const;
    Result<void> start();
    void take_up_renewed_keys();
    void warn_about_expiry();
    void log_handshake(const tls::Facts& facts, const std::string& peer,
                       const tls::LogChoices& choices) const;
    async::Task<tls::LogChoices> log_choices(std::string name, std::string address) const;
    const Settings& settings_;
    TlsServerSettings chosen_;
    ipc::TlsmgrClient manager_;
    std::vector<tables::TablePtr> names_;
    tables::TableList log_tables_;
    std::unique_ptr<FileWatch> watch_;
    std::unique_ptr<tls::Server> server_;
    async::Deadline next_expiry_check_{};
};

}  // namespace postrider::daemon

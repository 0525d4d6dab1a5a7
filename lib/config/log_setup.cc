// lib/config/log_setup.cc - where a program's log lines go, by main.cf.
#include "lib/config/log_setup.h"

#include <unistd.h>

#include <cstdlib>

#include "lib/base/log_format.h"
#include "lib/base/shown_text.h"
#include "lib/config/global_parameters.h"
#include "lib/config/log_parameters.h"

namespace postrider::config {

namespace {

std::string tag(std::string name, std::string_view process) {
    // Compat: the environment wins, so that all programs of one instance can be told apart.
    const char* wanted = std::getenv("MAIL_LOGTAG");
    if (wanted != nullptr && *wanted != '\0') name = wanted;
    if (name.empty()) name = "postfix";
    return name + "/" + std::string(process);
}

bool says_log_lines(std::string_view process) {
    return process == "postlog" || process == "master" || process == "postmulti" ||
           process.starts_with("postfix");
}

}  // namespace

void open_log_early(std::string_view process, LogUser user) {
    log::Destination destination;
    destination.tag = tag("postfix", process);
    destination.to_stderr = user == LogUser::command;
    destination.only_stderr = user == LogUser::terminal;
    log::open(std::move(destination));
}

void open_log(const Settings& settings, std::string_view process, LogUser user) {
    log::Destination destination;
    destination.tag = tag(settings[syslog_name], process);
    destination.facility = log::facility_number(settings[syslog_facility]);
    if (destination.facility < 0)
        fatal(
            "main.cf: syslog_facility = {}: unknown facility; use one of mail, daemon, user, local0 ... "
            "local7",
            settings[syslog_facility]);
    destination.to_stderr = user == LogUser::command;
    destination.only_stderr = user == LogUser::terminal;
    log::show_ascii_only(user == LogUser::daemon && !settings[smtputf8_enable]);
    const std::string& host = settings[myhostname];
    destination.host = host.substr(0, host.find('.'));
    const std::string& file = settings[maillog_file];
    if (!file.empty()) {
        const std::string socket = "public/" + settings[postlog_service_name];
        destination.socket = user == LogUser::daemon ? socket : settings[queue_directory] + "/" + socket;
        // Only who may write the file does: root, or in an unprivileged instance its one user.  Standard
        // output (a container's log) is left to commands that print nothing else.
        if (user != LogUser::daemon && (!file.starts_with("/dev/") || says_log_lines(process)))
            destination.fallback_file = file;
    }
    log::open(std::move(destination));
    const std::string& format = settings[maillog_format];
    if (format != "text" && format != "json") fatal("bad maillog_format: {}; specify text or json", format);
    log::set_format(format == "json" ? log::Format::json : log::Format::traditional);
}

}  // namespace postrider::config

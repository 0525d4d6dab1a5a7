// commands/postfix/check/services.cc - the lines of master.cf.
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <map>

#include "commands/postfix/check/checks.h"
#include "lib/base/file.h"
#include "lib/base/text.h"

namespace postrider::postfix::check {

namespace {

// Names in master.cf whose work other programs do here: their lines are taken and mean nothing.
constexpr std::string_view absorbed_programs[] = {"scache", "tlsproxy", "dnsblog", "nbdb_reindexd"};
// These exist once, because they keep something that two would spoil.
constexpr std::string_view single_programs[] = {"qmgr",   "pickup", "postscreen", "postlogd", "tlsmgr",
                                                "verify", "anvil",  "oqmgr",      "nqmgr"};
constexpr std::string_view privileged_programs[] = {"local", "virtual", "pipe", "spawn"};
// Whoever sends them mail or a request is not one of the suite's own daemons.
constexpr std::string_view public_services[] = {"pickup", "cleanup", "qmgr", "flush", "showq", "postlog"};

template <class List>
bool contains(const List& list, std::string_view word) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

Finding about(const Configuration& configuration, Severity severity, const Service& service, std::string text,
              std::string remedy) {
    Finding finding;
    finding.severity = severity;
    finding.kind = "service";
    finding.file = configuration.master_file;
    finding.line = service.entry.line;
    finding.text = fmt::format("service {}: {}", service.name(), text);
    finding.remedy = std::move(remedy);
    return finding;
}

void check_program(const Configuration& configuration, const Service& service, Findings& findings) {
    const std::string& command = service.entry.command;
    if (contains(absorbed_programs, command)) return;
    const std::string path = command.starts_with('/') ? command : configuration.instance.daemon(command);
    if (::access(path.c_str(), X_OK) == 0) return;
    const std::string why = errno_text();
    findings.push_back(about(configuration, Severity::error, service,
                             fmt::format("cannot run {}: {}", path, why),
                             "correct the last column, or install the program"));
}

void check_columns(const Configuration& configuration, const Service& service, Findings& findings) {
    const config::ServiceEntry& entry = service.entry;
    const auto add = [&](Severity severity, std::string text, std::string remedy) {
        findings.push_back(about(configuration, severity, service, std::move(text), std::move(remedy)));
    };
    if (contains(single_programs, entry.command) && entry.process_limit != 1 && entry.command != "anvil" &&
        entry.command != "verify")
        add(Severity::error,
            fmt::format("{} must be one process, not {}", entry.command,
                        entry.process_limit == 0 ? "any number" : std::to_string(entry.process_limit)),
            "write 1 in the seventh column");
    if (entry.command == "proxymap" && entry.service == "proxywrite" && entry.process_limit != 1)
        add(Severity::error, "proxywrite must be one process", "write 1 in the seventh column");
    if (contains(privileged_programs, entry.command) && entry.unprivileged &&
        configuration.instance.privileged)
        add(Severity::error, fmt::format("{} cannot work without privileges", entry.command),
            "write n in the fourth column (unprivileged)");
    if (entry.type == "inet" && entry.private_)
        add(Severity::error, "a service of the network cannot be private",
            "write n in the third column (private)");
    if (entry.type == "unix" && entry.private_ && contains(public_services, entry.service))
        add(Severity::error, "the programs that ask it look in public/",
            "write n in the third column (private)");
    if (entry.chroot && contains(privileged_programs, entry.command))
        add(Severity::note,
            fmt::format("{} does not use the jail: users and commands are outside", entry.command),
            "write n in the fifth column (chroot)");
    if ((entry.service == "pickup" || entry.service == "qmgr") && entry.wakeup == 0)
        add(Severity::warning, "is never woken: mail may wait for a long time",
            entry.service == "pickup" ? "write 60 in the sixth column (wakeup)"
                                      : "write 300 in the sixth column (wakeup)");
}

void check_arguments(const Configuration& configuration, const Service& service, Findings& findings) {
    const auto& words = service.entry.arguments;
    const bool runs_commands = service.entry.command == "pipe" || service.entry.command == "spawn";
    bool has_user = false;
    bool has_command = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        has_user = has_user || words[i].starts_with("user=");
        has_command = has_command || words[i].starts_with("argv=");
        if (has_command) break;
        if (words[i] != "-o" || i + 1 >= words.size()) continue;
        const std::string& option = words[++i];
        if (option.find('=') == std::string::npos)
            findings.push_back(about(configuration, Severity::error, service,
                                     fmt::format("-o {}: no '=' in it", option),
                                     "write -o name=value without white space, or -o { name = value }"));
    }
    if (!runs_commands) return;
    if (!has_user)
        findings.push_back(about(configuration, Severity::error, service, "no user= argument",
                                 "say as which user the command runs: user=nobody"));
    if (!has_command)
        findings.push_back(about(configuration, Severity::error, service, "no argv= argument",
                                 "say which command runs: argv=/path/to/command"));
}

void check_missing(const Configuration& configuration, Findings& findings) {
    struct Needed {
        std::string_view parameter;
        std::string_view service;
        std::string_view what;
    };
    static constexpr Needed needed[] = {
        {"cleanup_service_name", "cleanup", "no mail can come in"},
        {"queue_service_name", "qmgr", "no mail is delivered"},
        {"rewrite_service_name", "rewrite", "no address can be resolved"},
        {"bounce_service_name", "bounce", "mail cannot be returned"},
        {"defer_service_name", "defer", "nobody knows why mail waits"},
    };
    for (const Needed& one : needed) {
        const std::string name = configuration.settings.value_of(one.parameter).value_or("");
        const bool there = configuration.has_service(name, "unix") || configuration.has_service(name, "fifo");
        if (there) continue;
        Finding finding;
        finding.severity = Severity::warning;
        finding.kind = "missing-service";
        finding.file = configuration.master_file;
        finding.text = fmt::format("there is no service {}: {}", name, one.what);
        finding.remedy = "add the line; master.cf.proto has it";
        findings.push_back(std::move(finding));
    }
}

void check_duplicates(const Configuration& configuration, Findings& findings) {
    std::map<std::string, int> seen;
    for (const config::MasterLine& line : configuration.lines) {
        const std::string name = line.service() + "/" + line.type();
        const auto [place, fresh] = seen.emplace(name, line.first_line);
        if (fresh) continue;
        Finding finding;
        finding.kind = "duplicate-service";
        finding.file = configuration.master_file;
        finding.line = line.first_line;
        finding.text = fmt::format("service {} is in line {} already; this line wins", name, place->second);
        finding.remedy = "remove one of the two";
        findings.push_back(std::move(finding));
        place->second = line.first_line;
    }
}

}  // namespace

void check_services(const Configuration& configuration, Findings& findings) {
    if (!configuration.master_error.empty()) {
        Finding finding;
        finding.severity = Severity::error;
        finding.kind = "service";
        finding.file = configuration.master_file;
        finding.text = configuration.master_error;
        finding.remedy = "correct the line";
        findings.push_back(std::move(finding));
        return;
    }
    for (const auto& service : configuration.services) {
        check_program(configuration, *service, findings);
        check_columns(configuration, *service, findings);
        check_arguments(configuration, *service, findings);
    }
    check_duplicates(configuration, findings);
    check_missing(configuration, findings);
}

}  // namespace postrider::postfix::check

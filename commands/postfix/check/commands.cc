// commands/postfix/check/commands.cc - commands that pipe(8), spawn(8) and local(8) would run.
//
// The stock master.cf has lines for programs that few machines have. What is wrong with such a line is a note
// until something sends mail there.
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>

#include "agents/pipe/service.h"
#include "commands/postfix/check/checks.h"
#include "commands/postfix/check/table_content.h"
#include "lib/base/file.h"
#include "lib/base/text.h"
#include "lib/delivery/command.h"
#include "lib/delivery/rights.h"
#include "lib/mail/parameters.h"
#include "local/parameters.h"

namespace postrider::postfix::check {

namespace {

// Where the agents look for a name without a directory.
constexpr std::string_view search_path[] = {"/usr/bin", "/bin"};

// What follows the options of a line: flags=, user=, argv= and the command.
std::vector<std::string> after_options(const Service& service) {
    const std::vector<std::string>& words = service.entry.arguments;
    std::size_t i = 0;
    while (i < words.size() && words[i].starts_with('-')) i += words[i] == "-o" ? 2 : 1;
    return {words.begin() + static_cast<std::ptrdiff_t>(std::min(i, words.size())), words.end()};
}

// Why it cannot be run; "" when it can, or when this user may not see.
std::string problem_with_program(const std::string& program, const std::string& directory = "",
                                 const std::string& root = "") {
    if (program.empty() || program.find('$') != std::string::npos) return "";
    std::vector<std::string> places;
    if (program.find('/') == std::string::npos) {
        for (const std::string_view place : search_path)
            places.push_back(root + std::string(place) + "/" + program);
    } else {
        places.push_back(root + (program.starts_with('/') ? program : directory + "/" + program));
    }
    std::string problem;
    for (const std::string& place : places) {
        const auto file = stat_file(place);
        if (file && S_ISDIR(file->st_mode))
            problem = "is a directory";
        else if (::access(place.c_str(), X_OK) == 0)
            return "";
        else if (errno == EACCES && !file)
            return "";
        else
            problem = errno_text();
    }
    return problem;
}

class Commands {
  public:
    Commands(const Configuration& configuration, Findings& findings)
        : configuration_(configuration), findings_(findings) {
        collect_used_services();
    }

    void look_at_pipe(const Service& service);
    void look_at_spawn(const Service& service);
    void look_at_mailbox_command();

  private:
    void collect_used_services();
    void use(std::string_view word) { used_.insert(std::string(word.substr(0, word.find(':')))); }

    void add(const Service& service, std::string text, std::string remedy) {
        Finding finding;
        finding.severity = used_.contains(service.entry.service) ? Severity::error : Severity::note;
        finding.kind = "command";
        finding.file = configuration_.master_file;
        finding.line = service.entry.line;
        finding.text = fmt::format("service {}: {}", service.name(), text);
        finding.remedy = std::move(remedy);
        findings_.push_back(std::move(finding));
    }
    void look_at_program(const Service& service, const std::string& program,
                         const pipe_agent::Service& attributes);
    void look_at_user(const Service& service, const pipe_agent::Service& attributes);
    void look_at_macros(const Service& service, const pipe_agent::Service& attributes);
    void look_at_recipient_limit(const Service& service, const pipe_agent::Service& attributes);

    const Configuration& configuration_;
    Findings& findings_;
    std::set<std::string, std::less<>> used_;  // services that main.cf, or a table that can be read, names
};

// "maildrop:" as a transport or in a table of transports, "FILTER smtp-amavis:[127.0.0.1]:10024" in other
// tables, "unix:private/policy" anywhere.
void Commands::collect_used_services() {
    const auto look_at = [this](std::string_view name, const Settings& settings) {
        const auto entry = settings.explicit_value(name);
        const bool is_transport = name.ends_with("_transport") || name == "content_filter";
        const bool transports = name.ends_with("transport_maps");
        const bool tables = transports || name.ends_with("_checks") || name.ends_with("_restrictions");
        // Other values need not be such that they can be expanded.
        if (!is_transport && !tables && entry->value.find("unix:") == std::string::npos) return;
        const std::string value = settings.value_of(name).value_or("");
        if (is_transport) use(value);
        for (const std::string& word : split_words(value, " \t\r\n,{}"))
            if (word.starts_with("unix:")) use(std::string_view(word).substr(word.rfind('/') + 1));
        if (!tables) return;
        for (const std::string& word : split_words_with_braces(value)) {
            if (word.find(':') == std::string::npos) continue;
            const auto content = table_content(word, settings);
            if (!content) continue;
            for (const auto& [key, result] : *content) {
                const std::vector<std::string> words = split_words(result);
                if (words.empty()) continue;
                if (transports) use(words.front());
                if (words.size() > 1 && equals_ignoring_case(words.front(), "FILTER")) use(words[1]);
            }
        }
    };
    const Settings& settings = configuration_.settings;
    if (configuration_.usable)
        for (const auto& [name, entry] : settings.explicit_values()) look_at(name, settings);
    for (const auto& service : configuration_.services) {
        if (!service->usable) continue;
        for (const std::string& name : service->overridden) look_at(name, service->settings);
    }
}

void Commands::look_at_program(const Service& service, const std::string& program,
                               const pipe_agent::Service& attributes) {
    if (!attributes.directory.empty()) {
        const auto directory = stat_file(attributes.root + attributes.directory);
        if (!directory || !S_ISDIR(directory->st_mode)) {
            add(service,
                fmt::format("directory={}: there is no such directory",
                            attributes.root + attributes.directory),
                "make it, or correct the name");
            return;
        }
    }
    const std::string directory =
        attributes.directory.empty() ? configuration_.instance.queue : attributes.directory;
    const std::string problem = problem_with_program(program, directory, attributes.root);
    if (!problem.empty())
        add(service, fmt::format("cannot run argv={}: {}", program, problem),
            "install the program, correct the name, or remove the line");
}

void Commands::look_at_user(const Service& service, const pipe_agent::Service& attributes) {
    if (attributes.user.empty()) return;
    const auto user = delivery::find_user_now(attributes.user);
    if (!user) return;
    if (!*user) {
        add(service, fmt::format("user={}: there is no such user", attributes.user),
            "make the user, or correct the name");
        return;
    }
    if (!attributes.group.empty() && !delivery::find_group_now(attributes.group)) {
        add(service, fmt::format("user={}:{}: there is no such group", attributes.user, attributes.group),
            "make the group, or correct the name");
        return;
    }
    if ((*user)->uid == 0)
        add(service, fmt::format("user={}: commands do not run with root's rights", attributes.user),
            "name a user for this command");
}

void Commands::look_at_macros(const Service& service, const pipe_agent::Service& attributes) {
    delivery::Request request;
    request.sender = "sender@example.com";
    delivery::Recipient recipient;
    recipient.recipient = "user@example.com";
    request.recipients.push_back(recipient);
    const auto expanded = pipe_agent::expand_arguments(attributes, request, "");
    if (!expanded)
        add(service, "argv=: " + expanded.error(),
            "correct the name; pipe(8) lists them, and $$ stands for a dollar");
}

void Commands::look_at_recipient_limit(const Service& service, const pipe_agent::Service& attributes) {
    if (!attributes.delivered_to && !attributes.original_to) return;
    // Nobody asks for it before mail goes there.
    if (!used_.contains(service.entry.service) || !configuration_.usable) return;
    const std::string parameter = service.entry.service + "_destination_recipient_limit";
    const Settings& settings = configuration_.settings;
    const auto own = settings.explicit_value(parameter);
    const std::string limit = own ? settings.value_of(parameter).value_or("")
                                  : settings.value_of("default_destination_recipient_limit").value_or("");
    if (trim(limit) == "1") return;
    add(service,
        fmt::format("flag {} needs {} = 1: mail with several recipients is deferred",
                    attributes.delivered_to ? 'D' : 'O', parameter),
        fmt::format("postconf -e '{} = 1'", parameter));
}

void Commands::look_at_pipe(const Service& service) {
    const auto attributes = pipe_agent::parse_service(after_options(service));
    if (!attributes) {
        if (!attributes.error().starts_with("missing "))  // told with the line's other mistakes
            add(service, attributes.error(), "correct it; pipe(8) lists the attributes and flags");
        return;
    }
    look_at_user(service, *attributes);
    look_at_program(service, attributes->arguments.front(), *attributes);
    look_at_macros(service, *attributes);
    look_at_recipient_limit(service, *attributes);
}

void Commands::look_at_spawn(const Service& service) {
    pipe_agent::Service attributes;
    std::string program;
    for (const std::string& word : after_options(service)) {
        if (word.starts_with("argv=")) {
            program = word.substr(5);
            break;
        }
        if (!word.starts_with("user=")) continue;
        const std::string user = word.substr(5);
        const std::size_t colon = user.find(':');
        attributes.user = user.substr(0, colon);
        if (colon != std::string::npos) attributes.group = user.substr(colon + 1);
    }
    // A service of the network is used by whoever connects.
    if (service.entry.type == "inet") used_.insert(service.entry.service);
    look_at_user(service, attributes);
    look_at_program(service, program, attributes);
}

void Commands::look_at_mailbox_command() {
    const Settings& settings = configuration_.settings;
    const auto entry = settings.explicit_value("mailbox_command");
    if (!entry || !trim(settings.value_of("mailbox_transport").value_or("")).empty()) return;
    std::vector<std::string> words =
        delivery::command_arguments(entry->value, settings.value_of("local_command_shell").value_or(""));
    // The shell's own words are its own matter, but a first word that is a path is none of them.
    if (words.size() == 3 && words[1] == "-c") words = split_words(words[2], " \t");
    if (!words.empty() && words.front() == "exec") words.erase(words.begin());
    if (words.empty()) return;
    const std::string& program = words.front();
    if (program.find_first_of("=\"'`(){}<>|&;\\$*?[]~#:!") != std::string::npos) return;
    const bool shell_knows = program.find('/') == std::string::npos && words.size() > 1 &&
                             (program == "if" || program == "test" || program == "cd" || program == "umask" ||
                              program == "set" || program == "for" || program == "while");
    if (shell_knows) return;
    const std::string problem = problem_with_program(program, configuration_.instance.queue);
    if (problem.empty()) return;
    findings_.push_back(configuration_.about(
        Severity::error, "command", "mailbox_command", nullptr,
        fmt::format("{}: cannot run {}: {}", configuration_.quoted("mailbox_command"), program, problem),
        "install the program, correct the name, or remove the line"));
}

}  // namespace

void check_commands(const Configuration& configuration, Findings& findings) {
    Commands commands(configuration, findings);
    for (const auto& service : configuration.services) {
        if (service->entry.command == "pipe") commands.look_at_pipe(*service);
        if (service->entry.command == "spawn") commands.look_at_spawn(*service);
    }
    if (configuration.usable) commands.look_at_mailbox_command();
}

}  // namespace postrider::postfix::check

// lib/delivery/command.h - running a command with the message on its standard input, in a child with the
// user's rights.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "lib/delivery/message_copy.h"
#include "lib/delivery/step.h"

namespace postrider::delivery {

struct CommandTarget {
    std::string agent = "pipe";                // who runs it, in complaints
    std::string complaint = "pipe_command: ";  // what those begin with
    std::string command;                       // for messages, and for the shell
    std::vector<std::string> arguments;        // empty: made from `command`
    std::string shell;  // run with this command line in front of `command` (local_command_shell)
    std::vector<std::string> environment;  // "NAME=value", nothing else
    std::string directory;                 // empty: where the agent is
    std::chrono::seconds time_limit{1000};
    long file_size_limit = 0;  // of the files it writes, bytes; 0: none
};

// How a command line is run: its words when it needs no shell, else {"sh", "-c", command}.
std::vector<std::string> command_arguments(const std::string& command, const std::string& shell);

// "NAME=value" or "NAME" (the agent's own value) items of export_environment, as environment strings;
// always with the same PATH.  Fatal when one is neither; to be called at start.
std::vector<std::string> exported_environment(const std::vector<std::string>& items);

// What an exit status of <sysexits.h> means; nothing for any other number.
struct ExitMeaning {
    std::string status;
    std::string text;
};
std::optional<ExitMeaning> exit_meaning(int status);
// What the end of a command means for the recipient.  `output`: what it said, on one line.
StepResult command_result(int wait_status, const std::string& command, const std::string& output);

// Runs it to its end, or kills it and all its children at the time limit.
StepResult run_command(const CommandTarget& target, int queue_file, std::int64_t data_offset,
                       const CopyOptions& copy);

}  // namespace postrider::delivery

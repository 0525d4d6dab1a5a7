// lib/delivery/message_copy.h - the message of a queue file as a mailbox or a command wants it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/delivery/request.h"
#include "lib/delivery/step.h"

namespace postrider::delivery {

struct CopyOptions {
    std::string from_line;             // "From sender  date", for mbox; empty: none
    std::vector<std::string> headers;  // put in front, without line ends
    bool quote_from = false;           // "From " at the start of a line becomes ">From "
    bool stuff_dots = false;           // "." at the start of a line becomes ".."
    bool blank_line_at_end = false;
    std::string line_end = "\n";
};

// The sender as mailboxes show it: quoted, MAILER-DAEMON for the null sender.
std::string sender_text(std::string_view sender);
// "From sender  Sat Nov 21 02:00:00 2026".
std::string from_line(std::string_view sender);
// "Return-Path: <sender>".
std::string return_path_header(std::string_view sender);

// `unreadable`: a read failed, with errno.
enum class Copied { all, write_failed, corrupt, unreadable };
// Copies the message through `write`, which gets pieces of about 64 KB and says whether to go on.
Copied copy_message(int queue_file, std::int64_t data_offset, const CopyOptions& options,
                    const std::function<bool(std::string_view)>& write);
// What comes of a step whose message is corrupt or unreadable; nothing otherwise.  Right after
// copy_message().
std::optional<StepResult> no_message(Copied copied);

}  // namespace postrider::delivery

// commands/sendmail/dialogue.h - sendmail -bs: SMTP on standard input and output.
#pragma once

#include <string>
#include <vector>

namespace postrider::sendmail {

// Runs `path` with `words` as its arguments and a socket on descriptors 0 and 1, and passes bytes between
// that socket and our standard input and output, whatever those are (pipes, files, a terminal, a connection
// of inetd). Returns the exit status of the program.
int run_dialogue(const std::string& path, const std::vector<std::string>& words);

}  // namespace postrider::sendmail

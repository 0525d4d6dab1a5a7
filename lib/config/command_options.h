// lib/config/command_options.h - the options of a command, with those that every command has.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace postrider::config {

// Takes the directory off argv[0], with which complaints of getopt(3) begin.
void use_short_name(int argc, char** argv);

// One letter after the other, as getopt(3) finds them; -c config_dir and -v are taken here.  The first word
// that is no option ends them.
class CommandOptions {
  public:
    // `letters`: those of this command alone, as getopt(3) wants them.
    CommandOptions(int argc, char** argv, const std::string& letters);

    // The next letter of the command's own, its argument in optarg; '?' for any other, which has been
    // complained about; 0 at the end.
    int next();
    // The argument of -c; start_command() wants it.
    const std::optional<std::string>& directory() const { return directory_; }
    // What stands behind the options, once they have ended.
    std::vector<std::string> words() const;

  private:
    int argc_;
    char** argv_;
    std::string letters_;
    std::optional<std::string> directory_;
};

}  // namespace postrider::config

// lib/daemon/confinement.h - what a daemon without root can still reach when somebody took it over.
//
// Landlock holds it to the directories it works in; a seccomp filter takes away the system calls that no
// daemon needs.  Kernels without them (see confinement_problem) are served all the same.
#pragma once

#include <string>
#include <vector>

#include "lib/config/settings.h"

namespace postrider::daemon {

// What one daemon needs beyond reading the system's own files, its configuration and its tables.
struct Confinement {
    std::vector<std::string> reads{};   // directories of the spool, or absolute ones: "deferred", "/tmp"
    std::vector<std::string> writes{};  // those it also changes
    // Files whose text names others, which are read, too.
    std::vector<std::string> descriptions{};
    bool network = false;   // opens TCP connections, or is given a port to bind
    bool caches = false;    // keeps files in data_directory or where its caches are named
    bool programs = false;  // runs a program of the administrator's, which may need anything
};

// In two steps: names are collected while files for root alone can be read, the rest follows in the jail.
class Confiner {
  public:
    Confiner(Confinement needs, const Settings& settings);
    // For good, for this process and its children.  The process has no privileges any more, and the queue
    // directory is its working directory.  What a kernel lacks is left out.
    void apply() const;

    // Directories and files outside the spool that main.cf and table configurations name.
    const std::vector<std::string>& readable() const { return readable_; }

  private:
    Confinement needs_;
    std::vector<std::string> readable_;
    std::vector<std::string> writable_;
};

// Why daemons of this machine cannot be confined to their files; empty when they can.
std::string confinement_problem();

}  // namespace postrider::daemon

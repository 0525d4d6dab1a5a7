// master/supervisor.h - all services of master.cf, and the signals that steer them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lib/config/settings.h"
#include "master/service.h"

namespace postrider::master {

// Makes a signal wait, or lets it in again.
void hold_signal(int signal, bool hold);

class Supervisor {
  public:
    // Reads main.cf and master.cf of the directory and opens every socket.  The error is one line and nothing
    // is left half started.
    static Result<std::unique_ptr<Supervisor>> start(const std::string& directory);
    ~Supervisor();

    // Serves until SIGTERM (or SIGINT in the foreground); returns the signal.
    int run();

    const Settings& settings() const { return *settings_; }

  private:
    explicit Supervisor(std::string directory) : directory_(std::move(directory)) {}
    struct Configuration;
    static Result<Configuration> read_configuration(const std::string& directory);
    Result<void> apply(Configuration configuration);
    void reload();
    void reap_children();
    void stop(int signal);
    bool any_children() const;

    std::string directory_;
    std::unique_ptr<Settings> settings_;
    std::vector<std::unique_ptr<Settings>> old_settings_;  // retired services still point to theirs
    std::vector<std::unique_ptr<Service>> services_;
    std::vector<std::unique_ptr<Service>> retired_;
    int stop_signal_ = 0;
};

}  // namespace postrider::master

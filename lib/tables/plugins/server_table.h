// lib/tables/plugins/server_table.h - the table of a plug-in: its configuration, and connections made from
// it.
//
// A Configuration is made from Options and has `hosts`, `retry_interval`, `idle_interval` and templates().  A
// ServerConnection is made from the configuration and has connect(server), which returns the reason of a
// failure, or nothing.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lib/tables/types/plugin.h"

namespace postrider::tables::plugin {

template <class Configuration, class ServerConnection>
class ServerTable : public Table {
  public:
    explicit ServerTable(const Options& options)
        : configuration_(std::make_shared<const Configuration>(options)) {}

    std::vector<std::string> servers() const override { return configuration_->hosts; }
    std::vector<std::string> templates() const override { return configuration_->templates(); }
    int retry_interval() const override { return configuration_->retry_interval; }
    int idle_interval() const override { return configuration_->idle_interval; }
    std::unique_ptr<Connection> connect(const std::string& server, std::string& reason) const override {
        auto connection = std::make_unique<ServerConnection>(configuration_);
        reason = connection->connect(server);
        if (!reason.empty()) return nullptr;
        return connection;
    }

  private:
    std::shared_ptr<const Configuration> configuration_;
};

}  // namespace postrider::tables::plugin

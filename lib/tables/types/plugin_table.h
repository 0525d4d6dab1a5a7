// lib/tables/types/plugin_table.h - a table whose type is a plug-in: what every such type shares.
//
// Lookups run on the worker pool over connections that are kept.  At most a few of one table are under way at
// once, and only one of them finds out whether a server answers at all: a server that does not costs one
// thread for the time of a connect, and then "try again" until its retry interval has passed.
#pragma once

#include <memory>

#include "lib/async/loop.h"
#include "lib/tables/open.h"
#include "lib/tables/types/plugin.h"
#include "lib/tables/types/query_config.h"
#include "lib/tables/types/server_choice.h"

namespace postrider::tables {

class PluginTable : public Table {
  public:
    PluginTable(const std::string& name, QueryConfig config, std::unique_ptr<plugin::Table> type,
                const OpenContext& context);
    ~PluginTable() override;

    Task<LookupResult> find(std::string key) override;
    std::optional<uid_t> owner() const override { return config_.owner(); }

  private:
    // One lookup on one connection, done by a worker; it owns all it uses.
    struct Attempt;
    struct Kept {
        std::size_t server = 0;
        std::unique_ptr<plugin::Connection> connection;
        async::Deadline used;
    };
    Task<plugin::Answer> ask(std::string key);
    Task<std::shared_ptr<Attempt>> run(std::shared_ptr<Attempt> attempt);
    std::unique_ptr<plugin::Connection> take_kept(std::size_t server);
    void drop_idle();
    bool can_be_asked(const std::string& key) const;
    LookupResult trouble(const std::string& reason) const;
    LookupResult weigh(const plugin::Answer& answer, const std::string& key) const;

    QueryConfig config_;
    std::shared_ptr<plugin::Table> type_;
    ServerChoice servers_;
    std::vector<std::unique_ptr<async::Event>> connecting_;  // of each server: set while nobody connects
    std::vector<Kept> kept_;
    async::Semaphore free_;
    std::chrono::seconds idle_interval_;
    std::string last_reason_;  // why the last server failed
    bool fold_;
    bool utf8_;
};

}  // namespace postrider::tables

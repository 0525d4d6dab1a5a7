// services/tlsmgr/cache.h - one store of TLS sessions: a Berkeley DB file, or memory.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "lib/tables/types/berkeley.h"

namespace postrider::tlsmgr {

class SessionCache {
  public:
    // `database`: type:name; "": nothing is kept.  The file starts empty: a session is worth no more than the
    // keys of its time.  One that cannot be opened is logged, and memory is used.
    SessionCache(std::string parameter, const std::string& database, std::int64_t lifetime);

    bool enabled() const { return enabled_; }
    std::optional<std::string> find(const std::string& id, std::int64_t now);
    void save(const std::string& id, const std::string& session, std::int64_t now);
    void remove(const std::string& id);
    // Takes out what has expired.
    void clean(std::int64_t now);
    std::size_t size();

  private:
    void warn(const std::string& why) const;
    std::string parameter_;
    std::int64_t lifetime_;
    bool enabled_ = false;
    std::optional<tables::BerkeleyFile> file_;
    std::map<std::string, std::string> memory_;
};

}  // namespace postrider::tlsmgr

// lib/daemon/file_watch.h - noticing that files were replaced, even from inside a jail.
//
// Set up before the jail closes: their directories are watched with inotify(7), which goes on telling when
// the process can no longer reach them; files it can still see are compared by identity and time as well.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "lib/async/loop.h"
#include "lib/base/fd.h"
#include "lib/base/file.h"

namespace postrider::daemon {

class FileWatch {
  public:
    explicit FileWatch(const std::vector<std::string>& paths);

    // Something was replaced since the last call.  Looks at most once a second.
    bool changed();
    // All of them can be opened by this process as it is now.
    bool readable() const;
    const std::vector<std::string>& paths() const { return paths_; }

  private:
    void watch(const std::string& path);
    bool told() const;
    std::vector<std::string> paths_;
    std::vector<std::optional<FileVersion>> seen_;
    Fd notifier_;
    std::map<int, std::set<std::string>> names_;  // by watch: the names in that directory
    async::Deadline next_{};
};

}  // namespace postrider::daemon

// lib/daemon/file_watch.cc - noticing that files were replaced.
#include "lib/daemon/file_watch.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>

namespace postrider::daemon {

FileWatch::FileWatch(const std::vector<std::string>& paths, async::Duration interval)
    : interval_(interval),
      paths_(paths),
      root_(file_version("/")),
      notifier_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    for (const std::string& path : paths_) {
        seen_.push_back(file_version(path));
        watch(path);
        // A link (certbot's live/NAME/cert.pem) may stay while what it points to is replaced.
        char target[PATH_MAX];
        if (::realpath(path.c_str(), target) != nullptr && target != path) watch(target);
    }
}

void FileWatch::watch(const std::string& path) {
    if (!notifier_) return;
    const int number = ::inotify_add_watch(notifier_.get(), directory_name(path).c_str(),
                                           IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ATTRIB | IN_ONLYDIR);
    if (number >= 0) names_[number].insert(base_name(path));
}

bool FileWatch::told() const {
    if (!notifier_) return false;
    bool ours = false;
    alignas(inotify_event) char buffer[4096];
    for (;;) {
        const ssize_t size = ::read(notifier_.get(), buffer, sizeof buffer);
        if (size <= 0) return ours;
        for (ssize_t at = 0; at < size;) {
            const auto* event = reinterpret_cast<const inotify_event*>(buffer + at);
            const auto watched = names_.find(event->wd);
            if (watched != names_.end() && event->len > 0 && watched->second.contains(event->name))
                ours = true;
            if ((event->mask & IN_Q_OVERFLOW) != 0) ours = true;
            at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
        }
    }
}

bool FileWatch::changed() {
    if (async::Clock::now() < next_) return false;
    next_ = async::after(interval_);
    bool different = told();
    if (jailed()) return different;
    for (std::size_t i = 0; i < paths_.size(); ++i) {
        const std::optional<FileVersion> now = file_version(paths_[i]);
        // Out of sight is not replaced: we may be in a jail, or between two steps of whoever replaces it.
        if (!now || now == seen_[i]) continue;
        different = different || seen_[i].has_value();
        seen_[i] = now;
    }
    return different;
}

// The same path inside the jail is another file, perhaps an old copy.
bool FileWatch::jailed() const {
    const std::optional<FileVersion> now = file_version("/");
    return !now || !root_ || now->inode != root_->inode || now->device != root_->device;
}

bool FileWatch::readable() const {
    if (jailed()) return false;
    for (const std::string& path : paths_)
        if (::access(path.c_str(), R_OK) != 0) return false;
    return true;
}

}  // namespace postrider::daemon

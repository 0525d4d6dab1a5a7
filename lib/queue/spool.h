// lib/queue/spool.h - the queue directories: where a message's file is, and how it moves.
//
// Paths are relative to the queue directory, which is the current directory of every program of ours.
#pragma once

#include <dirent.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/fd.h"
#include "lib/base/file.h"
#include "lib/base/result.h"
#include "lib/config/settings.h"
#include "lib/queue/queue_id.h"

namespace postrider::queue {

// The queues hold messages; defer, bounce and trace a log per message; flush a log per destination.
enum class Queue { maildrop, incoming, active, deferred, hold, corrupt, defer, bounce, trace, flush, saved };
std::string_view queue_name(Queue queue);
std::optional<Queue> parse_queue_name(std::string_view name);

// How names become paths.
class Spool {
  public:
    struct Layout {
        std::vector<std::string> hashed = {"deferred", "defer"};  // hash_queue_names
        int depth = 1;                                            // hash_queue_depth
        IdForm form = IdForm::short_form;                         // of new IDs
        std::string root;                                         // "" or a directory; for tests
    };
    Spool() : Spool(Layout()) {}
    explicit Spool(Layout layout);
    // As hash_queue_names, hash_queue_depth and enable_long_queue_ids say.
    explicit Spool(const Settings& settings);

    IdForm id_form() const { return layout_.form; }
    bool is_hashed(Queue queue) const;
    // "deferred".
    std::string directory(Queue queue) const;
    // "deferred/A/A1B2C3D4".
    std::string path(Queue queue, std::string_view id) const;

    // Makes the hash directories above a path (mode 0700); false with errno.
    bool make_parents(const std::string& path) const;
    // Moves a file between queues, making hash directories on demand; false with errno.  The name after the
    // move is not durable by itself: recovery may find the old one again.
    bool move(Queue from, Queue to, std::string_view id) const { return move(from, to, id, id); }
    bool move(Queue from, Queue to, std::string_view id, std::string_view new_id) const;
    // False with errno.
    bool remove(Queue queue, std::string_view id) const;
    // Opens a file of a queue without following a link in its last step; -1 with errno.
    Fd open(Queue queue, std::string_view id, int flags) const;
    std::optional<struct stat> stat(Queue queue, std::string_view id) const;

  private:
    Layout layout_;
    std::vector<bool> hashed_;
};

// Permission bits are the state of a message.
inline constexpr mode_t mode_ready = S_IRWXU;       // complete
inline constexpr mode_t mode_corrupt = S_IRUSR;     // set aside by a reader
inline constexpr mode_t mode_unthrottle = S_IRGRP;  // qmgr forgets dead destinations when it reads this
inline constexpr mode_t mode_expire = S_IXGRP;      // return it as if it were too old
inline bool is_ready(const struct stat& status) {
    return S_ISREG(status.st_mode) && (status.st_mode & S_IRWXU) == mode_ready;
}

// Walks the files of one queue, hash directories included, a few names at a time.
//
// Only names that are queue IDs are given; files that come and go meanwhile may or may not be seen.  maildrop
// is never hashed.  A directory that cannot be read is logged and passed over.
class QueueScanner {
  public:
    QueueScanner(const Spool& spool, Queue queue);
    // The next name; nothing at the end.
    std::optional<std::string> next();
    // At most `count` names; fewer, or none, at the end.
    std::vector<std::string> next(std::size_t count);
    // The directory of the name given last, for files that are not where the layout wants them.
    const std::string& found_in() const { return found_in_; }

  protected:
    // The next entry that is no hash directory, whatever its name.
    std::optional<std::string> next_entry();

  private:
    struct Close {
        void operator()(DIR* directory) const { ::closedir(directory); }
    };
    struct Level {
        std::unique_ptr<DIR, Close> directory;
        std::string path;
    };
    void enter(std::string path);
    std::vector<Level> levels_;
    std::string found_in_;
    bool recurses_;
};

// As QueueScanner, but gives every file: temporary and foreign names too.
class SpoolScanner : private QueueScanner {
  public:
    using QueueScanner::found_in;
    using QueueScanner::QueueScanner;
    std::optional<std::string> next() { return next_entry(); }
};

}  // namespace postrider::queue

// commands/postsuper/structure.h - putting the queue directories in order (postsuper -s, -S, -p).
//
// Run before the mail system starts: files are moved to where the hash settings want them, messages get the
// ID that belongs to their inode (after a restore from backup), and leftovers of crashed programs go.
#pragma once

#include <string>
#include <vector>

#include "lib/queue/spool.h"

namespace postrider::postsuper {

struct Repairs {
    bool structure = false;  // -s: right place, ID of the inode
    bool id_form = false;    // -S: also IDs of the configured form
    bool purge = false;      // -p: remove old temporary files
};

class Structure {
  public:
    Structure(const queue::Spool& spool, Repairs repairs) : spool_(spool), repairs_(repairs) {}
    // Puts the queues in order; all of them by default.
    void repair(const std::vector<queue::Queue>& queues);
    // How many messages got another ID.
    long renamed() const { return renamed_; }
    // How many files were moved to their directory.
    long moved() const { return moved_; }
    // False when something could not be put in order.
    bool is_complete() const { return complete_; }

  private:
    struct Found {
        std::string directory;
        std::string name;
    };
    void repair_file(queue::Queue queue, const Found& found);
    bool purge(const std::string& path, const struct stat& status);
    void begin_rename(queue::Queue queue, const Found& found, const std::string& new_id);
    void finish_renames(queue::Queue queue);
    void finish_rename(queue::Queue queue, const std::string& name);
    void move_into_place(queue::Queue queue, const Found& found);
    void remove_stray_directories(const std::string& directory, std::size_t depth);
    bool rename_file(const std::string& from, const std::string& to);

    const queue::Spool& spool_;
    Repairs repairs_;
    long renamed_ = 0;
    long moved_ = 0;
    bool complete_ = true;
};

// The ID a message file should have; nothing when it is right.
std::optional<std::string> wanted_id(const std::string& name, const struct stat& status, queue::IdForm form,
                                     bool change_form);

}  // namespace postrider::postsuper

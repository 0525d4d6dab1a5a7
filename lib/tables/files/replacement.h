// lib/tables/files/replacement.h - a new version of a file, made aside and put in place at once.
#pragma once

#include <sys/types.h>

#include <string>

#include "lib/base/fd.h"
#include "lib/base/result.h"

namespace postrider::tables {

class Replacement {
  public:
    Replacement() = default;
    ~Replacement();
    Replacement(Replacement&& other) noexcept { swap(other); }
    Replacement& operator=(Replacement&& other) noexcept {
        swap(other);
        return *this;
    }
    // Chooses a name for the new version of `target`, in its directory where that can be written.  With
    // `copy` the old content is copied there, and other writers of the target wait until this object is gone.
    static Result<Replacement> begin(const std::string& target, bool copy, mode_t mode);

    // Where to make the new version; no such file exists unless it was copied.
    const std::string& path() const { return path_; }
    // Syncs the new version and puts it in the target's place, with the owner and mode of the old one.
    Result<void> commit();

  private:
    void swap(Replacement& other) noexcept;
    Result<void> lock_target();
    Result<void> copy_over();
    std::string target_;
    std::string path_;
    std::string directory_;  // made for the new version alone; empty: it is beside the target
    mode_t mode_ = 0644;
    Fd locked_;  // the old version
};

}  // namespace postrider::tables

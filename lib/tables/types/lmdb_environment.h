// lib/tables/types/lmdb_environment.h - an open LMDB file, and texts as LMDB has them.
//
// LMDB reads its file where it is mapped, and a page that the file lacks ends the process (SIGBUS).  A file
// may lack pages that nothing refers to, or be half a file: what lacks is made zeros, which LMDB knows as no
// page of its.
#pragma once

#include <lmdb.h>

#include <string>

#include "lib/base/fd.h"

namespace postrider::tables {

// LMDB meets a broken page with an assertion, which would end the process; thrown through its functions
// instead.
struct BrokenPage {};
// What `work` returns, or MDB_CORRUPTED.
template <class Work>
int unless_broken(Work work) {
    try {
        return work();
    } catch (const BrokenPage&) {
        return MDB_CORRUPTED;
    }
}

class LmdbEnvironment {
  public:
    LmdbEnvironment() = default;
    ~LmdbEnvironment();
    LmdbEnvironment(const LmdbEnvironment&) = delete;
    LmdbEnvironment& operator=(const LmdbEnvironment&) = delete;

    // `flags` as for mdb_env_open(); there is never a lock file.  0, or LMDB's number of the error.
    int open(const std::string& path, unsigned flags, std::size_t map_bytes);
    MDB_env* get() const { return env_; }

  private:
    int open_file(const std::string& path, unsigned flags, std::size_t map_bytes);
    // What the file must have, in bytes, when it has less; 0: it is complete.
    std::size_t needed_size() const;
    int open_copy(unsigned flags, std::size_t map_bytes, std::size_t size);
    void close();

    MDB_env* env_ = nullptr;
    Fd copy_;
};

// Points into `text`.
inline MDB_val as_value(const std::string& text) {
    MDB_val value{};
    value.mv_size = text.size();
    value.mv_data = const_cast<char*>(text.data());
    return value;
}

inline std::string as_text(const MDB_val& value) {
    return std::string(static_cast<const char*>(value.mv_data), value.mv_size);
}

inline std::string without_nul(std::string text) {
    if (!text.empty() && text.back() == '\0') text.pop_back();
    return text;
}

}  // namespace postrider::tables

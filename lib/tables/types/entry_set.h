// lib/tables/types/entry_set.h - many keys and values in memory, in the order in which they came.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "lib/tables/files/table_file.h"

namespace postrider::tables {

// Texts lie in large blocks and keys are found by their place: a million entries cost little more than
// their bytes.
class EntrySet {
  public:
    EntrySet() = default;
    EntrySet(EntrySet&&) noexcept = default;
    EntrySet& operator=(EntrySet&&) noexcept = default;

    // False: the key was there, and keeps its value unless `replace` is set.
    bool put(std::string_view key, std::string_view value, bool replace);
    const FileEntry* find(std::string_view key) const;
    std::size_t size() const { return entries_.size(); }
    const std::vector<FileEntry>& entries() const { return entries_; }
    // The entries for somebody who changes their order; put() and find() are over then.
    std::vector<FileEntry>& release_entries();

  private:
    std::string_view keep(std::string_view text);
    void grow();
    std::size_t slot_of(std::string_view key) const;

    std::vector<FileEntry> entries_;
    std::vector<std::uint32_t> slots_;  // the place of an entry + 1, or 0
    std::vector<std::unique_ptr<char[]>> blocks_;
    char* next_ = nullptr;
    std::size_t left_ = 0;
};

}  // namespace postrider::tables

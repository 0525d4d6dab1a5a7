// lib/tables/types/entry_set.cc - many keys and values in memory.
#include "lib/tables/types/entry_set.h"

#include <algorithm>
#include <functional>

namespace postrider::tables {

std::string_view EntrySet::keep(std::string_view text) {
    if (text.size() > left_) {
        const std::size_t most = std::size_t{1} << 20;
        const std::size_t size = std::max(text.size(), blocks_.empty() ? std::size_t{1024} : most);
        blocks_.push_back(std::make_unique<char[]>(size));
        next_ = blocks_.back().get();
        left_ = size;
    }
    std::copy(text.begin(), text.end(), next_);
    const std::string_view kept(next_, text.size());
    next_ += text.size();
    left_ -= text.size();
    return kept;
}

std::size_t EntrySet::slot_of(std::string_view key) const {
    std::size_t slot = std::hash<std::string_view>()(key) & (slots_.size() - 1);
    while (slots_[slot] != 0 && entries_[slots_[slot] - 1].key != key)
        slot = (slot + 1) & (slots_.size() - 1);
    return slot;
}

void EntrySet::grow() {
    slots_.assign(std::max<std::size_t>(16, slots_.size() * 2), 0);
    for (std::size_t place = 0; place < entries_.size(); ++place)
        slots_[slot_of(entries_[place].key)] = static_cast<std::uint32_t>(place + 1);
}

bool EntrySet::put(std::string_view key, std::string_view value, bool replace) {
    if (entries_.size() * 2 >= slots_.size()) grow();
    std::uint32_t& slot = slots_[slot_of(key)];
    if (slot != 0) {
        if (replace) entries_[slot - 1].value = keep(value);
        return replace;
    }
    const std::string_view kept = keep(key);
    entries_.push_back({kept, keep(value)});
    slot = static_cast<std::uint32_t>(entries_.size());
    return true;
}

const FileEntry* EntrySet::find(std::string_view key) const {
    if (slots_.empty()) return nullptr;
    const std::uint32_t slot = slots_[slot_of(key)];
    return slot == 0 ? nullptr : &entries_[slot - 1];
}

std::vector<FileEntry>& EntrySet::release_entries() {
    slots_ = {};
    return entries_;
}

}  // namespace postrider::tables

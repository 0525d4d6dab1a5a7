// lib/tables/lmdb_value.h - texts as LMDB has them.
#pragma once

#include <lmdb.h>

#include <string>

namespace postrider::tables {

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

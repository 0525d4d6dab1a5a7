// lib/tables/file_values.h - values that are names of files: postmap -F, and tables of certificates.
#pragma once

#include <string>

#include "lib/tables/open.h"

namespace postrider::tables {

// The contents of the files that a value names, with an empty line between two; `problem` when one cannot be
// read.
std::string contents_of_files(const std::string& names, std::string& problem);
// The value itself, or the contents of its files when the table is opened so.
std::string table_value(const std::string& value, const OpenContext& context, std::string& problem);

}  // namespace postrider::tables

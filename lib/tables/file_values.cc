// lib/tables/file_values.cc - values that are names of files.
#include "lib/tables/file_values.h"

#include "lib/base/file.h"
#include "lib/base/text.h"

namespace postrider::tables {

std::string contents_of_files(const std::string& names, std::string& problem) {
    std::string all;
    bool first = true;
    for (const std::string& path : split_words(names)) {
        const Result<std::string> content = read_file(path);
        if (!content) {
            problem = content.error();
            return {};
        }
        if (!first) all += '\n';
        all += *content;
        first = false;
    }
    return all;
}

std::string table_value(const std::string& value, const OpenContext& context, std::string& problem) {
    return context.file_values ? contents_of_files(value, problem) : value;
}

}  // namespace postrider::tables

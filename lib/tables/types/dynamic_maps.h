// lib/tables/types/dynamic_maps.h - table types that are loaded from shared objects: dynamicmaps.cf.
//
// Lines "type library open-function [mkmap-function]" in $meta_directory/dynamicmaps.cf and the files of
// dynamicmaps.cf.d beside it; a library is named from $shlib_directory on.  Files of other users do not
// count.
#pragma once

#include <string>
#include <vector>

#include "lib/tables/open.h"

namespace postrider::tables {

struct DynamicMap {
    std::string type;
    std::string library;
    std::string open_function;
};

// What the files say, in their order; a line that cannot be read, and a second one for a type, is warned
// about and skipped.
std::vector<DynamicMap> dynamic_maps(const Settings& settings);
// Opens type:argument by way of its plug-in.  The error tells what to install.
Result<TablePtr> open_dynamic(const std::string& type, const std::string& name, const std::string& argument,
                              const OpenContext& context);

}  // namespace postrider::tables

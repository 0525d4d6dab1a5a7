// commands/postconf/edit.h - changes of main.cf and master.cf in place.
//
// The functions take and give the text of the file, so that they can be tested; everything that is not asked
// to change stays as it is, comments within an entry included.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "commands/postconf/options.h"

namespace postrider::postconf {

// main.cf with name=value arguments set, or names removed or commented out.  Of several entries with one name
// the first stays when it is set.  `file` is for warnings.  Fatal for bad arguments.
std::string edit_main_cf(std::string_view text, const std::string& file, Action action,
                         const std::vector<std::string>& arguments);

// master.cf with entries (-M), fields (-F) or -o parameters (-P) changed.  Fatal for bad arguments.
std::string edit_master_cf(std::string_view text, const std::string& file, Mode mode, Action action,
                           const std::vector<std::string>& arguments);

}  // namespace postrider::postconf

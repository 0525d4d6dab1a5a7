// lib/mail/propagation.cc - propagate_unmatched_extensions.
#include "lib/mail/propagation.h"

#include <algorithm>
#include <string>

#include "lib/base/log.h"
#include "lib/mail/parameters.h"

namespace postrider::mail {

bool propagates_extension(std::string_view kind, const Settings& settings) {
    static constexpr std::string_view kinds[] = {"canonical", "virtual", "alias",
                                                 "forward",   "include", "generic"};
    bool named = false;
    for (const std::string& word : settings.words(propagate_unmatched_extensions)) {
        if (std::find(std::begin(kinds), std::end(kinds), word) == std::end(kinds))
            fatal("unknown {0} value \"{1}\" in \"{2}\"", propagate_unmatched_extensions.name(), word,
                  settings[propagate_unmatched_extensions]);
        named = named || kind == word;
    }
    return named;
}

}  // namespace postrider::mail

// lib/tables/types/fixed_key.cc - keys as fixed tables keep them.
#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "lib/tables/open.h"

namespace postrider::tables {

std::optional<std::string> fixed_key(const std::string& key, bool fold, bool utf8) {
    if (is_ascii(key)) return fold ? lower(key) : key;
    if (!utf8) return fold ? lower(key) : key;
    if (!is_valid_utf8(key)) return std::nullopt;
    return fold ? mail::casefold(key) : key;
}

}  // namespace postrider::tables

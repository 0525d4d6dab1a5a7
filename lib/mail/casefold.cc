// lib/mail/casefold.cc - text as it is compared regardless of case.
#include <unicode/ucasemap.h>

#include "lib/base/text.h"
#include "lib/mail/address.h"

namespace postrider::mail {

namespace {

UCaseMap* case_map() {
    static UCaseMap* const map = [] {
        UErrorCode status = U_ZERO_ERROR;
        UCaseMap* opened = ucasemap_open("", U_FOLD_CASE_DEFAULT, &status);
        return U_FAILURE(status) ? nullptr : opened;
    }();
    return map;
}

}  // namespace

std::string casefold(std::string_view text) {
    if (is_ascii(text) || !is_valid_utf8(text) || !case_map()) return lower(text);
    std::string folded(text.size() * 3 + 1, '\0');
    UErrorCode status = U_ZERO_ERROR;
    const int32_t length =
        ucasemap_utf8FoldCase(case_map(), folded.data(), static_cast<int32_t>(folded.size()), text.data(),
                              static_cast<int32_t>(text.size()), &status);
    if (U_FAILURE(status)) return lower(text);
    folded.resize(static_cast<std::size_t>(length));
    return folded;
}

}  // namespace postrider::mail

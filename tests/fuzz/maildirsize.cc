// tests/fuzz/maildirsize.cc - accounts of Maildirs, which their owners may write.
#include "lib/delivery/quota_account.h"
#include "tests/fuzz/fuzz.h"

using namespace postrider;
using namespace postrider::delivery;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    if (const auto account = parse_quota_account(input)) {
        fuzz::demand(account->usage.bytes >= 0 && account->usage.messages >= 0);
        fuzz::demand(account->limit.bytes >= 0 && account->limit.messages >= 0);
        // What we write of it is read as the same.
        if (!account->limit.none()) {
            const std::string text = quota_limit_text(account->limit) + "\n" +
                                     std::to_string(account->usage.bytes) + " " +
                                     std::to_string(account->usage.messages) + "\n";
            const auto again = parse_quota_account(text);
            fuzz::demand(again && again->limit == account->limit &&
                         again->usage.bytes == account->usage.bytes);
        }
        [[maybe_unused]] const bool room = account->usage.leaves_room(INT64_MAX, account->limit);
    }
    if (const auto bytes = size_in_name(input)) fuzz::demand(*bytes >= 0);
    return 0;
}

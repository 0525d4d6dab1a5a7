// tests/fuzz/attributes.cc - the attribute protocol between daemons.
#include "lib/ipc/attributes.h"

#include "lib/delivery/request.h"
#include "lib/ipc/anvil_protocol.h"
#include "lib/ipc/rewrite_protocol.h"
#include "tests/fuzz/fuzz.h"

using namespace postrider;

namespace {

// What can be read is the same after it was written.
template <class Message>
void try_message(std::string_view bytes) {
    const auto message = ipc::decode<Message>(bytes);
    if (!message) return;
    const std::string once = ipc::encode(*message);
    const auto again = ipc::decode<Message>(once);
    fuzz::demand(again.has_value() && ipc::encode(*again) == once);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    std::size_t used = 0;
    const auto list = ipc::parse_attributes(bytes, &used);
    if (list) fuzz::demand(used <= size);
    try_message<ipc::RewriteServiceRequest>(bytes);
    try_message<ipc::RewriteServiceReply>(bytes);
    try_message<ipc::AnvilRequest>(bytes);
    try_message<delivery::Request>(bytes);
    return 0;
}

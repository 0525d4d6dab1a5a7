// tests/fuzz/proxy_header.cc - the header of a proxy in front of us.
#include "tests/fuzz/fuzz.h"

#if __has_include("lib/daemon/proxy_header.h")
#include "lib/daemon/proxy_header.h"

using namespace postrider;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    using State = daemon::ProxyHeader::State;
    const daemon::ProxyHeader header = daemon::parse_proxy_header(bytes);
    if (header.state == State::complete) {
        fuzz::demand(header.length > 0 && header.length <= size);
        // What follows a header changes nothing in it.
        const daemon::ProxyHeader alone = daemon::parse_proxy_header(bytes.substr(0, header.length));
        fuzz::demand(alone.state == State::complete && alone.length == header.length);
    }
    if (header.state == State::need_more) fuzz::demand(size < daemon::proxy_header_limit + 4096);
    return 0;
}
#endif

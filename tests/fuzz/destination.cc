// tests/fuzz/destination.cc - the values of aliases(5), .forward and :include: files.
#include "local/destination.h"

#include "tests/fuzz/fuzz.h"

using namespace postrider::local;

namespace {

void check(const std::vector<Destination>& destinations, std::string_view input) {
    for (const Destination& one : destinations) {
        // Not longer than what it was read from, but for a bracket that is closed; a file has a name.
        postrider::fuzz::demand(one.text.size() <= input.size() + 1);
        postrider::fuzz::demand(one.kind != Destination::Kind::file || one.text.starts_with('/'));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    check(parse_destinations(input), input);
    check(parse_list_file(input, 200), input);
    return 0;
}

// tests/fuzz/fuzz.h - what all fuzz targets share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace postrider::fuzz {

// Something that must hold does not: the input is kept as a crash.
inline void demand(bool holds) {
    if (!holds) ::abort();
}

// Takes an input apart: small numbers first, then the text.
class Input {
  public:
    Input(const std::uint8_t* data, std::size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}
    unsigned number(unsigned below) {
        if (rest_.empty()) return 0;
        const auto value = static_cast<unsigned char>(rest_[0]);
        rest_.remove_prefix(1);
        return value % below;
    }
    std::string_view rest() const { return rest_; }

  private:
    std::string_view rest_;
};

}  // namespace postrider::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

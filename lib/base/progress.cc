// lib/base/progress.cc - see progress.h.
#include "lib/base/progress.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>

namespace postrider {
namespace {

constexpr auto interval = std::chrono::seconds(1);
constexpr std::string_view wipe = "\r\033[K";

}  // namespace

Progress::Progress(std::string_view what) : Progress(what, ::isatty(STDERR_FILENO) == 1) {}

Progress Progress::beside_output(std::string_view what) {
    return Progress(what, ::isatty(STDERR_FILENO) == 1 && ::isatty(STDOUT_FILENO) != 1);
}

Progress::~Progress() {
    if (printed_) fmt::print(stderr, "{}", wipe);
}

void Progress::show() {
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < interval) return;
    last_ = now;
    printed_ = true;
    fmt::print(stderr, "{}{} {} ...", wipe, count_, what_);
    std::fflush(stderr);
}

}  // namespace postrider

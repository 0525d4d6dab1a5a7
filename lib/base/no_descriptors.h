// lib/base/no_descriptors.h - for tests: a process that cannot open anything more.
#pragma once

#include <sys/resource.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "lib/base/fd.h"

namespace postrider {

// The value of `work`, done when no file can be opened.  Nothing is to be checked within: neither Catch nor
// the sanitizers can do without descriptors.
template <class Work>
auto without_descriptors(Work work) {
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    rlimit none = before;
    none.rlim_cur = static_cast<rlim_t>(Fd(::dup(0)).get());
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
    auto value = work();
    ::setrlimit(RLIMIT_NOFILE, &before);
    return value;
}

}  // namespace postrider

// lib/base/scratch_directory.h - for tests: a directory of their own.
#pragma once

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "lib/base/file.h"

namespace postrider {

// An empty directory below /tmp; the destructor removes it with all that is in it by then.
class ScratchDirectory {
  public:
    ScratchDirectory() {
        std::string name = "/tmp/postrider-test-XXXXXX";
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = std::move(name);
    }
    ~ScratchDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;

    const std::string& path() const { return path_; }
    std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }
    // The path of a file with that content.
    std::string write(std::string_view name, std::string_view content) const {
        std::string path = *this / name;
        REQUIRE(replace_file(path, content));
        return path;
    }

  private:
    std::string path_;
};

}  // namespace postrider

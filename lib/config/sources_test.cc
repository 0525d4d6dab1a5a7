// lib/config/sources_test.cc - main.cf, what it includes, and the environment of a container.
#include "lib/config/sources.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>

#include "lib/base/file.h"
#include "lib/base/scratch_directory.h"
#include "lib/config/master_cf.h"
#include "lib/config/settings.h"

using namespace postrider;
using namespace postrider::config;

namespace {

// A configuration directory of its own, and no variable of ours in the environment.
class Directory {
  public:
    Directory() { std::filesystem::create_directory(directory_ / "main.cf.d"); }
    ~Directory() {
        for (const auto& [name, value] : overlay_variables()) ::unsetenv(name.c_str());
    }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;

    void write(const std::string& file, const std::string& text) const { directory_.write(file, text); }
    const std::string& path() const { return directory_.path(); }

  private:
    ScratchDirectory directory_;
};

std::string value(const Settings& settings, std::string_view name) {
    const auto entry = settings.explicit_value(name);
    return entry ? entry->value : "(none)";
}

}  // namespace

TEST_CASE("included files count where the include stands", "[config]") {
    const Directory directory;
    directory.write("main.cf", "a = 1\nb = 1\ninclude = main.cf.d, more.cf\nb = 2\n");
    directory.write("main.cf.d/20-x.cf", "a = 20\n");
    directory.write("main.cf.d/10-x.cf", "a = 10\nb = 10\nc = 10\n");
    directory.write("main.cf.d/ignored.txt", "a = 30\n");
    directory.write("more.cf", "\nd = 4\n");
    const auto settings = Settings::load(directory.path());
    REQUIRE(settings);
    CHECK(value(*settings, "a") == "20");
    CHECK(value(*settings, "b") == "2");
    CHECK(value(*settings, "c") == "10");
    const auto entry = settings->explicit_value("d");
    REQUIRE(entry);
    CHECK(entry->origin.file == directory.path() + "/more.cf");
    CHECK(entry->origin.line == 2);
}

TEST_CASE("an include that cannot be read, or is a circle, is refused with its place", "[config]") {
    const Directory directory;
    directory.write("main.cf", "\ninclude = nosuch.cf\n");
    CHECK(Settings::load(directory.path()).error() ==
          "open " + directory.path() + "/nosuch.cf: No such file or directory");
    directory.write("main.cf", "include = main.cf\n");
    CHECK(Settings::load(directory.path()).error() ==
          directory.path() + "/main.cf, line 1: include goes round in a circle");
}

TEST_CASE("the environment counts only when main.cf says so", "[config]") {
    const Directory directory;
    directory.write("secret", "s3cret\n");
    ::setenv("POSTFIX_a", "from the environment", 1);
    ::setenv("POSTFIX_b_FILE", (directory.path() + "/secret").c_str(), 1);
    directory.write("main.cf", "a = 1\n");
    CHECK(value(*Settings::load(directory.path()), "a") == "1");
    directory.write("main.cf", "environment_overlay = yes\na = 1\n");
    const auto settings = Settings::load(directory.path());
    REQUIRE(settings);
    CHECK(value(*settings, "a") == "from the environment");
    CHECK(settings->explicit_value("a")->origin.file == "environment variable POSTFIX_a");
    CHECK(value(*settings, "b") == "s3cret");
}

TEST_CASE("a bad variable of the environment is refused by its name", "[config]") {
    const Directory directory;
    directory.write("main.cf", "environment_overlay = yes\n");
    ::setenv("POSTFIX_a", "1\nb = 2", 1);
    CHECK(Settings::load(directory.path()).error() ==
          "environment variable POSTFIX_a: the value must be one line");
    ::unsetenv("POSTFIX_a");
    ::setenv("POSTFIX_a_FILE", "/nosuch/file", 1);
    CHECK(Settings::load(directory.path()).error() ==
          "environment variable POSTFIX_a_FILE: open /nosuch/file: No such file or directory");
    ::unsetenv("POSTFIX_a_FILE");
    ::setenv("POSTFIX_", "1", 1);
    CHECK_FALSE(Settings::load(directory.path()));
}

TEST_CASE("an entry of master_include replaces that of master.cf", "[config]") {
    const Directory directory;
    directory.write("main.cf", "master_include = more.cf\n");
    directory.write("master.cf", "a unix - - n - - one\nb unix - - n - - two\n");
    directory.write("more.cf", "a unix - - n - - three\nc unix - - n - - four\n");
    const auto settings = Settings::load(directory.path());
    REQUIRE(settings);
    const auto services = load_master_cf(*settings);
    REQUIRE(services);
    REQUIRE(services->size() == 3);
    CHECK(services->at(0).command == "three");
    CHECK(services->at(2).command == "four");
    const auto lines = load_master_lines(*settings);
    REQUIRE(lines);
    REQUIRE(lines->size() == 3);
    CHECK(lines->at(1).file == directory.path() + "/more.cf");
}

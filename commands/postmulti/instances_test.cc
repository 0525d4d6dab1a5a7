// commands/postmulti/instances_test.cc - the mail systems of a machine.
#include "commands/postmulti/instances.h"

#include <stdlib.h>

#include <catch2/catch.hpp>

#include "lib/base/file.h"
#include "lib/base/scratch_directory.h"

using namespace postrider;
using namespace postrider::postmulti;

namespace {

// Configuration directories below one that vanishes.
class Machine {
  public:
    std::string add(const std::string& name, const std::string& main_cf) {
        const std::string directory = root_ / name;
        REQUIRE(make_directory(directory, 0755));
        REQUIRE(replace_file(directory + "/main.cf", main_cf));
        return directory;
    }

  private:
    ScratchDirectory root_;
};

}  // namespace

TEST_CASE("instances are found, named and chosen", "[postmulti]") {
    Machine machine;
    const std::string out =
        machine.add("out",
                    "multi_instance_name = postfix-out\nmulti_instance_group = outs\nmulti_instance_enable = "
                    "yes\nqueue_directory = /q2\ndata_directory = /d2\n");
    const std::string in =
        machine.add("in", "multi_instance_name = postfix-in\nqueue_directory = /q3\ndata_directory = /d3\n");
    const std::string first = machine.add(
        "first", "multi_instance_directories = " + out + ", " + in +
                     "\nqueue_directory = /q1\ndata_directory = /d1\nmulti_instance_enable = yes\n");
    const auto instances = load_instances(load_instance(first));
    REQUIRE(instances.size() == 3);
    CHECK(instances[0].primary);
    CHECK(listing(instances[0]) == "-               -               y         " + first + "\n");
    CHECK(listing(instances[1]) == "postfix-out     outs            y         " + out + "\n");
    CHECK_FALSE(instances[2].enabled);
    CHECK(find_instance(instances, "-").primary);
    CHECK(find_instance(instances, in).name == "postfix-in");
    const Selection group{.name = "", .group = "outs", .all = false};
    CHECK(group.matches(instances[1]));
    CHECK_FALSE(group.matches(instances[0]));
    CHECK(Selection{}.matches(instances[2]));
}

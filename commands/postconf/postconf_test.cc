// commands/postconf/postconf_test.cc - printing and changing configuration files.
#include <catch2/catch.hpp>

#include "commands/postconf/catalog.h"
#include "commands/postconf/declared.h"
#include "commands/postconf/edit.h"
#include "commands/postconf/lines.h"
#include "commands/postconf/master_format.h"
#include "commands/postconf/output.h"

using namespace postrider;
using namespace postrider::postconf;

namespace {

const std::string master_text =
    "# head\n"
    "smtp      inet  n       -       n       -       -       smtpd\n"
    "    -o a=b\n"
    "#   -o commented=x\n"
    "    -o { c = d e }\n"
    "# pickup\n"
    "pickup    unix  n       -       y       60      1       pickup\n"
    "# tail\n";

std::string edit(const std::string& text, Action action, const std::vector<std::string>& arguments) {
    return edit_main_cf(text, "main.cf", action, arguments);
}

std::string edit_services(Mode mode, Action action, const std::vector<std::string>& arguments) {
    return edit_master_cf(master_text, "master.cf", mode, action, arguments);
}

}  // namespace

TEST_CASE("no parameter is declared by two programs", "[postconf]") {
    declare_all_parameters();
    CHECK(config::parameters_declared_twice().empty());
}

TEST_CASE("white space is made uniform and long lines are folded at 80 columns", "[postconf]") {
    CHECK(format_line("a =  b \t c ", false) == "a = b c\n");
    const std::string word(60, 'x');
    CHECK(format_line("a = " + word + " " + std::string(15, 'y'), true) ==
          "a = " + word + " " + std::string(15, 'y') + "\n");
    CHECK(format_line("a = " + word + " " + std::string(16, 'y'), true) ==
          "a = " + word + "\n    " + std::string(16, 'y') + "\n");
    Options options;
    CHECK(format_parameter("a", "", options) == "a =\n");
    options.json = true;
    CHECK(format_parameter("a", "say \"x\"", options) == "{\"a\": \"say \\\"x\\\"\"}\n");
}

TEST_CASE("a file comes apart into entries and what is between them, without loss", "[postconf]") {
    const auto pieces = split_pieces(master_text);
    REQUIRE(pieces.size() == 5);
    CHECK(pieces[1].is_entry);
    CHECK(pieces[1].lines.size() == 4);
    CHECK(pieces[1].comments() == std::vector<std::string>{"#   -o commented=x"});
    CHECK(join_pieces(pieces) == master_text);
}

TEST_CASE("main.cf is edited in place", "[postconf]") {
    const std::string text = "# h\na=1\n # c\n  more\nb = 2\na=3\n# end";
    CHECK(edit(text, Action::edit, {"a=4", "new= x y "}) == "# h\na = 4\n # c\nb = 2\n# end\nnew = x y\n");
    CHECK(edit(text, Action::edit, {"b="}) == "# h\na=1\n # c\n  more\nb = \na=3\n# end\n");
    CHECK(edit(text, Action::remove, {"a"}) == "# h\n # c\nb = 2\n# end\n");
    CHECK(edit(text, Action::comment_out, {"a"}) == "# h\n#a=1\n # c\n#  more\nb = 2\n#a=3\n# end\n");
    CHECK(edit(text, Action::remove, {"nosuch"}) == text + "\n");
}

TEST_CASE("entries of master.cf are added, replaced, removed and commented out", "[postconf]") {
    CHECK(edit_services(Mode::services, Action::edit, {"x/unix=x unix - - n - - smtp -o k=v"}) ==
          master_text + "x          unix  -       -       n       -       -       smtp\n    -o k=v\n");
    CHECK(edit_services(Mode::services, Action::remove, {"smtp/inet"}) ==
          "# head\n#   -o commented=x\n# pickup\n"
          "pickup    unix  n       -       y       60      1       pickup\n# tail\n");
    CHECK(edit_services(Mode::services, Action::comment_out, {"pickup/unix"}).find("\n#pickup    unix") !=
          std::string::npos);
}

TEST_CASE("fields and parameters of services are changed", "[postconf]") {
    CHECK(edit_services(Mode::fields, Action::edit, {"pickup/unix/wakeup=30"})
              .find("pickup     unix  n       -       y       30      1       pickup\n") !=
          std::string::npos);
    CHECK(edit_services(Mode::overrides, Action::edit, {"smtp/inet/a=z", "smtp/inet/new=12"}) ==
          "# head\n"
          "#   -o commented=x\n"
          "smtp       inet  n       -       n       -       -       smtpd\n"
          "    -o a=z\n    -o {c=d e}\n    -o new=12\n"
          "# pickup\n"
          "pickup    unix  n       -       y       60      1       pickup\n"
          "# tail\n");
    CHECK(edit_services(Mode::overrides, Action::remove, {"smtp/inet/c"}).find("-o {c") == std::string::npos);
}

TEST_CASE("an entry is printed in columns that give way to long words", "[postconf]") {
    const auto lines = config::parse_master_lines(
        "127.0.0.1:10025 inet n - n - - smtpd -v -o a=b -o c= d\nx unix-dgram n - n - 1 postlogd\n", "m.cf");
    REQUIRE(lines);
    CHECK(format_entry(lines->front(), false) ==
          "127.0.0.1:10025 inet n   -       n       -       -       smtpd -v -o a=b -o c= d\n");
    CHECK(
        format_entry(lines->front(), true) ==
        "127.0.0.1:10025 inet n   -       n       -       -       smtpd -v\n    -o a=b\n    -o c=\n    d\n");
    CHECK(format_entry(lines->back(), false) ==
          "x          unix-dgram n  -       n       -       1       postlogd\n");
}

TEST_CASE("a request has up to three parts, each a word or a star", "[postconf]") {
    CHECK(parse_request("smtp/inet/chroot")->parts == 3);
    CHECK(parse_request("*/unix")->type == "unix");
    CHECK_FALSE(parse_request("sm*"));
    CHECK_FALSE(parse_request("a/b/c/d"));
    CHECK_FALSE(parse_request("/"));
}

TEST_CASE("a table knows the parameters of its own type only", "[postconf]") {
    const Settings settings = Settings::from_text(
        "virtual_alias_maps = mysql:a, ldap:b\na_query = 1\nb_query = 2\nother = mysql:c\nc_query = 3\n");
    const std::vector<config::MasterLine> no_services;
    Catalog catalog(settings, no_services);
    catalog.find_tables();
    CHECK(catalog.class_of("a_query") == Catalog::Class::user);
    CHECK_FALSE(catalog.class_of("b_query"));
    CHECK_FALSE(catalog.class_of("c_query"));
}

TEST_CASE("the catalog knows names of services, tables and the administrator", "[postconf]") {
    const Settings settings = Settings::from_text(
        "slow_time_limit = 5s\nvirtual_alias_maps = ldap:acct\nacct_server_host = x\n"
        "mine = 1\nmyorigin = $mine\nlonely = 1\nsmtpd_restriction_classes = grey\ngrey = permit\n");
    const auto services = config::parse_master_lines("slow unix - n n - - pipe user=a argv=b\n", "master.cf");
    REQUIRE(services);
    Catalog catalog(settings, *services);
    catalog.find_tables();
    CHECK(catalog.class_of("myorigin") == Catalog::Class::builtin);
    CHECK(catalog.class_of("slow_time_limit") == Catalog::Class::service);
    CHECK(catalog.class_of("slow_destination_rate_delay") == Catalog::Class::service);
    CHECK(catalog.class_of("acct_server_host") == Catalog::Class::user);
    CHECK(catalog.class_of("mine") == Catalog::Class::user);
    CHECK(catalog.class_of("grey") == Catalog::Class::user);
    CHECK_FALSE(catalog.class_of("lonely"));
    CHECK_FALSE(catalog.class_of("nosuch"));
}

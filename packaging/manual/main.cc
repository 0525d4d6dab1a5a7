// packaging/manual/main.cc - prints the manual page postconf(5).
//
// Name, type, default, bounds and summary of each parameter come from its declaration; longer prose from the
// file given as argument: "== name" begins the paragraph of a parameter.
#include <fmt/core.h>

#include <cstdio>
#include <map>
#include <string>

#include "all_parameter_headers.inc"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/settings.h"

namespace {

using namespace postrider;

constexpr std::string_view head = R"(.Dd November 21, 2026
.Dt POSTCONF 5
.Os Postrider
.Sh NAME
.Nm main.cf
.Nd parameters of the mail system
.Sh DESCRIPTION
Each logical line of
.Pa main.cf
is
.Ql name = value .
A line that begins with white space goes on with the one before it; empty lines and lines whose first character is
.Ql #
are skipped, also in between.
Of several lines with one name the last counts, with a warning.
.Pp
A value is taken with its names replaced when it is used:
.Bl -tag -width Ds
.It Li $name , Li ${name} , Li $(name)
The value of that parameter; nothing when there is none.
.It Li ${name?{text}} , Li ${name?text}
The text if the value is not empty.
.It Li ${name:{text}} , Li ${name:text}
The text if it is.
.It Li ${name?{text1}:{text2}}
One or the other.
.It Li ${{text1} == {text2} ? {text3} : {text4}}
A comparison: == != < <= >= >, of numbers as numbers, else of text; with the word level behind it, of compatibility
levels.
.It Li $$
A dollar sign.
.El
.Pp
Lists are separated by commas or white space; an element with white space stands in braces.
Booleans are yes and no.
Times are a number and a unit: s, m, h, d or w; without a unit that of the default counts.
.Sh PARAMETERS
)";

constexpr std::string_view tail = R"(.Sh SEE ALSO
.Xr postconf 1 ,
.Xr master 5
)";

// Text that mdoc must not take for a macro.
std::string escaped(std::string_view text) {
    std::string result = replace_all(text, "\\", "\\e");
    if (!result.empty() && (result.front() == '.' || result.front() == '\'')) result.insert(0, "\\&");
    return result;
}

std::string_view type_name(config::Kind kind) {
    switch (kind) {
        case config::Kind::boolean:
            return "yes or no";
        case config::Kind::integer:
            return "number";
        case config::Kind::time:
            return "time";
        case config::Kind::raw:
            return "text, expanded where it is used";
        default:
            return "text";
    }
}

std::string bounds(const config::ParameterInfo& parameter) {
    if (parameter.kind == config::Kind::text || parameter.kind == config::Kind::raw)
        return parameter.least ? ", not empty" : "";
    std::string result;
    if (parameter.least) result += fmt::format(", at least {}", *parameter.least);
    if (parameter.most) result += fmt::format(", at most {}", *parameter.most);
    return result;
}

std::string default_text(const config::ParameterInfo& parameter) {
    if (parameter.computed_default != nullptr || parameter.computed_from != nullptr)
        return "see \"postconf -d " + std::string(parameter.name) + "\"";
    return parameter.default_text.empty() ? "empty" : escaped(parameter.default_text);
}

using Prose = std::map<std::string, std::string, std::less<>>;

Prose read_prose(const std::string& path) {
    const auto content = read_file(path);
    if (!content) fatal("{}", content.error());
    Prose prose;
    std::string name;
    for (const std::string_view line : split(*content, '\n')) {
        if (line.starts_with("== "))
            name = line.substr(3);
        else if (!name.empty() && !line.empty())
            prose[name] += escaped(line) + "\n";
    }
    for (const auto& [described, text] : prose)
        if (config::find_parameter(described) == nullptr) fatal("{}: unknown parameter {}", path, described);
    return prose;
}

void print_parameter(const config::ParameterInfo& parameter, const Prose& prose) {
    fmt::print(".It {}\n({}{}; default: {})\n.br\n", parameter.name, type_name(parameter.kind),
               bounds(parameter), default_text(parameter));
    if (parameter.summary.empty())
        fmt::print("Known to Postfix; has no effect in this release.\n");
    else
        fmt::print("{}.\n", escaped(parameter.summary));
    if (const auto found = prose.find(parameter.name); found != prose.end())
        fmt::print(".br\n{}", found->second);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) fatal("usage: manual prose_file");
    const Prose prose = read_prose(argv[1]);
    fmt::print("{}.Bl -tag -width Ds\n", head);
    for (const auto* parameter : config::all_parameters()) print_parameter(*parameter, prose);
    fmt::print(".El\n{}", tail);
    return 0;
}

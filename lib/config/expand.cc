// lib/config/expand.cc - the $ language of main.cf.
#include "lib/config/expand.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "lib/base/text.h"
#include "lib/config/settings.h"

namespace postrider::config {

namespace {

// Values may name values that name values ...: deeper than this they go round in a circle.
constexpr int nesting_limit = 100;

bool is_name_character(char c) {
    return is_alnum(c) || c == '_';
}

// Thrown and caught in this file only.
struct SyntaxError {
    std::string text;
};

// The text within the bracket that opens at `text[0]`; `text` moves behind the closing one.  `whole` is what
// to show when there is none.
std::string_view take_balanced(std::string_view whole, std::string_view& text, char open, char close) {
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == open) ++depth;
        if (text[i] == close && --depth == 0) {
            const std::string_view inside = text.substr(1, i - 1);
            text.remove_prefix(i + 1);
            return inside;
        }
    }
    throw SyntaxError{fmt::format("truncated macro reference: \"{}\"", whole)};
}

// `before` is what was understood last, `rest` what comes instead of what is expected.
[[noreturn]] void expected(std::string_view what, std::string_view before, std::string_view rest) {
    throw SyntaxError{fmt::format("{} at: \"...{}>>>{}\"", what, before, rest.substr(0, 20))};
}

[[noreturn]] void expected_behind_braces(std::string_view what, std::string_view inside,
                                         std::string_view rest) {
    expected(what, fmt::format("{}}}", inside), rest);
}

// The texts behind '?' and ':' of ${...}; what is not written is nothing.
struct Branches {
    std::optional<std::string_view> when_true;
    std::optional<std::string_view> when_false;
};

// `{text}` or, up to the end, bare text.  White space before and behind braces is skipped.
std::string_view take_branch(std::string_view whole, std::string_view& rest) {
    std::string_view braced = trim_left(rest);
    if (!braced.empty() && braced.front() == '{') {
        const std::string_view inside = take_balanced(whole, braced, '{', '}');
        rest = trim_left(braced);
        return inside;
    }
    return std::exchange(rest, {});
}

Branches parse_branches(std::string_view whole, std::string_view rest) {
    Branches branches;
    if (rest.front() == '?') {
        rest.remove_prefix(1);
        branches.when_true = take_branch(whole, rest);
        if (rest.empty()) return branches;
        if (rest.front() != ':') expected_behind_braces("\":\" expected", *branches.when_true, rest);
    }
    rest.remove_prefix(1);
    branches.when_false = take_branch(whole, rest);
    if (!rest.empty()) expected_behind_braces("unexpected input", *branches.when_false, rest);
    return branches;
}

struct Operator {
    std::string_view symbol;
    bool levels;                  // compares compatibility levels
    bool (*holds)(int ordering);  // ordering of left to right: -1, 0, 1
};
constexpr std::array<Operator, 12> operators = {{
    {"==level", true, [](int o) { return o == 0; }},
    {"!=level", true, [](int o) { return o != 0; }},
    {"<=level", true, [](int o) { return o <= 0; }},
    {">=level", true, [](int o) { return o >= 0; }},
    {"<level", true, [](int o) { return o < 0; }},
    {">level", true, [](int o) { return o > 0; }},
    {"==", false, [](int o) { return o == 0; }},
    {"!=", false, [](int o) { return o != 0; }},
    {"<=", false, [](int o) { return o <= 0; }},
    {">=", false, [](int o) { return o >= 0; }},
    {"<", false, [](int o) { return o < 0; }},
    {">", false, [](int o) { return o > 0; }},
}};

// As many characters as an operator can have decide: "===" is none.
const Operator* find_operator(std::string_view text) {
    const auto* end = std::find_if_not(text.begin(), text.end(), [](char c) {
        return is_alnum(c) || std::string_view("<>!=?+-*/~&|%").find(c) != std::string_view::npos;
    });
    const std::string_view symbol = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    const auto* found = std::find_if(operators.begin(), operators.end(),
                                     [&](const Operator& one) { return one.symbol == symbol; });
    return found == operators.end() ? nullptr : found;
}

template <class T>
int ordering(const T& left, const T& right) {
    if (left < right) return -1;
    return right < left ? 1 : 0;
}

int compare_levels(std::string_view left, std::string_view right) {
    const auto a = parse_compatibility_level(left);
    if (!a) throw SyntaxError{a.error()};
    const auto b = parse_compatibility_level(right);
    if (!b) throw SyntaxError{b.error()};
    return ordering(*a, *b);
}

// Numbers as numbers, everything else as text.
int compare_texts(const std::string& left, const std::string& right) {
    const auto a = all_digits(left) ? parse_int(left) : std::nullopt;
    const auto b = all_digits(right) ? parse_int(right) : std::nullopt;
    return a && b ? ordering(*a, *b) : ordering(left, right);
}

// The characters of a name at the start of `rest`, which moves behind them.
std::string_view take_name(std::string_view& rest) {
    const auto* end = std::find_if_not(rest.begin(), rest.end(), is_name_character);
    const auto length = static_cast<std::size_t>(end - rest.begin());
    const std::string_view name = rest.substr(0, length);
    rest.remove_prefix(length);
    return name;
}

class Expander {
  public:
    Expander(const Definitions& definitions, Undefined undefined, bool scanning = false)
        : definitions_(definitions), undefined_(undefined), scanning_(scanning) {}

    std::string expand(std::string_view text) {
        std::string result;
        std::string_view rest = text;
        while (!rest.empty()) {
            const std::size_t dollar = std::min(rest.find('$'), rest.size());
            result += rest.substr(0, dollar);
            rest.remove_prefix(dollar);
            if (!rest.empty()) result += reference(text, rest);
        }
        return result;
    }

  private:
    // `rest` starts with '$' and moves behind the reference.
    std::string reference(std::string_view whole, std::string_view& rest) {
        rest.remove_prefix(1);
        if (!rest.empty() && rest.front() == '$') {
            rest.remove_prefix(1);
            return "$";
        }
        if (!rest.empty() && (rest.front() == '{' || rest.front() == '(')) {
            const std::string_view inside =
                take_balanced(whole, rest, rest.front(), rest.front() == '{' ? '}' : ')');
            return bracketed(whole, inside);
        }
        const std::string_view name = take_name(rest);
        if (name.empty()) throw SyntaxError{fmt::format("empty macro name: \"{}\"", whole)};
        return value_of(name, undefined_);
    }

    std::string bracketed(std::string_view whole, std::string_view inside) {
        std::string_view rest = trim_left(inside);
        if (!rest.empty() && rest.front() == '{') return comparison(inside, rest);
        if (rest.empty()) throw SyntaxError{fmt::format("empty macro name: \"{}\"", whole)};
        const std::string_view name = take_name(rest);
        const std::string_view behind_name = rest;
        rest = trim_left(rest);
        if (!name.empty() && rest.empty()) return value_of(name, undefined_);
        if (name == "domain_to_ascii" && rest.front() == '{') return ascii_domain(inside, rest);
        if (name.empty() || (rest.front() != '?' && rest.front() != ':'))
            expected("attribute name syntax error", name, behind_name);
        const bool has_value = !value_of(name).empty();
        const Branches branches = parse_branches(inside, rest);
        return choose(has_value, branches);
    }

    // ${domain_to_ascii{text}}.  The names of our own machine, for which this exists, are ASCII already.
    std::string ascii_domain(std::string_view whole, std::string_view rest) {
        const std::string_view inside = take_balanced(whole, rest, '{', '}');
        std::string domain = expand(inside);
        if (!rest.empty() || !is_ascii(domain))
            expected_behind_braces("domain_to_ascii: ASCII name expected", inside, rest);
        return domain;
    }

    // {left} operator {right} [? {text}] [: {text}]; without texts "true" or nothing.
    std::string comparison(std::string_view whole, std::string_view rest) {
        const std::string_view left_text = take_balanced(whole, rest, '{', '}');
        const std::string left = expand(left_text);
        rest = trim_left(rest);
        const Operator* how = find_operator(rest);
        // Compat: the odd quotes are Postfix's.
        if (how == nullptr)
            expected_behind_braces(R"("==" or "!="" or "<"" or "<="" or ">="" or ">" expected)", left_text,
                                   rest);
        const std::string_view behind_symbol = rest.substr(how->symbol.size());
        rest = trim_left(behind_symbol);
        if (rest.empty() || rest.front() != '{')
            expected("\"{expression}\" expected", fmt::format("{{{}}} {}", left_text, how->symbol),
                     behind_symbol);
        const std::string right = expand(take_balanced(whole, rest, '{', '}'));
        const bool holds =
            !scanning_ && how->holds(how->levels ? compare_levels(left, right) : compare_texts(left, right));
        rest = trim_left(rest);
        if (rest.empty()) return holds ? "true" : "";
        if (rest.front() != '?' && rest.front() != ':') expected(R"("?" or ":" expected)", "}", rest);
        const Branches branches = parse_branches(whole, rest);
        return choose(holds, branches);
    }

    std::string choose(bool condition, const Branches& branches) {
        if (scanning_) {
            for (const auto& branch : {branches.when_true, branches.when_false})
                if (branch) expand(*branch);
            return "";
        }
        const auto& chosen = condition ? branches.when_true : branches.when_false;
        return chosen ? expand(*chosen) : "";
    }

    std::string value_of(std::string_view name, Undefined undefined = Undefined::nothing) {
        const auto found = definitions_(name);
        if (!found && undefined == Undefined::error) throw SyntaxError{};
        if (!found) return "";
        if (found->literal) return found->text;
        if (depth_ > nesting_limit)
            throw SyntaxError{fmt::format("unreasonable macro call nesting: \"{}\"", name)};
        ++depth_;
        std::string value = expand(found->text);
        --depth_;
        return value;
    }

    const Definitions& definitions_;
    Undefined undefined_;
    bool scanning_;  // looks at every branch, and decides nothing
    int depth_ = 0;
};

}  // namespace

Result<std::string> expand_definitions(std::string_view text, const Definitions& definitions,
                                       Undefined undefined) {
    try {
        return Expander(definitions, undefined).expand(text);
    } catch (const SyntaxError& problem) {
        return Error{problem.text};
    }
}

Result<std::string> expand_text(std::string_view text, const NameLookup& lookup) {
    return expand_definitions(text, [&](std::string_view name) -> std::optional<Definition> {
        auto value = lookup(name);
        if (!value) return std::nullopt;
        return Definition{std::move(*value), true};
    });
}

ScannedText scan_names(std::string_view text) {
    ScannedText scanned;
    const Definitions note = [&](std::string_view name) -> std::optional<Definition> {
        scanned.names.emplace_back(name);
        return Definition{"", true};
    };
    try {
        Expander(note, Undefined::nothing, true).expand(text);
    } catch (const SyntaxError& problem) {
        scanned.problem = problem.text;
    }
    return scanned;
}

}  // namespace postrider::config

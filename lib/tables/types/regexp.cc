// lib/tables/types/regexp.cc - the table type regexp: POSIX regular expressions.
//
// Flags toggle: i (ignore case, on), x (extended expressions, on), m (^ and $ match at newlines, off).
#include <fmt/core.h>
#include <regex.h>

#include "lib/tables/types/expression.h"

namespace postrider::tables {

namespace {

class PosixExpression : public Expression {
  public:
    PosixExpression() = default;
    ~PosixExpression() override {
        if (compiled_) regfree(&regex_);
    }
    PosixExpression(const PosixExpression&) = delete;
    PosixExpression& operator=(const PosixExpression&) = delete;

    Result<void> compile(const std::string& pattern, int flags) {
        const int failure = regcomp(&regex_, pattern.c_str(), flags);
        if (failure != 0) return Error{text_of(failure)};
        compiled_ = true;
        return {};
    }

    Result<bool> match(const std::string& subject, std::vector<std::string_view>& groups) const override {
        std::vector<regmatch_t> found(regex_.re_nsub + 1);
        const int answer = regexec(&regex_, subject.c_str(), found.size(), found.data(), 0);
        if (answer == REG_NOMATCH) return false;
        if (answer != 0) return Error{text_of(answer)};
        groups.clear();
        for (const regmatch_t& one : found) {
            if (one.rm_so < 0) {
                groups.emplace_back();
            } else {
                groups.push_back(std::string_view(subject).substr(
                    static_cast<std::size_t>(one.rm_so), static_cast<std::size_t>(one.rm_eo - one.rm_so)));
            }
        }
        return true;
    }
    int group_count() const override { return static_cast<int>(regex_.re_nsub); }

  private:
    std::string text_of(int failure) const {
        char text[256];
        regerror(failure, &regex_, text, sizeof text);
        return text;
    }
    regex_t regex_{};
    bool compiled_ = false;
};

Result<std::uint32_t> read_flags(std::string_view flags, std::vector<std::string>&) {
    int options = REG_EXTENDED | REG_ICASE;
    for (const char flag : flags) {
        switch (flag) {
            case 'i':
                options ^= REG_ICASE;
                break;
            case 'm':
                options ^= REG_NEWLINE;
                break;
            case 'x':
                options ^= REG_EXTENDED;
                break;
            default:
                return Error{fmt::format("unknown regexp option \"{}\": skipping this rule", flag)};
        }
    }
    return static_cast<std::uint32_t>(options);
}

Result<std::unique_ptr<Expression>> compile(const std::string& pattern, std::uint32_t options, bool) {
    auto expression = std::make_unique<PosixExpression>();
    Result<void> compiled = expression->compile(pattern, static_cast<int>(options));
    if (!compiled) return Error{compiled.error()};
    return std::unique_ptr<Expression>(std::move(expression));
}

constexpr ExpressionKind kind = {"regexp", "skipping", "out-of-range", read_flags, compile};

}  // namespace

Result<TablePtr> open_regexp(const std::string& name, const std::string& argument,
                             const OpenContext& context) {
    return open_expressions(name, argument, context, kind);
}

}  // namespace postrider::tables

// lib/tables/types/pcre.cc - the table type pcre: Perl compatible regular expressions.
//
// Flags toggle: i (ignore case, on), s (dot matches newline, on), m (^ and $ match at newlines), x (white
// space and comments in the pattern), A (anchored), E ($ only at the very end), U (ungreedy).  X (unknown
// escapes are errors) is how PCRE2 always behaves.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <fmt/core.h>
#include <pcre2.h>

#include "lib/tables/types/expression.h"

namespace postrider::tables {

namespace {

std::string text_of(int failure) {
    PCRE2_UCHAR text[256];
    pcre2_get_error_message(failure, text, sizeof text);
    return reinterpret_cast<const char*>(text);
}

class PerlExpression : public Expression {
  public:
    explicit PerlExpression(pcre2_code* code)
        : code_(code), data_(pcre2_match_data_create_from_pattern(code, nullptr)) {
        pcre2_jit_compile(code_, PCRE2_JIT_COMPLETE);
        std::uint32_t groups = 0;
        pcre2_pattern_info(code_, PCRE2_INFO_CAPTURECOUNT, &groups);
        groups_ = static_cast<int>(groups);
    }
    ~PerlExpression() override {
        pcre2_match_data_free(data_);
        pcre2_code_free(code_);
    }
    PerlExpression(const PerlExpression&) = delete;
    PerlExpression& operator=(const PerlExpression&) = delete;

    Result<bool> match(const std::string& subject, std::vector<std::string_view>& groups) const override {
        const int answer = pcre2_match(code_, reinterpret_cast<PCRE2_SPTR>(subject.data()), subject.size(), 0,
                                       0, data_, nullptr);
        if (answer == PCRE2_ERROR_NOMATCH) return false;
        if (answer < 0) return Error{text_of(answer)};
        const PCRE2_SIZE* at = pcre2_get_ovector_pointer(data_);
        groups.clear();
        for (int i = 0; i < answer; ++i) {
            if (at[2 * i] == PCRE2_UNSET) {
                groups.emplace_back();
            } else {
                groups.push_back(std::string_view(subject).substr(at[2 * i], at[2 * i + 1] - at[2 * i]));
            }
        }
        return true;
    }
    int group_count() const override { return groups_; }

  private:
    pcre2_code* code_;
    pcre2_match_data* data_;
    int groups_ = 0;
};

Result<std::uint32_t> read_flags(std::string_view flags, std::vector<std::string>& remarks) {
    std::uint32_t options = PCRE2_CASELESS | PCRE2_DOTALL;
    for (const char flag : flags) {
        switch (flag) {
            case 'i':
                options ^= PCRE2_CASELESS;
                break;
            case 'm':
                options ^= PCRE2_MULTILINE;
                break;
            case 's':
                options ^= PCRE2_DOTALL;
                break;
            case 'x':
                options ^= PCRE2_EXTENDED;
                break;
            case 'A':
                options ^= PCRE2_ANCHORED;
                break;
            case 'E':
                options ^= PCRE2_DOLLAR_ENDONLY;
                break;
            case 'U':
                options ^= PCRE2_UNGREEDY;
                break;
            case 'X':
                remarks.emplace_back("ignoring obsolete regexp option \"X\"");
                break;
            default:
                return Error{fmt::format("unknown regexp option \"{}\": skipping this rule", flag)};
        }
    }
    return options;
}

Result<std::unique_ptr<Expression>> compile(const std::string& pattern, std::uint32_t options, bool utf8) {
    if (utf8) options |= PCRE2_UTF;
    int failure = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(), options,
                                     &failure, &offset, nullptr);
    if (code == nullptr)
        return Error{fmt::format("error in regex at offset {}: {}", offset, text_of(failure))};
    return std::unique_ptr<Expression>(std::make_unique<PerlExpression>(code));
}

constexpr ExpressionKind kind = {"pcre", "ignoring", "out of range", read_flags, compile};

}  // namespace

Result<TablePtr> open_pcre(const std::string& name, const std::string& argument, const OpenContext& context) {
    return open_expressions(name, argument, context, kind);
}

}  // namespace postrider::tables

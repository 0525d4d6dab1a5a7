// lib/base/fmt_compiled.cc - the compiled part of {fmt}, so that no program loads a library for it.
//
// With another version of {fmt} than the one whose parts are listed here, programs use the shared library.
#include <fmt/core.h>
#if FMT_VERSION >= 90000 && FMT_VERSION < 100000
#include <fmt/format-inl.h>

FMT_BEGIN_NAMESPACE
template FMT_API auto detail::dragonbox::to_decimal(float) noexcept -> dragonbox::decimal_fp<float>;
template FMT_API auto detail::dragonbox::to_decimal(double) noexcept -> dragonbox::decimal_fp<double>;
template FMT_API auto detail::thousands_sep_impl(locale_ref) -> thousands_sep_result<char>;
template FMT_API auto detail::decimal_point_impl(locale_ref) -> char;
template FMT_API void detail::buffer<char>::append(const char*, const char*);
template FMT_API void detail::vformat_to(buffer<char>&, string_view, basic_format_args<buffer_context<char>>,
                                         locale_ref);
FMT_END_NAMESPACE
#endif

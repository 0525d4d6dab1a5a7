// lib/base/result.h - a value or the reason why there is none.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace postrider {

// Why something failed, as one line for a log or a reply (no newline, no final full stop).
struct Error {
    std::string text;
};

// A value, or an Error to be weighed by the caller.  Never both, never neither.
template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return held_.index() == 0; }
    explicit operator bool() const { return ok(); }
    T& value() & { return std::get<0>(held_); }
    const T& value() const& { return std::get<0>(held_); }
    T&& value() && { return std::get<0>(std::move(held_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    const std::string& error() const { return std::get<1>(held_).text; }

  private:
    std::variant<T, Error> held_;
};

// Success, or the reason of the failure.
template <>
class [[nodiscard]] Result<void> {
  public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}
    bool ok() const { return !error_; }
    explicit operator bool() const { return ok(); }
    const std::string& error() const { return error_->text; }

  private:
    std::optional<Error> error_;
};

}  // namespace postrider

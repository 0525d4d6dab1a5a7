// lib/base/on_demand.h - a value that most of its owners never need.
//
// Costs one pointer until it is given a value; reads as a default T until then.
#pragma once

#include <memory>
#include <utility>

namespace postrider {

template <class T>
class OnDemand {
  public:
    OnDemand() = default;
    OnDemand(T value) : kept_(std::make_unique<T>(std::move(value))) {}  // NOLINT: a T is meant
    OnDemand& operator=(T value) {
        make() = std::move(value);
        return *this;
    }

    bool has_value() const { return kept_ != nullptr; }
    explicit operator bool() const { return has_value(); }
    const T& get() const {
        static const T none{};
        return kept_ ? *kept_ : none;
    }
    operator const T&() const { return get(); }
    const T& operator*() const { return get(); }
    const T* operator->() const { return &get(); }
    // The value to change.
    T& make() {
        if (!kept_) kept_ = std::make_unique<T>();
        return *kept_;
    }
    void reset() { kept_.reset(); }

  private:
    std::unique_ptr<T> kept_;
};

}  // namespace postrider

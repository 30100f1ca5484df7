// Result<T>: a value, or the error that stood in its way.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cassert>
#include <utility>

#include "srvwarden/error.hpp"

namespace srvwarden {

/// A T or an E: a constexpr subset of C++23's std::expected.
///
/// T and E must be default-constructible, so that both fit in a plain, constexpr-friendly
/// object. Reading the side that is not there is a bug of the caller (assert).
template <class T, class E = Error>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  using error_type = E;

  constexpr Result(T value) noexcept : value_(std::move(value)), ok_(true) {}
  constexpr Result(E error) noexcept : error_(std::move(error)) {}

  /// In place: g++ would else build a Result aside and copy it in parts that wait for each other.
  constexpr Result& operator=(E error) noexcept {
    error_ = std::move(error);
    ok_ = false;
    return *this;
  }

  constexpr bool has_value() const noexcept { return ok_; }
  constexpr explicit operator bool() const noexcept { return ok_; }

  constexpr const T& value() const& noexcept { return assert(ok_), value_; }
  constexpr T& value() & noexcept { return assert(ok_), value_; }
  constexpr T&& value() && noexcept { return assert(ok_), std::move(value_); }
  constexpr const T& operator*() const& noexcept { return value(); }
  constexpr T& operator*() & noexcept { return value(); }
  constexpr T&& operator*() && noexcept { return std::move(*this).value(); }
  constexpr const T* operator->() const noexcept { return &value(); }
  constexpr T* operator->() noexcept { return &value(); }

  constexpr const E& error() const noexcept { return assert(!ok_), error_; }

 private:
  T value_{};
  E error_{};
  bool ok_ = false;
};

}  // namespace srvwarden

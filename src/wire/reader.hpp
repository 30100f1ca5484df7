// Reader: the only way to read octets that came from elsewhere; bounds-checked, never throws.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "srvwarden/wire_name.hpp"

namespace srvwarden::wire {

/// Reads numbers in network order. A read past the end gives zero or nothing, and from then on
/// ok() is false and nothing more is read: check it once after a group of reads.
class Reader {
 public:
  /// Begins at `at`, which may lie past the end (then the first read fails).
  explicit constexpr Reader(Bytes bytes, std::size_t at = 0) noexcept
      : bytes_(bytes), at_(std::min(at, bytes.size())), ok_(at <= bytes.size()) {}

  constexpr bool ok() const noexcept { return ok_; }
  constexpr std::size_t at() const noexcept { return at_; }
  constexpr std::size_t left() const noexcept { return bytes_.size() - at_; }

  constexpr std::uint8_t u8() noexcept { return has(1) ? bytes_[at_++] : std::uint8_t{0}; }
  constexpr std::uint16_t u16() noexcept {
    if (!has(2)) return 0;
    at_ += 2;
    return static_cast<std::uint16_t>(bytes_[at_ - 2] << 8 | bytes_[at_ - 1]);
  }
  constexpr std::uint32_t u32() noexcept {
    if (!has(4)) return 0;
    const std::uint32_t high = u16();
    return high << 16 | u16();
  }
  /// The next `count` octets, or none of them.
  constexpr Bytes take(std::size_t count) noexcept {
    if (!has(count)) return {};
    const Bytes taken = bytes_.subspan(at_, count);
    at_ += count;
    return taken;
  }
  constexpr void skip(std::size_t count) noexcept { take(count); }
  /// Goes to a place where something else was read up to.
  constexpr void go(std::size_t at) noexcept {
    ok_ = ok_ && at <= bytes_.size();
    at_ = ok_ ? at : at_;
  }

 private:
  constexpr bool has(std::size_t count) noexcept { return ok_ = ok_ && count <= left(); }

  Bytes bytes_;
  std::size_t at_;
  bool ok_;
};

}  // namespace srvwarden::wire

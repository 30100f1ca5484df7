// NameKey: a name in any case as two numbers, for hash tables.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace srvwarden::registry {

/// Longest name that a table may hold, in bytes. A valid service name has 15 at most.
inline constexpr std::size_t max_name_size = 255;

/// A name's first 15 bytes in lower case and its size, as two numbers that are quick to compare.
struct NameKey {
  std::uint64_t low;
  std::uint64_t high;

  friend constexpr bool operator==(const NameKey&, const NameKey&) = default;
};

namespace key {

template <class Word>
inline std::uint64_t load(const char* at) noexcept {
  Word word;
  std::memcpy(&word, at, sizeof word);
  if constexpr (std::endian::native == std::endian::big) {
    std::uint64_t swapped = 0;
    for (std::size_t i = 0; i < sizeof word; ++i) {
      swapped = swapped << 8 | (static_cast<std::uint64_t>(word) >> (8 * i) & 0xFF);
    }
    return swapped;
  }
  return word;
}

constexpr std::uint64_t byte(char c) noexcept { return static_cast<unsigned char>(c); }

/// Lower case for eight bytes at once.
constexpr std::uint64_t fold(std::uint64_t bytes) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101u;
  const std::uint64_t low_bits = bytes & (0x7F * ones);
  const std::uint64_t from_a = low_bits + (0x80 - 'A') * ones;
  const std::uint64_t above_z = low_bits + (0x7F - 'Z') * ones;
  const std::uint64_t upper = (from_a ^ above_z) & ~bytes & (0x80 * ones);
  return bytes | upper >> 2;
}
static_assert(fold(0x5B5A41404F6FC1DAu) == 0x5B7A61406F6FC1DAu);

}  // namespace key

inline NameKey make_key(std::string_view name) noexcept {
  const char* p = name.data();
  const std::size_t size = std::min<std::size_t>(name.size(), 15);
  NameKey made{0, 0};
  if (size > 8) {
    made.low = key::load<std::uint64_t>(p);
    made.high = key::load<std::uint64_t>(p + size - 8) >> (8 * (16 - size));
  } else if (size >= 4) {
    const std::uint64_t tail = key::load<std::uint32_t>(p + size - 4);
    made.low = key::load<std::uint32_t>(p) | tail << (8 * (size - 4));
  } else if (size > 0) {
    const std::size_t middle = size / 2;
    made.low = key::byte(p[0]) | key::byte(p[middle]) << (8 * middle) |
               key::byte(p[size - 1]) << (8 * (size - 1));
  }
  made.low = key::fold(made.low);
  made.high = key::fold(made.high) | std::uint64_t{std::min(name.size(), max_name_size)} << 56;
  return made;
}

/// Spreads a key over 32 bits: the low ones choose the slot, the high 16 check it.
constexpr std::uint32_t hash(const NameKey& key) noexcept {
  const std::uint64_t mixed = (key.low ^ (key.high * 0x9E3779B97F4A7C15u)) * 0xD6E8FEB86659FD93u;
  return static_cast<std::uint32_t>(mixed >> 32);
}

}  // namespace srvwarden::registry

// ASCII alone: no locale, and bytes from 0x80 are never letters.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace srvwarden::ascii {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
constexpr char fold(char c) noexcept { return is_upper(c) ? static_cast<char>(c + 32) : c; }
constexpr char upper(char c) noexcept {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}
constexpr bool is_letter(char c) noexcept { return fold(c) >= 'a' && fold(c) <= 'z'; }
constexpr bool is_alphanumeric(char c) noexcept { return is_letter(c) || is_digit(c); }
/// 0x00 to 0x1F and 0x7F.
constexpr bool is_control(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}
constexpr bool is_ascii(char c) noexcept { return static_cast<unsigned char>(c) < 0x80; }

/// The value of a hexadecimal digit, or -1.
constexpr int hex_digit(char c) noexcept {
  if (is_digit(c)) return c - '0';
  const char low = fold(c);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/// Equality as DNS compares: A-Z folded, all else octet by octet. RFC 6762 §16.
constexpr bool equal(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (fold(a[i]) != fold(b[i])) return false;
  }
  return true;
}

/// Order of the folded octets, as unsigned values.
constexpr bool less(std::string_view a, std::string_view b) noexcept {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    const auto x = static_cast<unsigned char>(fold(a[i]));
    const auto y = static_cast<unsigned char>(fold(b[i]));
    if (x != y) return x < y;
  }
  return a.size() < b.size();
}

}  // namespace srvwarden::ascii

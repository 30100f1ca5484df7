// UTF-8, read strictly: RFC 3629 forms only, one code point at a time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace srvwarden::utf8 {

/// One step of reading: the code point and its size in bytes, or size 0 where text is ill-formed.
struct Step {
  char32_t code_point = 0;
  std::size_t size = 0;  ///< 1 to 4 bytes; 0: ill-formed or at the end
};

/// Reads the code point that starts at text[at]. Refuses overlong forms, surrogates and > 10FFFF.
constexpr Step read(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (at >= text.size()) return {};
  const unsigned lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() - at < size) return {};
  char32_t value = lead & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xC0u) != 0x80u) return {};
    value = value << 6 | (byte(at + i) & 0x3Fu);
  }
  const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, size};
}

/// Where text stops being UTF-8: the offset of the first ill-formed byte, or npos.
constexpr std::size_t find_ill_formed(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const Step step = read(text, at);
    if (step.size == 0) return at;
    at += step.size;
  }
  return std::string_view::npos;
}

/// The longest prefix of at most `limit` bytes that does not cut a code point.
constexpr std::string_view prefix(std::string_view text, std::size_t limit) noexcept {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0u) == 0x80u) --limit;
  return text.substr(0, limit);
}

/// U+FDD0 to U+FDEF and the last two code points of each plane.
constexpr bool is_noncharacter(char32_t c) noexcept {
  return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}
constexpr bool is_c1_control(char32_t c) noexcept { return c >= 0x80 && c <= 0x9F; }
constexpr char32_t byte_order_mark = 0xFEFF;

/// Bytes of the byte order mark that a text starts with: 3 or 0.
constexpr std::size_t mark_size(std::string_view text) noexcept {
  return text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

/// Adds a code point, which must be none of the surrogates and at most 10FFFF.
inline void append(std::string& out, char32_t code_point) {
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
    return;
  }
  const int tails = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
  const unsigned lead = tails == 1 ? 0xC0 : tails == 2 ? 0xE0 : 0xF0;
  out += static_cast<char>(lead | code_point >> (6 * tails));
  for (int i = tails - 1; i >= 0; --i) {
    out += static_cast<char>(0x80u | (code_point >> (6 * i) & 0x3Fu));
  }
}

}  // namespace srvwarden::utf8

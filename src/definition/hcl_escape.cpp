// What a backslash in a string of HCL or JSON stands for.
// SPDX-License-Identifier: Apache-2.0
#include "definition/hcl_escape.hpp"

#include <optional>

#include "srvwarden/ascii.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::definition {
namespace {

/// The number that the text begins with, in so many hexadecimal digits.
std::optional<char32_t> read_hex(std::string_view text, std::size_t digits) {
  if (text.size() < digits) return {};
  char32_t value = 0;
  for (const char c : text.substr(0, digits)) {
    const int digit = ascii::hex_digit(c);
    if (digit < 0 || value > 0x10FFFF) return {};
    value = value << 4 | static_cast<char32_t>(digit);
  }
  return value <= 0x10FFFF ? std::optional(value) : std::nullopt;
}

struct CodePoint {
  char32_t value = 0;
  std::size_t size = 0;
};

std::optional<CodePoint> read_code_point(std::string_view rest, bool json) {
  const bool is_long = !json && rest.starts_with("\\U");
  if (!is_long && !rest.starts_with("\\u")) return {};
  const std::size_t size = is_long ? 10 : 6;
  const auto first = read_hex(rest.substr(2), size - 2);
  if (!first) return {};
  if (*first < 0xD800 || *first > 0xDFFF) return CodePoint{*first, size};
  if (*first > 0xDBFF || !rest.substr(size).starts_with("\\u")) return {};
  const auto second = read_hex(rest.substr(size + 2), 4);
  if (!second || *second < 0xDC00 || *second > 0xDFFF) return {};
  return CodePoint{0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00), size + 6};
}

}  // namespace

HclEscape read_hcl_escape(std::string_view rest, bool json) {
  if (const auto code_point = read_code_point(rest, json)) {
    HclEscape escape{{}, code_point->size};
    utf8::append(escape.text, code_point->value);
    return escape;
  }
  constexpr std::string_view letters = "\"\\/bfnrt";
  constexpr std::string_view octets = "\"\\/\b\f\n\r\t";
  const std::size_t at = rest.size() < 2 ? letters.npos : letters.find(rest[1]);
  const std::string_view written = rest.substr(0, 2);
  return {std::string(at == letters.npos ? written : octets.substr(at, 1)), written.size()};
}

}  // namespace srvwarden::definition

// Decoders of binary TXT values.
// SPDX-License-Identifier: Apache-2.0
#include "definition/decode.hpp"

#include <cstdint>

#include "srvwarden/ascii.hpp"

namespace srvwarden::definition {
namespace {

int base64_digit(char c) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto at = digits.find(c);
  return at == digits.npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::optional<std::string> decode_hex(std::string_view digits) {
  if (digits.size() % 2 != 0) return std::nullopt;
  std::string octets;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const int high = ascii::hex_digit(digits[i]);
    const int low = ascii::hex_digit(digits[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    octets.push_back(static_cast<char>(high * 16 + low));
  }
  return octets;
}

std::optional<std::string> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  text.remove_suffix(padding);
  std::string octets;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const int digit = base64_digit(c);
    if (digit < 0) return std::nullopt;
    bits = (bits << 6 | static_cast<std::uint32_t>(digit)) & 0xFFFFFF;
    held += 6;
    if (held >= 8) {
      held -= 8;
      octets.push_back(static_cast<char>(bits >> held & 0xFF));
    }
  }
  return octets;
}

}  // namespace srvwarden::definition

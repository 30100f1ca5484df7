// Hexadecimal text to octets and back.
// SPDX-License-Identifier: Apache-2.0
#include "core/hex.hpp"

#include "srvwarden/ascii.hpp"

namespace srvwarden {

std::optional<std::size_t> read_hex(std::string_view text, std::string& octets,
                                    std::vector<std::size_t>& source) {
  octets.clear();
  source.clear();
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ' ') {
      ++at;
      continue;
    }
    const int high = ascii::hex_digit(text[at]);
    if (high < 0) return at;
    const int low = at + 1 < text.size() ? ascii::hex_digit(text[at + 1]) : -1;
    if (low < 0) return at + 1 < text.size() ? at + 1 : at;
    octets += static_cast<char>(high << 4 | low);
    source.push_back(at);
    at += 2;
    end = at;
  }
  source.push_back(end);
  return std::nullopt;
}

std::string to_hex(std::string_view octets) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out;
  for (const char c : octets) {
    out += digits[static_cast<unsigned char>(c) >> 4];
    out += digits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

}  // namespace srvwarden

// Octets written in hexadecimal, as the wire tests have their packets.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "srvwarden/ascii.hpp"

namespace srvwarden::test {

/// Spaces are skipped; 'text' in single quotes stands for its own octets.
inline std::vector<std::uint8_t> octets(std::string_view hex) {
  std::vector<std::uint8_t> out;
  for (std::size_t i = 0; i < hex.size(); ++i) {
    if (hex[i] == ' ') continue;
    if (hex[i] == '\'') {
      for (++i; hex[i] != '\''; ++i) out.push_back(static_cast<std::uint8_t>(hex[i]));
      continue;
    }
    const int value = ascii::hex_digit(hex[i]) * 16 + ascii::hex_digit(hex[i + 1]);
    out.push_back(static_cast<std::uint8_t>(value));
    ++i;
  }
  return out;
}

}  // namespace srvwarden::test

// Identifiers that machines make and people should not have to read.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string_view>

#include "srvwarden/ascii.hpp"
#include "srvwarden/finding.hpp"

namespace srvwarden::rules {

/// The first MAC address in text: six hex pairs joined by ":" or "-", or exactly twelve hex digits,
/// letters and digits among them, with no further hex digit beside. Length 0: none.
inline Span find_hardware_address(std::string_view text) {
  const auto is_hex = [&](std::size_t i) {
    return i < text.size() && ascii::hex_digit(text[i]) >= 0;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_hex(at) || (at > 0 && is_hex(at - 1))) continue;
    std::size_t run = at;
    while (is_hex(run)) ++run;
    const std::string_view digits = text.substr(at, run - at);
    if (digits.size() == 12 && std::ranges::any_of(digits, ascii::is_letter) &&
        std::ranges::any_of(digits, ascii::is_digit)) {
      return {at, 12};
    }
    std::size_t end = at;
    int pairs = 0;
    for (; pairs < 6 && is_hex(end) && is_hex(end + 1); ++pairs) {
      end += 2;
      if (pairs == 5) break;
      if (end == text.size() || (text[end] != ':' && text[end] != '-')) break;
      ++end;
    }
    if (pairs == 5 && !is_hex(end)) return {at, end - at};
  }
  return {};
}

}  // namespace srvwarden::rules

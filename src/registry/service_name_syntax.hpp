// Whether a registered name could be a service name today.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "srvwarden/ascii.hpp"

namespace srvwarden::registry {

/// RFC 6335 §5.1, as yes or no: ServiceName::parse says where and why.
constexpr bool is_service_name(std::string_view text) noexcept {
  if (text.empty() || text.size() > 15) return false;
  bool letter = false;
  bool hyphen = true;  // none may stand first
  for (const char c : text) {
    if (c == '-' ? hyphen : !ascii::is_alphanumeric(c)) return false;
    hyphen = c == '-';
    letter = letter || ascii::is_letter(c);
  }
  return letter && !hyphen;
}

}  // namespace srvwarden::registry

// Whether a registered name could be a service name today.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string_view>

#include "srvwarden/ascii.hpp"

namespace srvwarden::registry {

/// RFC 6335 §5.1, as yes or no: ServiceName::parse says where and why.
constexpr bool is_service_name(std::string_view text) noexcept {
  if (text.empty() || text.size() > 15 || text.front() == '-' || text.back() == '-') return false;
  const bool bytes = std::all_of(text.begin(), text.end(),
                                 [](char c) { return ascii::is_alphanumeric(c) || c == '-'; });
  return bytes && std::any_of(text.begin(), text.end(), ascii::is_letter) &&
         text.find("--") == text.npos;
}

}  // namespace srvwarden::registry

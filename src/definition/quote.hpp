// quote: a piece of a file for a problem's detail, cut where it is long.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "srvwarden/utf8.hpp"

namespace srvwarden::definition {

/// At most 64 bytes of it. Reports escape what is not printable.
inline std::string quote(std::string_view text) {
  constexpr std::size_t longest = 64;
  std::string cut(utf8::prefix(text, longest));
  if (cut.size() < text.size()) cut += "...";
  return cut;
}

}  // namespace srvwarden::definition

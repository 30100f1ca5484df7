// concat: a string of several pieces.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace srvwarden {

/// The pieces one after another. (g++ 12 warns wrongly of `"literal" + string`.)
inline std::string concat(std::initializer_list<std::string_view> pieces) {
  std::string out;
  for (const std::string_view piece : pieces) out += piece;
  return out;
}

}  // namespace srvwarden

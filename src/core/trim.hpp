// trimmed: a text without white space around it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string_view>

namespace srvwarden {

/// Spaces, tabs and line ends, which files and terminals leave behind.
inline constexpr std::string_view white_space = " \t\r\n";

/// A view within `text`, at its end where there is nothing else in it.
constexpr std::string_view trimmed(std::string_view text) noexcept {
  text.remove_prefix(std::min(text.find_first_not_of(white_space), text.size()));
  return text.substr(0, text.find_last_not_of(white_space) + 1);
}

}  // namespace srvwarden

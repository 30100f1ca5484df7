// Lines of a text around an offset.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace srvwarden {

/// Where the line begins that text[at] is on; `at` may be the end.
constexpr std::size_t line_start(std::string_view text, std::size_t at) noexcept {
  return at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is 0
}

/// Where its line break is, or the text's end.
constexpr std::size_t line_end(std::string_view text, std::size_t at) noexcept {
  return std::min(text.find('\n', at), text.size());
}

}  // namespace srvwarden

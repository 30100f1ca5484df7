// Place: where a text stands in its file.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace srvwarden {

/// Where a text stands in its file. Lines and columns count from 1; columns are bytes.
struct Place {
  std::size_t offset = 0;  ///< bytes from the start of the file
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  friend constexpr bool operator==(const Place&, const Place&) = default;
};

}  // namespace srvwarden

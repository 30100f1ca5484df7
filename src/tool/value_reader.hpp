// ValueReader: standard input as values, a line or a NUL-terminated piece each.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace srvwarden::tool {

/// Reads a descriptor in large blocks and splits it at a byte, without copying what fits a block.
class ValueReader {
 public:
  static constexpr std::size_t max_value = std::size_t{16} << 20;  ///< bytes of one value

  ValueReader(int descriptor, char separator);

  enum class Status { value, end, unreadable, too_long };

  /// Reads the next value into `out`, valid until the next call. A last value needs no separator.
  Status next(std::string_view& out);

 private:
  bool fill();

  int descriptor_;
  char separator_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool at_end_ = false;
  bool failed_ = false;
};

}  // namespace srvwarden::tool
